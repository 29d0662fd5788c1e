"""The network's own drawings against the picture, and maps that stand out."""

from __future__ import annotations

import numpy as np

from explorer.arrays import Floats
from explorer.reading import CapsuleReading


def primary_lengths(reading: CapsuleReading) -> Floats:
    """Lengths |u_i| of the primary capsules' outputs, in [0, 1), [channels, rows, columns]."""
    lengths: Floats = np.linalg.norm(reading.primary, axis=-1).reshape(reading.grid)
    return lengths


def strongest(maps: Floats) -> int:
    """The map with the largest sum, of [N, height, width]."""
    return int(maps.sum(axis=(1, 2)).argmax())


def reconstruction_error(reading: CapsuleReading, capsule: int) -> float:
    """Sum of squared differences between the picture and what one capsule draws."""
    return float(np.square(reading.reconstructions[capsule] - reading.image).sum())


def misfit(reading: CapsuleReading, capsule: int) -> float:
    """The same as a share of the squared ink: 0 is the picture itself, 1 as far from it as an empty one."""
    return reconstruction_error(reading, capsule) / max(float(np.square(reading.image).sum()), 1.0)
