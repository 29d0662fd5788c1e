"""A digit's picture turned by some angles, and what a capsule network reads of it then. Pure.

components/turn/rotation.js turns pictures in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from capsnet import CapsNet
from explorer.arrays import Floats, Indices
from explorer.poses import decode

STEP = 5
ANGLES = tuple(range(-60, 61, STEP))
"""Degrees, clockwise on the screen."""


@dataclass(frozen=True)
class Turning:
    """Readings of one picture at A angles."""

    lengths: Floats
    """|v_j| after the last iteration, [A, J]."""
    poses: Floats
    """v of one capsule, [A, D]."""
    drawings: Floats
    """What the decoder draws from each of these poses, 0..1, [A, H, W]."""


def rotated(image: Floats, degrees: float) -> Floats:
    """A picture turned about its middle, clockwise on the screen; nothing is fitted in again.

    Args:
        image: ink, [size, size]; there is none around it.
        degrees: the angle.

    Returns:
        The same size; a pixel is what lies where it came from, bilinearly between four.

    Raises:
        ValueError: the picture is not square.
    """
    size = image.shape[0]
    if image.shape != (size, size):
        raise ValueError(f"the picture must be square; got {list(image.shape)}")
    middle, angle = (size - 1) / 2, np.deg2rad(degrees)
    down, right = np.mgrid[:size, :size] - middle
    x = middle + np.cos(angle) * right + np.sin(angle) * down
    y = middle - np.sin(angle) * right + np.cos(angle) * down
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    result = np.zeros((size, size))
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        share = (1 - np.abs(x - left - column)) * (1 - np.abs(y - top - row))
        result += share * _at(image, top + row, left + column)
    return result.astype(np.float32)


def read_turned(model: CapsNet, image: Floats, capsule: int, iterations: int | None = None) -> Turning:
    """What a network reads of a picture [size, size] at each of `ANGLES`.

    Args:
        model: the network.
        image: grey ink, 0..1, upright.
        capsule: j, whose poses and drawings are wanted.
        iterations: of routing; None: as many as the network was trained with.
    """
    pictures = torch.from_numpy(np.stack([rotated(image, angle) for angle in ANGLES]))
    last = model.trace(pictures[:, None], iterations)
    poses = last.poses[-1, :, capsule].numpy()
    return Turning(last.lengths[-1].numpy(), poses, decode(model, capsule, poses))


def _at(image: Floats, rows: Indices, columns: Indices) -> Floats:
    """Pixels by row and column; 0 outside."""
    size = len(image)
    inside = (rows >= 0) & (rows < size) & (columns >= 0) & (columns < size)
    found: Floats = np.where(inside, image[rows.clip(0, size - 1), columns.clip(0, size - 1)], np.float32(0))
    return found
