"""The live sliders, and what the browser decodes beside them."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import streamlit as st

from explorer import pose_lab
from explorer.measures.answer import two_longest
from explorer.pose_lab import Start, Subject
from explorer.reading import CapsuleReading, Floats
from explorer.session import Session
from explorer.views.pose.belief import belief
from explorer.views.visit import Visit


def render(visit: Visit, subject: Subject, pose: Floats, reread: CapsuleReading) -> None:
    """Sliders and picture, figure 4, the loop through the network, and the morph."""
    say = visit.say
    with st.container(key="pose-lab"):
        _sliders(visit, subject, pose, belief(visit, reread))
    left, right = st.columns(2, gap="medium")
    with left, st.container(key="pose-figure"):
        st.markdown(say("pose.figure"))
        pose_lab.figure_four(subject, key="pose-figure-component")
    with right, st.container(key="pose-loop"):
        winner = two_longest(reread)[0]
        length = float(reread.lengths[-1, winner])
        st.markdown(say.markdown("pose.loop", read=reread.classes[winner], length=length))
        pose_lab.loop(subject, pose, reread.poses[-1, subject.capsule], key="pose-loop-component")
    with st.container(key="pose-morph"):
        st.markdown(say("pose.morph"))
        _morph(visit, subject, pose)


def _sliders(visit: Visit, subject: Subject, pose: Floats, believed: str) -> None:
    session, digest = visit.session, visit.network.digest
    pose_lab.lab(
        subject,
        pose,
        version=session.poses.version,
        undoable=session.pose(subject.capsule) is not None,
        belief=believed,
        on={
            "released": partial(_released, session, subject),
            "undo": lambda _: session.poses.undo(session.digit, digest, subject.capsule),
            "wanted": session.poses.want_decoder,
            "failed": lambda _: session.set_up(plain_sliders=True),
        },
        key="pose-lab-component",
    )


def _released(session: Session, subject: Subject, message: Any) -> None:
    """Keeps a pose that the browser reports, if it is about what is looked at now."""
    numbers = message["pose"]
    if message["subject"] == subject.name and len(numbers) == len(subject.own) and all(map(math.isfinite, numbers)):
        session.poses.turn(session.pose_set(subject.capsule, tuple(numbers)))


def _morph(visit: Visit, subject: Subject, pose: Floats) -> None:
    """From a digit kept before to the one that is set now."""
    session = visit.session
    now, kept = session.pose_set(subject.capsule, tuple(pose.tolist())), session.poses.morph_start(visit.network.digest)
    start = Start(kept.capsule, kept.pose, kept == now) if kept else None

    def keep(message: Any) -> None:
        if message == subject.name:
            session.poses.start_morph(now)

    pose_lab.morph(subject, pose, start, on={"keep": keep}, key="pose-morph-component")
