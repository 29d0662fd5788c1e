"""The network's own drawings against the picture."""

from __future__ import annotations

import numpy as np

from explorer.reading import CapsuleReading


def reconstruction_error(reading: CapsuleReading, capsule: int) -> float:
    """Sum of squared differences between the picture and what one capsule draws."""
    return float(np.square(reading.reconstructions[capsule] - reading.image).sum())


def misfit(reading: CapsuleReading, capsule: int) -> float:
    """The same as a share of the squared ink: 0 is the picture itself, 1 as far from it as an empty one."""
    return reconstruction_error(reading, capsule) / max(float(np.square(reading.image).sum()), 1.0)
