"""From the canvas to grey ink: 1 where a pen has been, 0 where it has not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from capsnet.ink import MNIST_FRAME, FloatImage, Frame, normalise

DOT = 40
"""Ink on the canvas no longer and no wider than this, in pixels, and all filled in, is a slip of the pen."""

_GREY_WEIGHTS = np.array([0.299, 0.587, 0.114])  # of red, green and blue, as Pillow weighs them


def to_mnist(rgba: NDArray[np.uint8], frame: Frame = MNIST_FRAME) -> FloatImage | None:
    """What the network reads of the canvas.

    Args:
        rgba: the canvas's pixels, uint8 [H, W, 4]: a light pen on black or on nothing.
        frame: what the network reads.

    Returns:
        [size, size] in 0..1, [28, 28] by default, as `capsnet.ink.normalise` makes it; None when the canvas is empty.

    Raises:
        ValueError: rgba has another shape or type.
    """
    return normalise(_canvas_ink(rgba), frame)


def is_dot(rgba: NDArray[np.uint8]) -> bool:
    """Whether the canvas, uint8 [H, W, 4], holds a dot and nothing else."""
    rows, columns = np.nonzero(_canvas_ink(rgba) > 0.5)
    if not rows.size or max(np.ptp(rows), np.ptp(columns)) >= DOT:
        return False
    return bool(rows.size > 0.7 * (np.ptp(rows) + 1) * (np.ptp(columns) + 1))  # a disc fills 0.79 of its box


def _canvas_ink(rgba: NDArray[np.uint8]) -> FloatImage:
    """What is light on the canvas, 0 to 1, [H, W]."""
    if rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.dtype != np.uint8:
        raise ValueError(f"the canvas must be uint8 [H, W, 4] (RGBA), got {rgba.dtype} {list(rgba.shape)}")
    light = rgba[..., :3] @ _GREY_WEIGHTS / 255  # [H, W]
    ink: FloatImage = (light * (rgba[..., 3] / 255)).clip(0, 1).astype(np.float32)
    return ink
