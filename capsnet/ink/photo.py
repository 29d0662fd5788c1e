"""Ink in photos of paper and boards, whose light is uneven.

The paper is what is left when everything narrow and dark has been filled up (a grey closing); ink is what is darker
than that paper, less specks and what runs along the rim, such as the edge of a table.
"""

from __future__ import annotations

from itertools import pairwise
from math import prod

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from scipy import ndimage

from capsnet.ink.contrast import CONTRAST, FloatImage, border, energy

Mask = NDArray[np.bool_]

_SCALES = (120, 60, 30, 15, 8, 5)  # parts of the picture's shorter side: half the widths of pens that are looked for
_DARKEST = 0.25  # paper in deeper shadow than this is not told from ink
_COARSE_SIDE = 160  # pieces of ink are told apart on a grid about this fine
_SPECK = 0.05  # of the largest piece: smaller ones are dust
_ALONG = 0.2  # of the picture's shorter side: more of the rim than a stroke that runs off the picture covers
_LEAST = 0.08  # of the picture's shorter side: no digit is smaller


def photo_ink(grey: FloatImage) -> FloatImage:
    """What is darker than the paper around it, or lighter than the board."""
    depth = _depth(_smooth(grey))
    strokes = _strokes(depth)
    if not strokes.any():
        return np.zeros_like(depth)
    full = np.percentile(depth[strokes], 75)
    return np.where(_grown(strokes, 2), (depth / full - 0.3) / 0.5, 0).clip(0, 1).astype(np.float32)


def _smooth(grey: FloatImage) -> FloatImage:
    """Without the grain of a photo."""
    picture = Image.fromarray((grey * 255).round().astype(np.uint8))
    return np.asarray(picture.filter(ImageFilter.MedianFilter(5)), np.float32) / np.float32(255)


def _depth(grey: FloatImage) -> FloatImage:
    """How far each pixel stands out from the paper or board around it, 0 to 1, [H, W].

    Seen at the finest scale that shows all ink: strokes fill up before the gaps between them do, and shadows and tables
    are too wide to fill up at all. Ink on paper is measured as a share of the light that falls on the paper.
    """
    radii = [max(1, min(grey.shape) // part) for part in _SCALES]
    dark, light = ([_filled(side, radius) for radius in radii] for side in (grey, 1 - grey))
    plain = 0.4 * max(_strength(dark[-1]), _strength(light[-1]))
    settled = _settled(dark, plain), _settled(light, plain)
    first = min(settled)
    if first == len(radii) - 1:
        return np.zeros_like(grey)
    near = slice(first, first + 3)
    if prod(map(energy, dark[near])) < prod(map(energy, light[near])):
        return light[min(settled[1] + 1, len(radii) - 1)]
    ink = dark[min(settled[0] + 1, len(radii) - 1)]
    share: FloatImage = ink / np.maximum(grey + ink, np.float32(_DARKEST))
    return share


def _settled(depths: list[FloatImage], plain: float) -> int:
    """The first scale that shows plain ink and to which the next one adds little; the last where none does."""
    for scale, (narrow, wide) in enumerate(pairwise(depths)):
        if _strength(narrow) >= plain and energy(narrow) >= 0.6 * energy(wide):
            return scale
    return len(depths) - 1


def _strength(depth: FloatImage) -> float:
    """How far the ink stands out, supposing that at least one pixel in 2,000 is ink."""
    return float(np.percentile(depth, 99.95))


def _filled(grey: FloatImage, radius: int) -> FloatImage:
    """What filling up (closing) everything dark that is narrower than twice the radius adds."""
    beyond = np.pad(grey, radius, mode="edge")  # so that ink that runs off the picture is filled up, too
    closed: FloatImage = ndimage.grey_closing(beyond, size=2 * radius + 1, mode="nearest")
    return closed[radius:-radius, radius:-radius] - grey


def _strokes(depth: FloatImage) -> Mask:
    """Where the ink is, given how much darker than the paper each pixel is.

    The darkest may be something else, such as the table beside the paper: the threshold comes down until something
    looks drawn, and is then set by that; but not down into the grain of the paper.
    """
    grain = max(CONTRAST / 2, 2 * float(np.percentile(depth, 60)))
    for share in (0.5, 0.35, 0.25, 0.15):
        threshold = share * float(depth.max())
        if threshold < grain:
            break
        drawn = _drawn(depth > threshold)
        if drawn.any():
            return _drawn(depth > 0.4 * np.percentile(depth[drawn], 75))
    return np.zeros(depth.shape, np.bool_)


def _drawn(mask: Mask) -> Mask:
    """The pieces of a mask that look drawn: neither specks nor along the rim, and not far from the largest."""
    factor = -(-max(mask.shape) // _COARSE_SIDE)
    coarse = _pooled(mask, factor)
    pieces = [piece for piece in _pieces(coarse) if _looks_drawn(piece)]
    if not pieces:
        return np.zeros_like(mask)
    largest = max(pieces, key=np.count_nonzero)
    near = _grown(largest, max(_extent(largest)) // 2)
    kept = [piece for piece in pieces if piece.sum() >= _SPECK * largest.sum() and (piece & near).any()]
    fine: Mask = _grown(np.any(kept, axis=0), 1).repeat(factor, axis=0).repeat(factor, axis=1)
    return mask & fine[: mask.shape[0], : mask.shape[1]]


def _pooled(mask: Mask, factor: int) -> Mask:
    """Reduced by a whole number: true where a quarter of the pixels is."""
    height, width = (-(-side // factor) for side in mask.shape)
    padded = np.zeros((height * factor, width * factor), np.bool_)
    padded[: mask.shape[0], : mask.shape[1]] = mask
    shares: FloatImage = padded.reshape(height, factor, width, factor).mean(axis=(1, 3), dtype=np.float32)
    return shares >= 0.25


def _pieces(mask: Mask) -> list[Mask]:
    """The connected pieces of a mask, corners connecting too; those of a few pixels are left out."""
    numbers, _ = ndimage.label(mask, structure=np.ones((3, 3)))
    areas = np.bincount(numbers.ravel())
    return [numbers == number for number in range(1, len(areas)) if areas[number] > 3]


def _looks_drawn(piece: Mask) -> bool:
    """Whether a piece is no speck and does not run along the rim, as the edge of a table or a shadow does."""
    shorter = min(piece.shape)
    in_corner = bool(piece[[0, 0, -1, -1], [0, -1, 0, -1]].any())
    along_rim = np.count_nonzero(border(piece)) > _ALONG * shorter
    return max(_extent(piece)) >= _LEAST * shorter and not in_corner and not along_rim


def _extent(piece: Mask) -> tuple[int, int]:
    """Height and width of what is true."""
    rows, columns = ndimage.find_objects(piece.astype(np.uint8))[0]
    return rows.stop - rows.start, columns.stop - columns.start


def _grown(mask: Mask, radius: int) -> Mask:
    """True within the radius of what is, along rows and columns."""
    grown: Mask = ndimage.maximum_filter(mask, size=2 * radius + 1, mode="nearest")
    return grown
