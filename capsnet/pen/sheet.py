"""Contact sheets of the pen: each way to write a digit in a row, for a person to judge whether it is handwriting."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from capsnet.ink import MNIST_FRAME, FloatImage
from capsnet.pen.digits import written_digit
from capsnet.pen.hand import SPACING
from capsnet.pen.skeletons import Skeleton, curve

ZOOM = 2
"""Pixels of the sheet for each of a digit."""
NAMES = 250
"""Width of the column with the ways' names, in pixels."""


def contact_sheet(ways: Sequence[Skeleton], count: int = 20, seed: int = 0) -> Image.Image:
    """Each way in a row: its name, its skeleton as it stands in the file, and `count` pictures made from it.

    Raises:
        ValueError: there are no ways, or count is less than 1.
    """
    if not ways or count < 1:
        raise ValueError(f"a sheet needs a way to write and one picture a row; got {len(ways)} and {count}")
    side = MNIST_FRAME.size * ZOOM + 2
    sheet = Image.new("L", (NAMES + (count + 1) * side, len(ways) * side), 60)
    pen = ImageDraw.Draw(sheet)
    for row, way in enumerate(ways):
        pen.text(
            (6, row * side + side / 2), f"{way.label}, {way.name} ({way.weight:g})", fill=255, font_size=14, anchor="lm"
        )
        sheet.paste(_drawn(way, side), (NAMES, row * side))
        for column in range(1, count + 1):
            digit = written_digit(way, np.random.default_rng([seed, row, column]))
            sheet.paste(_enlarged(digit), (NAMES + column * side, row * side))
    return sheet


def _drawn(way: Skeleton, side: int) -> Image.Image:
    """The skeleton itself, thin, with its points."""
    tile = Image.new("L", (side - 2, side - 2), 30)
    pen = ImageDraw.Draw(tile)
    for stroke in way.strokes:
        scale, margin = 0.75 * side / 100, 0.12 * side
        path = curve(np.array(stroke.points), stroke.corners, SPACING) * scale + margin
        pen.line([(float(x), float(y)) for x, y in path], fill=160, width=1)
        for x, y in stroke.points:
            pen.circle((x * scale + margin, y * scale + margin), 1.5, fill=255)
    return tile


def _enlarged(digit: FloatImage) -> Image.Image:
    tile = Image.fromarray((digit * 255).round().astype(np.uint8))
    return tile.resize((MNIST_FRAME.size * ZOOM, MNIST_FRAME.size * ZOOM), Image.Resampling.NEAREST)
