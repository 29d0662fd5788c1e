"""The pose page: the 16 numbers that a capsule keeps of a digit, turned by hand."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from capsnet.checkpoint import Checkpoint
from explorer import pose_lab, poses, state
from explorer.exports.gif import pictures_gif
from explorer.exports.json import pose_json
from explorer.measures.answer import Doubt, verdict
from explorer.pictures import png
from explorer.pose_lab import Start, Subject
from explorer.reading import DigitReading, Floats, read
from explorer.text import say
from explorer.views import pose_plain, sources

SCALE = 20
"""Screen pixels for each pixel of a picture that is saved."""
SWING_FRAMES = 40


def show(checkpoint: Checkpoint, reading: DigitReading | None) -> None:
    """Lays the page out for a reading, or says how to get one."""
    if aside := state.pose_aside():
        with st.container(horizontal=True, vertical_alignment="center", key="pose-aside"):
            st.caption(say("pose.aside", source=aside.digit.source), width="content")
            st.button(say("pose.back"), icon=":material/undo:", on_click=state.return_to_pose, args=(aside,))
    if reading is None:
        sources.invite(checkpoint, say("pose.empty"))
    else:
        _page(checkpoint, reading)


@st.fragment
def _page(checkpoint: Checkpoint, reading: DigitReading) -> None:
    focus = state.focus()
    subject = Subject.of(checkpoint, reading, verdict(reading).winner if focus is None else focus)
    kept = state.pose(subject.capsule)
    pose = subject.own if kept is None else np.array(kept, np.float32)
    picture = poses.draw(checkpoint.model, subject.capsule, pose[None])[0]
    again = read(checkpoint.model, picture, reading.iterations)  # not kept: it would push digits out of the cache
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="pose-top"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.markdown(say("pose.capsule"), help=say("pose.capsule_help"), width="content")
            _capsules(reading, subject.capsule)
        _save(subject, pose, picture)
    if state.plain_sliders():
        pose_plain.sliders(subject, pose, picture, _belief(again))
    else:
        _live(subject, pose, again)
    keep = state.restored(state.POSE_PLAIN, False)
    st.toggle(say("pose.plain"), key=state.POSE_PLAIN, help=say("pose.plain_help"), on_change=keep)
    if state.wanted_weights() == checkpoint.digest:
        pose_lab.send_decoder(checkpoint, key="pose-decoder")


def _live(subject: Subject, pose: Floats, again: DigitReading) -> None:
    """All that the browser decodes, and what the network makes of it."""
    with st.container(key="pose-lab"):
        _lab(subject, pose, _belief(again))
    left, right = st.columns(2, gap="medium")
    with left, st.container(key="pose-figure"):
        st.markdown(say("pose.figure"))
        pose_lab.figure_four(subject, key="pose-figure-component")
    with right, st.container(key="pose-loop"):
        result = verdict(again)
        st.markdown(say("pose.loop", read=again.classes[result.winner], length=result.length))
        pose_lab.loop(subject, pose, again.poses[-1, subject.capsule], key="pose-loop-component")
    with st.container(key="pose-morph"):
        st.markdown(say("pose.morph"))
        _morph(subject, pose)


def _capsules(reading: DigitReading, looked: int) -> None:
    """Which capsule's pose is turned."""
    st.session_state[state.POSE_CAPSULE] = looked
    st.segmented_control(
        say("pose.capsule"),
        range(len(reading.classes)),
        format_func=lambda j: reading.classes[j],
        required=True,
        key=state.POSE_CAPSULE,
        on_change=lambda: state.set_focus(st.session_state[state.POSE_CAPSULE]),
        label_visibility="collapsed",
    )


def _save(subject: Subject, pose: Floats, picture: Floats) -> None:
    """Files of the pose that is set; made when they are asked for."""
    name = subject.checkpoint.card.config.classes[subject.capsule]
    model, digest = subject.checkpoint.model, subject.checkpoint.digest

    def download(label: str, data: Any, file: str, mime: str) -> None:
        st.download_button(label, data, f"capsule-{name}-{file}", mime, on_click="ignore", icon=":material/download:")

    def swinging() -> bytes:
        swung = poses.swing(pose, float(subject.own[dimension]), dimension, SWING_FRAMES)
        return pictures_gif(poses.draw(model, subject.capsule, swung), SCALE)

    with st.popover(say("pose.save"), icon=":material/download:"):
        download(say("pose.save_picture"), partial(png, picture, SCALE), "picture.png", "image/png")
        write = partial(pose_json, digest, name, pose, subject.own)
        download(say("pose.save_pose"), write, "pose.json", "application/json")
        dimension = st.selectbox(
            say("pose.save_swing"), range(len(pose)), format_func=lambda d: str(d + 1), key=state.POSE_SWING
        )
        download(say("pose.save_gif"), swinging, f"number-{dimension + 1}.gif", "image/gif")


def _lab(subject: Subject, pose: Floats, belief: str) -> None:
    pose_lab.lab(
        subject,
        pose,
        version=state.pose_version(),
        undoable=state.can_undo_pose(subject.capsule),
        belief=belief,
        on={
            "released": partial(_released, subject),
            "undo": lambda _: state.undo_pose(subject.capsule),
            "wanted": state.want_weights,
            "failed": lambda _: state.use_plain_sliders(),
        },
        key="pose-lab-component",
    )


def _released(subject: Subject, said: Any) -> None:
    """Keeps a pose that the browser reports, if it is about what is looked at now."""
    numbers = said["pose"]
    if said["subject"] == subject.name and len(numbers) == len(subject.own) and all(map(math.isfinite, numbers)):
        state.set_pose(subject.capsule, tuple(numbers))


def _belief(again: DigitReading) -> str:
    result = verdict(again)
    key = "pose.belief" if result.doubt is Doubt.NONE else "pose.belief_unsure"
    return say(key, read=again.classes[result.winner], length=result.length)


def _morph(subject: Subject, pose: Floats) -> None:
    """From a digit kept before to the one that is set now."""
    now, kept = (subject.capsule, tuple(pose.tolist())), state.morph_start()
    start = None
    if kept:
        start = Start(kept.capsule, kept.pose, kept.digit is state.digit() and (kept.capsule, kept.pose) == now)

    def keep(said: Any) -> None:
        if said == subject.name:
            state.keep_morph_start(*now)

    pose_lab.morph(subject, pose, start, on={"keep": keep}, key="pose-morph-component")
