"""The pose page where the browser can't decode: Streamlit's own sliders, drawn on the server."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer import state
from explorer.pictures import png
from explorer.pose_lab import Subject
from explorer.poses import STEP
from explorer.reading import Floats
from explorer.text import say

SCALE = 10


def sliders(subject: Subject, pose: Floats, picture: Floats, belief: str) -> None:
    """The picture, and a slider a number that says its value when it is let go."""
    st.warning(say("pose.plain_why"), icon=":material/info:")
    left, right = st.columns([3, 7], gap="medium")
    with left:
        name = subject.checkpoint.card.config.classes[subject.capsule]
        st.image(png(picture, SCALE), width="stretch", alt=say("pose.plain_alt", name=name), output_format="PNG")
        length = float(np.linalg.norm(pose))
        st.write(say("pose.plain_out" if length > 1 else "pose.plain_length", length=length))
        st.write(belief)
        _buttons(subject)
    with right:
        columns = st.columns(2, gap="medium")
        keys = [f"plain-{subject.name}-{state.pose_version()}-{d}" for d in range(len(pose))]
        for d, key in enumerate(keys):
            low, high = (round(float(ends[d]), 3) for ends in (subject.span.low, subject.span.high))
            columns[2 * d // len(keys)].slider(
                str(d + 1),
                low,
                high,
                float(np.clip(pose[d], low, high)),
                STEP,
                "%+.3f",
                key=key,
                on_change=_turn,
                args=(subject.capsule, pose, d, key),
            )


def _buttons(subject: Subject) -> None:
    capsule, own = subject.capsule, tuple(subject.own.tolist())
    undoable = state.can_undo_pose(capsule)
    with st.container(horizontal=True, gap="small"):
        st.button(say("pose.plain_undo"), disabled=not undoable, on_click=state.undo_pose, args=(capsule,))
        st.button(say("pose.plain_reset"), on_click=state.replace_pose, args=(capsule, own))


def _turn(capsule: int, pose: Floats, dimension: int, key: str) -> None:
    turned = pose.copy()
    turned[dimension] = st.session_state[key]
    state.set_pose(capsule, tuple(turned.tolist()))
