"""The sliders of a digit's pose with the picture that follows them, live or plain; also in the lesson."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from explorer import poses
from explorer.arrays import Floats
from explorer.components import pose_lab
from explorer.components.pose_lab import Handlers, Style, Subject
from explorer.reading import CapsuleReading
from explorer.views.pose import plain
from explorer.views.pose.belief import belief
from explorer.views.visit import Visit

LAB = "pose-lab-component"


@dataclass(frozen=True)
class Turned:
    """A pose that the person may have changed."""

    subject: Subject
    pose: Floats
    """As it is set, [D]."""
    picture: Floats
    """Its reconstruction, 0..1, [H, W]."""
    reread: CapsuleReading
    """What the network reads in that picture."""


def turned(visit: Visit, reading: CapsuleReading, capsule: int) -> Turned:
    """The pose of a capsule j, as it is set in the session or as the network found it."""
    model = visit.network.checkpoint.model
    subject = Subject.of(visit.network.checkpoint, reading, capsule)
    kept = visit.session.pose(capsule)
    pose = subject.own if kept is None else np.array(kept, np.float32)
    picture = poses.decode(model, capsule, pose[None])[0]
    return Turned(subject, pose, picture, visit.network.capsule_reading(picture, reading.iterations))


def sliders(visit: Visit, shown: Turned) -> None:
    """Sliders and picture: live, or plain where the person or the browser wants these."""
    believed = belief(visit, shown.reread)
    if visit.session.page.plain_sliders:
        plain.render(visit, shown.subject, shown.pose, shown.picture, believed)
        return
    session, capsule = visit.session, shown.subject.capsule
    with st.container(key="pose-lab"):
        pose_lab.lab(
            shown.subject,
            shown.pose,
            Handlers(
                released=lambda set_by_hand: session.poses.turn(session.pose_set(capsule, set_by_hand)),
                undo=partial(session.poses.undo, session.digit, visit.network.digest, capsule),
                failed=lambda: session.set_up(plain_sliders=True),
            ),
            Style(visit.say, visit.palette),
            version=session.poses.version,
            undoable=session.pose(capsule) is not None,
            belief=believed,
            key=LAB,
        )
