"""Strokes of the canvas as short text for addresses, and back.

Points are whole pixels of the canvas; each is written as its difference from the one before, in one byte an axis. All
strokes are deflated together and written in base64 for addresses.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.presets import CANVAS, Stroke

LONGEST_TEXT = 1700
"""Characters that a drawing may take, so that an address stays below 2,000."""
TOLERANCES = (0.6, 1.2, 2.4, 4.8)
"""Pixels of the canvas that points may be off a straight line and still be left out: more, until the text is short."""
MOST_BYTES = 200_000
"""Of unpacked strokes: a stranger's text could grow without bounds."""
MOST_STROKES, MOST_POINTS = 255, 10_000
"""Of a drawing: more take too long to be drawn again."""
WIDEST = 100
"""Pixels of a pen."""
FURTHEST = 10_000
"""Pixels from the canvas's corner that a pen may go; where it does, it is drawn outside of the canvas."""
LARGEST_STEP = 127
"""Of a signed byte."""


def strokes_of(drawing: dict[str, Any]) -> tuple[tuple[Stroke, ...], int] | None:
    """The points and the pen's width of a drawing in the canvas's JSON; None where it holds more than pen strokes.

    The inverse of `presets.preset_drawing`, but for points that a person drew: those are rounded by `packed`.
    """
    try:
        things = drawing.get("objects", [])
        if len(things) > MOST_STROKES or sum(len(thing["path"]) for thing in things) > MOST_POINTS:
            return None
        found = [_stroke_of(thing) for thing in things]
    except (TypeError, ValueError, LookupError, AttributeError, OverflowError):  # not what a pen leaves
        return None
    widths = [width for _, width in found]
    return (tuple(stroke for stroke, _ in found), max(set(widths), key=widths.count)) if found else None


def packed(strokes: Iterable[Stroke], width: int) -> str | None:
    """Strokes as text of at most `LONGEST_TEXT` characters; None where even coarse ones don't fit."""
    found = list(strokes)
    if len(found) > MOST_STROKES or sum(map(len, found)) > MOST_POINTS:
        return None
    for tolerance in (0.0, *TOLERANCES):
        steps = [[*_in_steps(_simplified(stroke, tolerance))] for stroke in found]
        text = _text(steps, width)
        if len(text) <= LONGEST_TEXT and sum(map(len, steps)) <= MOST_POINTS:
            return text
    return None


def unpacked(text: str) -> tuple[tuple[Stroke, ...], int]:
    """Strokes and the pen's width from what `packed` wrote.

    Raises:
        ValueError: the text was not written by `packed`, or was cut short.
    """
    data = _Bytes(inflated(text))
    width, count = data.number(1), data.number(1)
    strokes = tuple(_read_stroke(data) for _ in range(count))
    if not data.at_end or not strokes or not 1 <= width <= WIDEST or sum(map(len, strokes)) > MOST_POINTS:
        raise ValueError("these are no strokes")
    return strokes, width


def deflated(data: bytes) -> str:
    """Bytes as text for addresses: deflated, in base64 of letters, digits, "-" and "_"."""
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


def inflated(text: str) -> bytes:
    """The inverse of `deflated`.

    Raises:
        ValueError: it is not, is damaged, or grows beyond `MOST_BYTES`.
    """
    try:
        packed_bytes = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        inflater = zlib.decompressobj()
        data = inflater.decompress(packed_bytes, MOST_BYTES)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ValueError("the text is damaged") from error
    if not inflater.eof or inflater.unused_data:
        raise ValueError("the text is cut short or too large")
    return data


def _stroke_of(thing: dict[str, Any]) -> tuple[Stroke, int]:
    """The points of one path, and its width; those of a curve are its control points, see `presets.pen_path`."""
    turned = any(thing.get(name, usual) != usual for name, usual in (("angle", 0), ("scaleX", 1), ("scaleY", 1)))
    if str(thing["type"]).lower() != "path" or turned:
        raise ValueError("not a stroke as the pen left it")
    points = [(float(command[1]), float(command[2])) for command in thing["path"] if command[0] == "Q"]
    *_, x, y = thing["path"][-1]
    stroke, width = (*points, (float(x), float(y))), round(float(thing["strokeWidth"]))
    if not 1 <= width <= WIDEST or not all(isfinite(n) and abs(n) <= FURTHEST for point in stroke for n in point):
        raise ValueError("no pen is so wide, or goes so far")
    return stroke, width


def _text(strokes: list[list[tuple[int, int]]], width: int) -> str:
    """Strokes, whose steps each fit into one byte an axis."""
    data = bytearray([width, len(strokes)])
    for points in strokes:
        data += len(points).to_bytes(2, "big")
        x, y = points[0]
        data += x.to_bytes(2, "big", signed=True) + y.to_bytes(2, "big", signed=True)
        for (x, y), (next_x, next_y) in pairwise(points):
            data += (next_x - x).to_bytes(1, "big", signed=True) + (next_y - y).to_bytes(1, "big", signed=True)
    return deflated(bytes(data))


class _Bytes:
    """Numbers read one after the other from bytes."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def at_end(self) -> bool:
        return self._at == len(self._data)

    def number(self, count: int, *, signed: bool = False) -> int:
        """The number in the next bytes, of which there must be so many."""
        taken = self._data[self._at : self._at + count]
        if len(taken) < count:
            raise ValueError("strokes are cut short")
        self._at += count
        return int.from_bytes(taken, "big", signed=signed)


def _read_stroke(data: _Bytes) -> Stroke:
    count = data.number(2)
    x, y = data.number(2, signed=True), data.number(2, signed=True)
    points = [(float(x), float(y))]
    for _ in range(count - 1):
        x, y = x + data.number(1, signed=True), y + data.number(1, signed=True)
        points.append((float(x), float(y)))
    if len(points) < 2 or not all(-CANVAS <= value <= 2 * CANVAS for point in points for value in point):
        raise ValueError("a stroke is too short or lies outside the canvas")
    return tuple(points)


def _in_steps(points: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The points, and between those far apart as many more as keep each step within one byte."""
    yield points[0]
    for (x, y), (next_x, next_y) in pairwise(points):
        pieces = max(1, -(-max(abs(next_x - x), abs(next_y - y)) // LARGEST_STEP))
        for piece in range(1, pieces + 1):
            yield round(x + (next_x - x) * piece / pieces), round(y + (next_y - y) * piece / pieces)


def _simplified(stroke: Stroke, tolerance: float) -> list[tuple[int, int]]:
    """Whole points, without those that lie nearly on the line between their neighbours (Ramer, Douglas, Peucker)."""
    points = [(_within(x), _within(y)) for x, y in stroke]
    if len(points) == 1:
        points *= 2  # a dot
    return _thinned(points, tolerance) if tolerance else points


def _within(value: float) -> int:
    return round(min(max(value, -CANVAS), 2 * CANVAS))


def _thinned(points: list[tuple[int, int]], tolerance: float) -> list[tuple[int, int]]:
    line = np.array(points, np.float64)  # [N, 2]
    kept, waiting = {0, len(points) - 1}, [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        distances = _distances(line[first + 1 : last], line[first], line[last])
        furthest = int(distances.argmax())
        if distances[furthest] > tolerance:
            kept.add(first + 1 + furthest)
            waiting += [(first, first + 1 + furthest), (first + 1 + furthest, last)]
    return [points[at] for at in sorted(kept)]


def _distances(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Of points [N, 2] from a straight line, or from a point where that has no length, [N]."""
    (x, y), (across, down) = (points - start).T, end - start
    length = np.hypot(across, down)
    found: NDArray[np.float64] = np.abs(x * down - y * across) / length if length else np.hypot(x, y)
    return found
