"""Drawings to begin with: all ten digits in two hands, and some to argue about, as strokes that people can edit.

A stroke is what a pen leaves: the points it passed, in pixels of the 280 x 280 canvas, x to the right and y down. What
is drawn from them is what the canvas draws from a mouse: quadratic curves from midpoint to midpoint, so that a file of
whole numbers shows smooth lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

CANVAS = 280
"""Height and width of the canvas that the strokes were drawn on, in pixels."""
PEN = "#fff"
"""The pen's colour; the canvas is black."""

Point = tuple[float, float]
Stroke = tuple[Point, ...]
Command = tuple[str, *tuple[float, ...]]
"""A step of a path as Fabric.js writes it: ("M", x, y), ("Q", x of control, y of control, x, y) or ("L", x, y)."""

_FINE = 4
"""Pixels are drawn this much finer and then averaged."""
_BENDS = 8
"""Straight pieces that stand for one curve."""


@dataclass(frozen=True)
class Preset:
    """A drawing to begin with."""

    id: str
    """Names it for good, in addresses, words and tests."""
    group: str
    """Whose hand, or what sort, as an id: presets of one group stand together."""
    label: str | None
    """The digit that was meant; None where that is the question."""
    strokes: tuple[Stroke, ...]
    """In the order in which they were drawn, each of two points or more."""
    width: int
    """The pen's, in pixels of the canvas."""


@cache
def load_presets() -> tuple[Preset, ...]:
    """All presets, those of one group together, in the order in which they are shown."""
    entries = json.loads(files("explorer.presets").joinpath("presets.json").read_text("utf-8"))
    return tuple(_preset(entry) for entry in entries)


def _preset(entry: dict[str, Any]) -> Preset:
    """One entry of presets.json, made read-only."""
    strokes = tuple(tuple((x, y) for x, y in stroke) for stroke in entry["strokes"])
    return Preset(**{**entry, "strokes": strokes})


def preset_drawing(preset: Preset) -> dict[str, Any]:
    """A preset as `stroke_drawing`."""
    return stroke_drawing(preset.strokes, preset.width)


def stroke_drawing(strokes: tuple[Stroke, ...], width: int) -> dict[str, Any]:
    """What the canvas takes as `initial_drawing`: one path a stroke, like those that its own pen leaves.

    Paths can be undone one by one and drawn over. Where each one lies, Fabric.js works out itself.
    """
    pen = {
        "fill": None,
        "stroke": PEN,
        "strokeWidth": width,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
    }
    paths = ([list(command) for command in pen_path(stroke)] for stroke in strokes)
    return {"objects": [{"type": "Path", **pen, "strokeMiterLimit": 10, "path": path} for path in paths]}


def pen_path(stroke: Stroke) -> Iterator[Command]:
    """A stroke as the canvas's pen smooths it: each point bends the curve from one midpoint to the next."""
    yield ("M", *stroke[0])
    for point, following in pairwise(stroke):
        yield ("Q", *point, (point[0] + following[0]) / 2, (point[1] + following[1]) / 2)
    yield ("L", *stroke[-1])


def render(strokes: tuple[Stroke, ...], width: float, size: int = CANVAS) -> NDArray[np.uint8]:
    """The pixels that the canvas would send: a white, round, anti-aliased pen on opaque black.

    Args:
        strokes: in pixels of the 280 x 280 canvas; what lies outside is cut off.
        width: the pen's, in the same pixels.
        size: height and width of the picture; the drawing is enlarged to fill it.

    Returns:
        RGBA [size, size, 4].
    """
    scale = size / CANVAS * _FINE
    fine = Image.new("L", (size * _FINE, size * _FINE))
    pen = ImageDraw.Draw(fine)
    for stroke in strokes:
        line = [(x * scale - 0.5, y * scale - 0.5) for x, y in _bent(stroke)]  # Pillow counts from the pixels' middles
        pen.line(line, fill=255, width=round(width * scale))
        for point in line:  # round ends and joints
            pen.circle(point, (width * scale - 1) / 2, fill=255)
    ink = np.asarray(fine.reduce(_FINE))
    return np.stack([ink, ink, ink, np.full_like(ink, 255)], axis=-1)


def _bent(stroke: Stroke) -> Iterator[Point]:
    """Points so close that straight lines between them show the pen's curves."""
    here = stroke[0]
    for name, *numbers in pen_path(stroke):
        if name == "Q":
            yield from (_between(here, numbers, step / _BENDS) for step in range(1, _BENDS))
        here = (numbers[-2], numbers[-1])
        yield here


def _between(start: Point, curve: list[float], share: float) -> Point:
    """A point of a quadratic curve, from its start (share 0) to its end (1); `curve` is control x, y and end x, y."""
    rest = 1 - share
    weights = (rest * rest, 2 * rest * share, share * share)
    x, y = (
        sum(w * p for w, p in zip(weights, axis, strict=True)) for axis in zip(start, curve[:2], curve[2:], strict=True)
    )
    return x, y
