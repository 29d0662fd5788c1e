"""The network's own drawings against the picture."""

from __future__ import annotations

import numpy as np

from explorer.arrays import Floats
from explorer.reading import CapsuleReading


def reconstruction_error(reading: CapsuleReading, capsule: int) -> float:
    """Sum of squared differences between the picture and what one capsule draws."""
    return float(np.square(reading.reconstructions[capsule] - reading.image).sum())


def misfit(reading: CapsuleReading, capsule: int) -> float:
    """The same as a share of the squared ink: 0 is the picture itself, 1 as far from it as an empty one."""
    return float(misfits(reading.reconstructions[capsule], reading.image))


def misfits(drawn: Floats, images: Floats) -> Floats:
    """Squared differences of drawings and pictures, both [..., H, W], as shares of the squared ink, [...]."""
    ink = np.square(images, dtype=np.float64).sum(axis=(-2, -1))
    shares: Floats = np.square(drawn - images, dtype=np.float64).sum(axis=(-2, -1)) / np.maximum(ink, 1.0)
    return shares
