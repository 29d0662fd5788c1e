"""Digits from the synthetic pen as the drawing canvas tells of them, no two alike."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from capsnet.config import DIGITS
from capsnet.pen.hand import written
from capsnet.pen.skeletons import choice, resampled, ways_to_write
from explorer.presets import CANVAS, PEN, Stroke, stroke_drawing

EDGE = 40
"""Pixels of the canvas that stay empty around a digit."""
SPACING = 7.0
"""From point to point of a stroke, in pixels: what a hand leaves at 60 points a second."""
PENS = (14, 20, 28)


class Told(NamedTuple):
    """What the canvas tells of a drawing."""

    objects: list[Any]
    """Fabric's strokes."""
    png: str
    """Their pixels as a data URL."""


def drawings(seed: int) -> Iterator[Told]:
    """Digits without end; those of another seed are others."""
    rng = np.random.default_rng(seed)
    while True:
        skeleton = choice(ways_to_write(DIGITS[int(rng.integers(len(DIGITS)))]), rng)
        paths = written(skeleton, rng)
        points = np.concatenate(paths)
        corner, extent = points.min(axis=0), max(float(np.ptp(points, axis=0).max()), 1.0)
        scale = (CANVAS - 2 * EDGE) / extent
        strokes = [resampled((path - corner) * scale + EDGE, SPACING).round(1).tolist() for path in paths]
        yield told(tuple(tuple((x, y) for x, y in stroke) for stroke in strokes), int(rng.choice(PENS)))


def told(strokes: tuple[Stroke, ...], width: int) -> Told:
    """Strokes in pixels of the canvas, each of two points or more, drawn with a pen of a width."""
    picture = Image.new("RGBA", (CANVAS, CANVAS))
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        pen.line(list(stroke), fill=PEN, width=width, joint="curve")
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG", compress_level=1)
    url = f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"
    return Told(stroke_drawing(strokes, width)["objects"], url)
