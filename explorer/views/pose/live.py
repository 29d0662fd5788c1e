"""What the browser decodes beside the live sliders."""

from __future__ import annotations

from functools import partial

import streamlit as st

from explorer.arrays import Floats
from explorer.components import pose_lab
from explorer.components.pose_lab import Start, Style, Subject
from explorer.measures.answer import two_longest
from explorer.reading import CapsuleReading
from explorer.views.pose import turned
from explorer.views.visit import Visit


def render(visit: Visit, subject: Subject, pose: Floats, reread: CapsuleReading) -> None:
    """The digit turned, figure 4, the loop through the network, and the morph."""
    say, style = visit.say, Style(visit.say, visit.palette)
    turned.render(visit, visit.network, visit.capsules, subject.capsule)
    left, right = st.columns(2, gap="medium")
    with left, st.container(key="pose-figure"):
        st.markdown(say("pose.figure"))
        pose_lab.figure_four(subject, style, key="pose-figure-component")
    with right, st.container(key="pose-loop"):
        winner = two_longest(reread)[0]
        length = float(reread.lengths[-1, winner])
        st.markdown(say.markdown("pose.loop", read=reread.classes[winner], length=length))
        pose_lab.loop(subject, pose, reread.poses[-1, subject.capsule], style, key="pose-loop-component")
    with st.container(key="pose-morph"):
        st.markdown(say("pose.morph"))
        _morph(visit, subject, pose, style)


def _morph(visit: Visit, subject: Subject, pose: Floats, style: Style) -> None:
    """From a digit kept before to the one that is set now."""
    poses = visit.session.poses
    now, kept = visit.session.pose_set(subject.capsule, tuple(pose.tolist())), poses.morph_start(visit.network.digest)
    start = Start(kept.capsule, kept.pose, kept == now) if kept else None
    pose_lab.morph(subject, pose, start, partial(poses.start_morph, now), style, key="pose-morph-component")
