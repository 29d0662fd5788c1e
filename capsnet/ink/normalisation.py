"""The one normalisation: from grey ink of any size to the frame that the network reads.

MNIST was made so (LeCun, Bottou, Bengio, Haffner 1998, section III.A): the ink is fitted into 20 x 20 pixels, keeping
its aspect, which leaves anti-aliased grey; then its centre of mass is moved to the centre of 28 x 28. Its pens were all
much alike; ours are not, so strokes finer or fatter than MNIST's are first brought to widths that it knows. A network
of another frame reads the same, enlarged or reduced.
"""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from capsnet.ink.contrast import FloatImage
from capsnet.ink.frame import MNIST_FRAME, Frame

STROKES = (1.65, 2.8)
"""Widths of strokes, in pixels after fitting into MNIST's box, that stay as they are: of the first 3,000 MNIST test
digits, 8% are finer than the first and 17% fatter than the second."""
FAINT = 0.1
"""Ink below this share of the darkest is taken for background when its extent is measured."""
_BLOB = 6.0  # what is as wide as this is no stroke, but filled in
_LEAST_SCALE, _GREATEST_SCALE = 3, 16  # pixels for each one after fitting: strokes are measured and changed at these
_SHAVED = 0.5  # pixels after fitting, from each side at most: more would take thin strokes away with the fat ones


def normalise(ink: FloatImage, frame: Frame = MNIST_FRAME) -> FloatImage | None:
    """Ink as MNIST has it.

    Args:
        ink: grey ink, 0 (background) to 1, [H, W] of any size.
        frame: what the network reads.

    Returns:
        [size, size] in 0..1, [28, 28] by default, the centre of mass within half a pixel of the centre; None where
        there is no ink.

    Raises:
        ValueError: ink is not two-dimensional, not of floats, or lies outside 0..1.
    """
    if ink.ndim != 2 or 0 in ink.shape:
        raise ValueError(f"ink must be [H, W], grey and not empty; got shape {ink.shape}")
    if ink.dtype not in (np.float32, np.float64):
        raise ValueError(f"ink must be float32, 0 (background) to 1; got {ink.dtype}")
    if not (ink.min() >= 0 and ink.max() <= 1):
        raise ValueError(f"ink must lie in 0 (background) to 1; got {ink.min():g} to {ink.max():g}")
    if ink.max() < FAINT:
        return None
    return _centred(_fitted(_penned(_cropped(ink), frame.box), frame.box), frame)


def _cropped(ink: FloatImage) -> FloatImage:
    """The smallest rectangle that holds all ink."""
    present = ink > FAINT * ink.max()
    rows, columns = np.flatnonzero(present.any(axis=1)), np.flatnonzero(present.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _penned(ink: FloatImage, box: int) -> FloatImage:
    """Drawn with a pen that MNIST knows, where the ink is large enough to tell; cropped again."""
    scale = max(ink.shape) / box
    if scale < _LEAST_SCALE:
        return ink
    if scale > _GREATEST_SCALE:
        factor = math.ceil(scale / _GREATEST_SCALE)
        ink, scale = np.asarray(Image.fromarray(ink).reduce(factor), np.float32).clip(0, 1), scale / factor
    enlarged = box / MNIST_FRAME.box
    width = _stroke_width(ink) / scale / enlarged  # in pixels of MNIST's box
    finest, fattest = STROKES
    if width < finest:
        steps = round((finest - width) / 2 * scale * enlarged)
        return _cropped(_spread(np.pad(ink, steps), steps))
    if fattest < width < _BLOB:
        steps = round(min((width - fattest) / 2, _SHAVED) * scale * enlarged)
        return _cropped(1 - _spread(1 - np.pad(ink, 1), steps))
    return ink


def _stroke_width(ink: FloatImage) -> float:
    """Mean width of the strokes, in pixels: a stroke has two sides, so it is twice the ink's area by its outline."""
    inside = np.pad(ink, 1)
    outline = np.hypot(np.diff(inside, axis=0)[:, :-1], np.diff(inside, axis=1)[:-1]).sum(dtype=np.float64)
    return float(2 * ink.sum(dtype=np.float64) / outline)


def _spread(ink: FloatImage, steps: int) -> FloatImage:
    """Each pixel as dark as the darkest within so many steps, nearly as the crow flies: every second one may slant."""
    for step in range(steps):
        across = ink.copy()
        np.maximum(across[:, 1:], ink[:, :-1], out=across[:, 1:])
        np.maximum(across[:, :-1], ink[:, 1:], out=across[:, :-1])
        along, grown = (across if step % 2 else ink), across.copy()
        np.maximum(grown[1:], along[:-1], out=grown[1:])
        np.maximum(grown[:-1], along[1:], out=grown[:-1])
        ink = grown
    return ink


def _fitted(ink: FloatImage, box: int) -> FloatImage:
    """Resized so that the longer side is `box`, averaging the pixels that fall together."""
    height, width = ink.shape
    scale = box / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    resized = Image.fromarray(ink).resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR)
    return np.asarray(resized, np.float32).clip(0, 1)


def _centred(ink: FloatImage, frame: Frame) -> FloatImage:
    """In the frame, the centre of mass moved to the centre by whole pixels, as far as all ink stays inside."""
    canvas = np.zeros((frame.size, frame.size), np.float32)
    corner = [
        min(max(math.floor(frame.centre - centre + 0.5), 0), frame.size - extent)
        for centre, extent in zip(_centre_of_mass(ink), ink.shape, strict=True)
    ]
    canvas[corner[0] : corner[0] + ink.shape[0], corner[1] : corner[1] + ink.shape[1]] = ink
    return canvas


def _centre_of_mass(ink: FloatImage) -> tuple[float, float]:
    """Row and column of the centre of mass, in pixel edges: the middle of the first pixel is 0.5.

    In double precision, which adds so few numbers without loss: the middle of even ink is known exactly, and no
    rounding says on which side of a pixel's edge it lies.
    """
    rows, columns = (np.arange(extent) + 0.5 for extent in ink.shape)
    exact = ink.astype(np.float64)
    total = float(exact.sum())
    return float(exact.sum(axis=1) @ rows) / total, float(exact.sum(axis=0) @ columns) / total
