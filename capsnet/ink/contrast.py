"""What pictures and photos have in common: a background, and what stands out from it."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

FloatImage = NDArray[np.float32]
"""A grey picture, float32, [H, W]."""
Scalar = TypeVar("Scalar", bound=np.generic)

CONTRAST = 0.1
"""What differs less from its background, of 1 for black on white, is no ink."""


def border(values: NDArray[Scalar]) -> NDArray[Scalar]:
    """The outermost pixels, in one row, [2 H + 2 W]."""
    return np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])


def energy(depth: FloatImage) -> float:
    """How much stands out, strong more than weak."""
    return float((depth**3).sum())
