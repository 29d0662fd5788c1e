"""The pose page where the browser can't decode: Streamlit's own sliders, drawn on the server."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.arrays import Floats
from explorer.components.pose_lab import Subject
from explorer.pictures import png
from explorer.poses import STEP
from explorer.session import Session
from explorer.views.visit import Visit

SCALE = 10


def render(visit: Visit, subject: Subject, pose: Floats, picture: Floats, belief: str) -> None:
    """The picture, and a slider a number that says its value when it is let go."""
    say, session = visit.say, visit.session
    st.warning(say("pose.plain_why"), icon=":material/info:")
    left, right = st.columns([3, 7], gap="medium")
    with left:
        alt = say("pose.plain_alt", name=visit.network.classes[subject.capsule])
        st.image(png(picture, SCALE), width="stretch", alt=alt, output_format="PNG")
        length = float(np.linalg.norm(pose))
        st.write(say("pose.plain_out" if length > 1 else "pose.plain_length", length=length))
        st.text(belief)
        _buttons(visit, subject)
    with right:
        columns = st.columns(2, gap="medium")
        for d in range(len(pose)):
            with columns[2 * d // len(pose)]:
                _slider(session, subject, pose, d)


def _slider(session: Session, subject: Subject, pose: Floats, d: int) -> None:
    low, high = (round(float(ends[d]), 3) for ends in (subject.span.low, subject.span.high))
    key = f"plain-{subject.name}-{session.poses.version}-{d}"

    def turn() -> None:
        if key in st.session_state:
            turned = pose.copy()
            turned[d] = st.session_state[key]
            session.poses.turn(session.pose_set(subject.capsule, tuple(turned.tolist())))

    here = float(np.clip(pose[d], low, high))
    st.slider(str(d + 1), low, high, here, STEP, "%+.3f", key=key, on_change=turn)


def _buttons(visit: Visit, subject: Subject) -> None:
    session, say, capsule = visit.session, visit.say, subject.capsule
    with st.container(horizontal=True, gap="small"):
        st.button(
            say("pose.plain_undo"),
            disabled=session.pose(capsule) is None,
            on_click=session.poses.undo,
            args=(session.digit, visit.network.digest, capsule),
        )
        own = session.pose_set(capsule, tuple(subject.own.tolist()))
        st.button(say("pose.plain_reset"), on_click=session.poses.replace, args=(own,))
