"""Files of the pose that is set."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import streamlit as st

from explorer import poses
from explorer.arrays import Floats
from explorer.components.pose_lab import Subject
from explorer.exports.gif import pictures_gif
from explorer.exports.json import pose_json
from explorer.pictures import png
from explorer.views.visit import Visit

SCALE = 20
"""Screen pixels for each pixel of a picture that is saved."""
SWING_FRAMES = 40
LONGEST_NAME = 60
"""Letters of a class that are in the names of files."""


def render(visit: Visit, subject: Subject, pose: Floats, picture: Floats) -> None:
    """A button a file, made when it is asked for."""
    say, name = visit.say, visit.network.classes[subject.capsule]
    model, plain = visit.network.checkpoint.model, re.sub(r"\W", "_", name)[:LONGEST_NAME]  # names no folder

    def download(label: str, data: Any, file: str, mime: str) -> None:
        name = f"capsule-{plain}-{file}"
        st.download_button(label, data, name, mime, on_click="ignore", icon=":material/download:")

    def swinging() -> bytes:
        swung = poses.swing(pose, float(subject.own[dimension]), dimension, SWING_FRAMES)
        return pictures_gif(poses.decode(model, subject.capsule, swung), SCALE)

    with st.popover(say("pose.save"), icon=":material/download:"):
        download(say("pose.save_picture"), partial(png, picture, SCALE), "picture.png", "image/png")
        write = partial(pose_json, visit.network.digest, name, pose, subject.own)
        download(say("pose.save_pose"), write, "pose.json", "application/json")
        dimension = st.selectbox(
            say("pose.save_swing"), range(len(pose)), format_func=lambda d: str(d + 1), key="pose-swing"
        )
        download(say("pose.save_gif"), swinging, f"number-{dimension + 1}.gif", "image/gif")
