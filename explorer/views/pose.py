"""The pose page: the 16 numbers that a capsule keeps of a digit, turned by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import streamlit as st

from capsnet.checkpoint import Checkpoint
from explorer import measures, pose_lab, poses, state, weights
from explorer.pose_lab import Subject
from explorer.reading import DigitReading, Floats
from explorer.text import say


def show(checkpoint: Checkpoint, reading: DigitReading | None) -> None:
    """Lays the page out for a reading, or says how to get one."""
    if aside := state.pose_aside():
        _aside(aside)
    if reading is None:
        st.header(say("pose.empty_title"))
        st.write(say("pose.empty"))
        return
    _instrument(checkpoint, reading)


def _aside(aside: state.PoseSet) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="pose-aside"):
        st.caption(say("pose.aside", source=aside.digit.source), width="content")
        st.button(say("pose.back"), icon=":material/undo:", on_click=state.return_to_pose, args=(aside,), key="pose-back")


@st.fragment
def _instrument(checkpoint: Checkpoint, reading: DigitReading) -> None:
    winner = measures.verdict(reading).winner
    focus = state.focus()
    subject = Subject.of(checkpoint, reading, winner if focus is None else focus)
    kept = state.pose(subject.capsule)
    pose = subject.own if kept is None else np.array(kept, np.float32)
    _capsules(reading, subject.capsule)
    picture = poses.draw(checkpoint.model, subject.capsule, pose[None])[0]
    again = weights.reading(checkpoint, picture, reading.iterations)
    with st.container(key="pose-lab"):
        pose_lab.lab(
            subject,
            pose,
            revision=state.pose_undos(),
            undoable=state.can_undo_pose(subject.capsule),
            belief=_belief(again),
            with_weights=state.wanted_weights() == checkpoint.digest,
            on={
                "released": lambda said: _released(subject, said),
                "undo": lambda _: state.undo_pose(subject.capsule),
                "wanted": state.want_weights,
                "failed": lambda _: None,
            },
            key="pose-lab-component",
        )


def _capsules(reading: DigitReading, looked: int) -> None:
    """Which capsule's pose is turned."""
    st.session_state[state.POSE_CAPSULE] = looked
    st.segmented_control(
        say("pose.capsule"),
        range(len(reading.classes)),
        format_func=lambda j: reading.classes[j],
        required=True,
        key=state.POSE_CAPSULE,
        help=say("pose.capsule_help"),
        on_change=lambda: state.set_focus(st.session_state[state.POSE_CAPSULE]),
        label_visibility="collapsed",
    )


def _released(subject: Subject, said: Any) -> None:
    """Keeps a pose that the browser reports, if it is about what is looked at now."""
    if said["subject"] == subject.name and len(said["pose"]) == len(subject.own) and all(map(math.isfinite, said["pose"])):
        state.set_pose(subject.capsule, tuple(said["pose"]))


def _belief(again: DigitReading) -> str:
    result = measures.verdict(again)
    key = "pose.belief" if result.doubt is measures.Doubt.NONE else "pose.belief_unsure"
    return say(key, read=again.classes[result.winner], length=result.length)
