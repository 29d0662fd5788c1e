"""A reading as the browser takes it: one gzipped safetensors file, which `tensors.js` reads.

Numbers are rounded to what the eye can tell: all of a reading is to come within the blink of a slow line.
"""

from __future__ import annotations

import base64
import gzip
from dataclasses import dataclass
from typing import Any

import numpy as np
from safetensors.numpy import save

from capsnet.checkpoint import Checkpoint
from explorer.arrays import Floats
from explorer.measures.evidence import contributions
from explorer.reading import CapsuleReading

GREY = 1 / 255
"""One step of the input's grey."""
DRAWN = 1 / 127
"""The same of what each capsule draws; of pictures to turn to, where no network is in the browser, twice as much."""
COUPLING = 1 / 127
POSE = 1 / 127
"""One step of the numbers in a primary capsule's pose, -1 to 1."""
PULLS = 300
"""Steps from 0 to the strongest contribution."""
LEVEL = 6
"""Of compression: more takes ten times as long and saves a thirtieth."""
FEATURES = 127
"""Steps from 0 to the strongest feature."""


@dataclass(frozen=True)
class Dial:
    """A capsule's pose turned and brought to other lengths, drawn for browsers in which no network is at work."""

    capsule: int
    angles: tuple[float, ...]
    """In degrees, A of them."""
    lengths: tuple[float, ...]
    """L of them."""
    pictures: Floats
    """What the decoder draws, 0..1, [A, L, H, W]."""


@dataclass(frozen=True)
class Extras:
    """What is shown beside a reading."""

    strokes: Floats
    """What was drawn, before it was fitted into the network's picture, 0..1, [S, S]; S is 0 where it was not drawn."""
    directions: Floats
    """In which poses are turned, of `poses.turnings`, [J, K, D]."""
    empty: Floats
    """Poses of the primary capsules that see nothing at all, [channels, P]."""
    dial: Dial
    """Pictures of the focus's pose."""


def packed(reading: CapsuleReading, extras: Extras) -> str:
    """All that the stages show of a reading, in base64."""
    pulls, features = contributions(reading), reading.features
    tensors: dict[str, Any] = {
        **whole("image", reading.image, GREY),
        **whole("strokes", extras.strokes, DRAWN),
        **whole("features", features, float(features.max()) / FEATURES or 1),
        **whole("primary", reading.primary, POSE),
        **whole("couplings", reading.couplings[-1], COUPLING),
        **whole("pulls", pulls, float(np.abs(pulls).max()) / PULLS or 1),
        **whole("pictures", reading.reconstructions, DRAWN),
        **whole("dial", extras.dial.pictures, 2 * DRAWN),
        "sums": np.linalg.norm(reading.sums[-1], axis=-1).astype(np.float32),
        "lengths": np.ascontiguousarray(reading.lengths, np.float32),
        "poses": np.ascontiguousarray(reading.poses[-1], np.float32),
        "directions": np.ascontiguousarray(extras.directions, np.float16),
        "empty": np.ascontiguousarray(extras.empty, np.float32),
    }
    return base64.b64encode(gzip.compress(save(tensors), LEVEL, mtime=0)).decode()


def whole(name: str, values: Floats, step: float) -> dict[str, Any]:
    """Numbers as whole ones, from -32,768 to 32,767, times a step; low and high bytes apart, as `tensors.js` says."""
    numbers = np.round(np.asarray(values, np.float64).ravel() / step).astype(np.int64)
    high = (numbers + 128) >> 8
    return {
        f"{name}.low": (numbers - 256 * high).astype(np.int8),
        f"{name}.high": high.astype(np.int8),
        f"{name}.scale": np.array([step], np.float32),
    }


def filters(checkpoint: Checkpoint) -> bytes:
    """The first convolution's weights [C, kernel, kernel] and biases [C], as a gzipped safetensors file."""
    weights = checkpoint.model.state_dict()
    tensors = {
        "weights": weights["convolution.weight"][:, 0].numpy().astype(np.float16),
        "biases": weights["convolution.bias"].numpy().astype(np.float32),
    }
    return gzip.compress(save(tensors), mtime=0)
