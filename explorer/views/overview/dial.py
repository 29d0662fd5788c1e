"""What the dial of the digit capsules needs beside a reading: it hardly changes, and is made once."""

from __future__ import annotations

import numpy as np
import streamlit as st

from capsnet.checkpoint import Checkpoint
from explorer.arrays import Floats
from explorer.components.anatomy import Dial
from explorer.networks import Network, threads
from explorer.poses import decode, turned, turnings
from explorer.reading import CapsuleReading, read

DIRECTIONS = 3
ANGLES = (-20.0, -10.0, 0.0, 10.0, 20.0)
SHARES = (1.0, 0.6, 0.3, 0.1)
"""Lengths at which the pose is drawn, as shares of its own."""


def dial(network: Network, reading: CapsuleReading, capsule: int) -> Dial:
    """Pictures of a capsule's pose, turned in its strongest direction and shortened."""
    pose = reading.poses[-1, capsule]
    length = max(float(reading.lengths[-1, capsule]), 1e-6)
    lengths = [share * length for share in SHARES]
    if not pose.any():
        pose = np.full_like(pose, 1e-6)  # nothing points nowhere: any direction will do
    poses = turned(pose, directions(network)[capsule, 0], np.array(ANGLES), np.array(lengths))
    with threads(1):
        pictures = decode(network.checkpoint.model, capsule, poses.reshape(-1, poses.shape[-1]))
    side = pictures.shape[-1]
    return Dial(capsule, ANGLES, tuple(lengths), pictures.reshape(len(ANGLES), len(lengths), side, side))


def directions(network: Network) -> Floats:
    """In which directions poses are turned, [J, DIRECTIONS, D]."""
    return _directions(network.checkpoint, network.digest)


def empty(network: Network) -> Floats:
    """Poses of the primary capsules where there is nothing to be seen, the same at all places, [channels, P]."""
    return _empty(network.checkpoint, network.digest)


@st.cache_resource(show_spinner=False, max_entries=4)
def _directions(_checkpoint: Checkpoint, digest: str) -> Floats:  # noqa: ARG001 - part of the cache's key
    count = min(DIRECTIONS, _checkpoint.model.config.digit_pose - 1)
    with threads(1):
        return turnings(_checkpoint.model, _checkpoint.card, count)


@st.cache_resource(show_spinner=False, max_entries=4)
def _empty(_checkpoint: Checkpoint, digest: str) -> Floats:  # noqa: ARG001 - part of the cache's key
    config = _checkpoint.model.config
    with threads(1):
        found = read(_checkpoint.model, np.zeros((config.image_size, config.image_size), np.float32))
    poses: Floats = found.primary.reshape(config.primary_channels, -1, config.primary_pose)[:, 0]
    return poses
