"""The pose page: the numbers that a capsule keeps of a digit, turned by hand."""

from __future__ import annotations

import streamlit as st

from explorer.measures.answer import two_longest
from explorer.reading import CapsuleReading
from explorer.text.say import escaped
from explorer.views.frame import link
from explorer.views.origin import origin_text
from explorer.views.pose import downloads, instrument, live
from explorer.views.visit import Visit
from explorer.views.widgets import bound


def render(visit: Visit) -> None:
    """Capsule and downloads above, then sliders, live or plain."""
    _page(visit, visit.capsules)


@st.fragment
def _page(visit: Visit, reading: CapsuleReading) -> None:
    session, say = visit.session, visit.say
    _earlier_pose(visit)
    focus = session.look.focus
    turned = instrument.turned(visit, reading, two_longest(reading)[0] if focus is None else focus)
    subject = turned.subject
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="pose-top"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            count = reading.poses.shape[-1]
            st.markdown(say("pose.capsule"), help=say("pose.capsule_help", count=count), width="content")
            _capsules(visit, reading, subject.capsule)
        downloads.render(visit, subject, turned.pose, turned.picture)
    instrument.sliders(visit, turned)
    if not session.page.plain_sliders:
        live.render(visit, subject, turned.pose, turned.reread)
    bound(
        st.toggle,
        say("pose.plain"),
        key="pose-plain",
        value=session.page.plain_sliders,
        chosen=lambda chosen: session.set_up(plain_sliders=chosen),
        help=say("pose.plain_help"),
    )
    link.keep(session, "pose")


def _earlier_pose(visit: Visit) -> None:
    """Where another digit was made since a pose was set: the way back to both."""
    session, say = visit.session, visit.say
    earlier = session.poses.of_earlier_digit(session.digit, visit.network.digest)
    if earlier is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="pose-aside"):
        origin = origin_text(say, earlier.digit.origin)
        st.caption(say.markdown("pose.aside", origin=origin), width="content")
        if st.button(say("pose.back"), icon=":material/undo:", on_click=session.return_to, args=(earlier,)):
            st.rerun()  # the panel is not in this fragment


def _capsules(visit: Visit, reading: CapsuleReading, looked: int) -> None:
    """Which capsule's pose is turned."""
    bound(
        st.segmented_control,
        visit.say("pose.capsule"),
        range(len(reading.classes)),
        format_func=lambda j: escaped(reading.classes[j]),
        required=True,
        key="pose-capsule",
        value=looked,
        chosen=lambda j: visit.session.look_at(focus=j),
        label_visibility="collapsed",
    )
