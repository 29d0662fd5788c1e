"""Drawings of all sorts, which need nothing outside the project, and their way into a page."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from capsnet.config import DIGITS
from capsnet.ink import FloatImage
from capsnet.pen.hand import inked, written
from capsnet.pen.skeletons import choice, ways_to_write
from explorer.presets import CANVAS, Stroke, load_presets, render

Pixels = NDArray[np.uint8]
"""What is on the canvas, RGBA, [280, 280, 4]."""

UNPACKED = """
    const unpacked = async base64 => {
        const stream = (await fetch("data:;base64," + base64)).body.pipeThrough(new DecompressionStream("deflate"))
        return new Response(stream).arrayBuffer()
    }
    const packed = numbers => {
        const bytes = new Uint8Array(numbers.buffer)
        let text = ""
        for (let k = 0; k < bytes.length; k += 9999) text += String.fromCharCode(...bytes.subarray(k, k + 9999))
        return btoa(text)
    }
"""
"""`unpacked(text)` in a page gives the bytes that `packed` took; `packed(numbers)` there makes text of numbers."""


def packed(arrays: Iterable[NDArray[np.uint8] | FloatImage]) -> str:
    """All bytes of some arrays, one after the other, compressed."""
    return base64.b64encode(zlib.compress(b"".join(array.tobytes() for array in arrays), 1)).decode()


def digits(count: int) -> Iterator[Pixels]:
    """The synthetic pen's, as large, as fat and where on the canvas as chance would have it; some run off it."""
    for number in range(count):
        rng = default_rng([13, number])
        paths = written(choice(ways_to_write(DIGITS[number % 10]), rng), rng)
        points = np.concatenate(paths)
        scale = rng.uniform(20, 250) / np.ptp(points, axis=0).max()
        offset = rng.uniform(-20, 300 - scale * np.ptp(points, axis=0)) - scale * points.min(axis=0)
        strokes = tuple(tuple((float(x), float(y)) for x, y in path[::4] * scale + offset) for path in paths)
        yield render(strokes, rng.uniform(2, 45))


def presets(*widths: int) -> Iterator[Pixels]:
    """All presets, with pens of these widths."""
    yield from (render(preset.strokes, width) for preset in load_presets() for width in widths)


def dots() -> Iterator[Pixels]:
    """Slips of the pen, and what is just too large for one."""
    for width in (1, 3, 8, 18, 39, 40, 41, 42, 60):
        yield render((((140, 139), (140, 139)),), width)
    for x, y in ((0, 0), (279, 200), (140, 280)):
        yield render((((x, y), (x, y)),), 18)
    for length in (3, 12, 30):
        yield render((((100, 100), (100 + length, 100 + length / 2)),), 10)


def oddities() -> Iterator[Pixels]:
    """Nothing, one pixel, everything, lines along the edges, faint pens and coloured ones."""
    four = next(preset.strokes for preset in load_presets() if preset.id == "school-4")
    for background in ((0, 0, 0, 255), (0, 0, 0, 0), (255, 255, 255, 0), (255, 255, 255, 255), (90, 90, 90, 255)):
        yield _plain(background)
    for place in ((0, 0), (279, 279), (140, 3)):
        for grey in (255, 26, 25):
            yield _with(_plain(), slice(place[0], place[0] + 1), slice(place[1], place[1] + 1), grey)
    for line in (slice(0, 1), slice(279, 280), slice(3, 5), slice(270, 280), slice(100, 180)):
        yield _with(_plain(), line, slice(None), 255)
        yield _with(_plain(), slice(None), line, 200)
    yield from _pens(render(four, 18))
    yield render(_smaller(four, 40), 1)
    yield render(_smaller(four, 1 / 3), 120)
    yield default_rng(3).integers(0, 256, (CANVAS, CANVAS, 4), np.uint8)
    yield _with(_plain(), slice(0, None, 2), slice(0, None, 3), 255)
    yield _with(render(four, 18), slice(270, 280), slice(0, 5), 25)  # a speck too faint to count
    yield _with(render(four, 18), slice(270, 280), slice(0, 5), 26)
    yield _with(_plain(), slice(50, 230), slice(100, 147), 255)  # 4.5 pixels are to be shaved off
    yield _with(_with(_plain(), slice(50, 110), slice(50, 110), 120), slice(65, 95), slice(65, 95), 255)  # a soft dot


def inks(count: int) -> Iterator[FloatImage]:
    """Grey ink of other sizes than the canvas's: the synthetic pen's, blurred and pale ones too; huge and tiny ones."""
    for number in range(count):
        rng = default_rng([17, number])
        yield inked(written(choice(ways_to_write(DIGITS[number % 10]), rng), rng), rng)
    rng = default_rng(5)
    for height, width in (
        (1, 1),
        (1, 7),
        (5, 2),
        (20, 20),
        (23, 61),
        (59, 60),
        (60, 59),
        (61, 3),
        (331, 353),
        (7, 900),
    ):
        yield rng.uniform(0, 1, (height, width)).astype(np.float32)
    for factor in (2, 7):
        drawn = render(load_presets()[3].strokes, 9, factor * CANVAS)[..., 0]
        yield drawn.astype(np.float32) / np.float32(255)
    yield np.full((40, 36), 0.7, np.float32)
    yield np.full((31, 50), 0.0999, np.float32)


def _plain(colour: tuple[int, int, int, int] = (0, 0, 0, 255)) -> Pixels:
    return np.full((CANVAS, CANVAS, 4), colour, np.uint8)


def _with(canvas: Pixels, rows: slice, columns: slice, grey: int) -> Pixels:
    canvas[rows, columns, :3] = grey
    return canvas


def _pens(drawn: Pixels) -> Iterator[Pixels]:
    """A drawing of a white pen on black, by other pens and on nothing."""
    for strength in (20, 25, 26, 27, 100):  # of 255
        pale = drawn.copy()
        pale[..., :3] = (drawn[..., :3] * (strength / 255)).round()
        yield pale
        on_nothing = np.full_like(drawn, 255)
        on_nothing[..., 3] = pale[..., 0]
        yield on_nothing
    for colour in ((255, 220, 90), (10, 20, 255)):
        coloured = drawn.copy()
        coloured[..., :3] = (drawn[..., :3] * (np.array(colour) / 255)).round()
        yield coloured


def _smaller(strokes: tuple[Stroke, ...], factor: float) -> tuple[Stroke, ...]:
    return tuple(tuple((x / factor, y / factor) for x, y in stroke) for stroke in strokes)
