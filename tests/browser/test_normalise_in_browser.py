"""The normalisation in JavaScript against Python's, and its parts by hand."""

from __future__ import annotations

import base64
import json
import re
from itertools import cycle
from typing import Any

import numpy as np
import pytest

import explorer.drawing
from capsnet.ink import MNIST_FRAME, FloatImage, Frame, normalisation, normalise
from explorer.drawing import is_dot, to_mnist
from explorer.presets import CANVAS
from tests.browser.drawings import UNPACKED, Pixels, digits, dots, inks, oddities, packed, presets
from tests.browser.modules import FOLDER, ModulePage, module_page, modules

__all__ = ["module_page", "modules"]
MODULES = "network/drawing.js network/normalise.js"
FRAMES = (MNIST_FRAME, Frame(36, 26), Frame(14, 10), Frame(28, 28), Frame(7, 5), Frame(64, 46))
READ_CANVASES = (
    UNPACKED
    + """
    const pixels = new Uint8ClampedArray(await unpacked(given.pixels))
    const kept = new Float32Array(given.width ** 2)
    const readings = given.frames.map((frame, n) => {
        const bytes = 4 * given.width ** 2
        const ink = m.inkOf(pixels.subarray(n * bytes, (n + 1) * bytes), given.width, kept)
        const read = m.normalise(ink, given.width, given.width, frame)
        return [m.isDot(ink, given.width), read && packed(read)]
    })
    return readings
"""
)
READ_INKS = (
    UNPACKED
    + """
    const numbers = new Float32Array(await unpacked(given.numbers))
    let start = 0
    return given.shapes.map(([height, width], n) => {
        const ink = numbers.subarray(start, (start += height * width))
        const read = m.normalise(ink, width, height, given.frames[n])
        return read && packed(read)
    })
"""
)


def unpacked(text: str | None, frame: Frame) -> FloatImage | None:
    """A picture that a page gave, [size, size]; None for null."""
    if text is None:
        return None
    return np.frombuffer(base64.b64decode(text), np.float32).reshape(frame.size, frame.size)


def differences(found: list[FloatImage | None], expected: list[FloatImage | None]) -> list[float]:
    """Between the pictures that there are, the largest of all pixels; there must be as many, in the same places."""
    assert [one is None for one in found] == [one is None for one in expected]
    return [float(np.abs(a - b).max()) for a, b in zip(found, expected, strict=True) if a is not None and b is not None]


def frame_data(frames: list[Frame]) -> list[dict[str, int]]:
    return [{"size": frame.size, "box": frame.box} for frame in frames]


def compared(modules: ModulePage, canvases: list[Pixels], frames: list[Frame]) -> list[float]:
    """Of what is on these canvases: none read where Python reads none, dots where Python sees them; the differences."""
    given = {"pixels": packed(canvases), "width": CANVAS, "frames": frame_data(frames)}
    readings: list[Any] = modules.run(MODULES, READ_CANVASES, given)
    assert [dot for dot, _ in readings] == [is_dot(canvas) for canvas in canvases]
    found = [unpacked(text, frame) for (_, text), frame in zip(readings, frames, strict=True)]
    return differences(found, [to_mnist(canvas, frame) for canvas, frame in zip(canvases, frames, strict=True)])


def test_what_is_drawn_is_read_as_python_reads_it(modules: ModulePage) -> None:
    canvases = [*digits(170), *presets(5, 18, 36), *dots(), *oddities()]
    found = compared(modules, canvases, [MNIST_FRAME] * len(canvases))
    print(f"\nlargest difference over {len(found)} of {len(canvases)} drawings: {max(found):.2g}")
    assert len(canvases) >= 300
    assert max(found) < 1e-5


def test_other_frames_are_filled_as_python_fills_them(modules: ModulePage) -> None:
    canvases = [*digits(30), *presets(9), *dots()]
    found = compared(modules, canvases, [frame for frame, _ in zip(cycle(FRAMES), canvases, strict=False)])
    print(f"\nlargest difference over {len(found)} drawings in other frames: {max(found):.2g}")
    assert max(found) < 1e-5


def test_ink_of_any_size_is_normalised_as_by_python(modules: ModulePage) -> None:
    drawn = list(inks(60))
    frames = [frame for frame, _ in zip(cycle(FRAMES), drawn, strict=False)]
    given = {"numbers": packed(drawn), "shapes": [ink.shape for ink in drawn], "frames": frame_data(frames)}
    texts = modules.run(MODULES, READ_INKS, given)
    found = differences(
        [unpacked(text, frame) for text, frame in zip(texts, frames, strict=True)],
        [normalise(ink, frame) for ink, frame in zip(drawn, frames, strict=True)],
    )
    print(f"\nlargest difference over {len(found)} inks of other sizes: {max(found):.2g}")
    assert max(found) < 1e-5


@pytest.mark.parametrize(
    ("script", "module"), [("normalise.js", normalisation), ("drawing.js", explorer.drawing)], ids=["ink", "drawing"]
)
def test_both_have_the_same_numbers(script: str, module: Any) -> None:
    text = (FOLDER / "network" / script).read_text(encoding="utf-8")
    found = dict(re.findall(r"^const ([A-Z_]+) = (.+?)(?: //.*)?$", text, re.MULTILINE))
    frame = found.pop("MNIST_FRAME", None)
    assert frame in (None, f"{{ size: {MNIST_FRAME.size}, box: {MNIST_FRAME.box} }}")
    numbers = {
        name.lstrip("_"): np.asarray(value).tolist()
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int | float | tuple | np.ndarray)
    }
    assert {name: json.loads(value) for name, value in found.items()} == numbers


def test_a_box_gives_a_pixel_on_the_edge_to_the_left(modules: ModulePage) -> None:
    """Three pixels to two: the middle one's middle lies on the edge."""
    code = """
        const row = { pixels: Float32Array.of(1, 2, 6), width: 3, height: 1 }
        const column = { pixels: Float32Array.of(1, 2, 6), width: 1, height: 3 }
        return [[...m.resized(row, 2, 1, m.BOX).pixels], [...m.resized(column, 1, 2, m.BOX).pixels]]
    """
    assert modules.run("network/resample.js", code) == [[1.5, 6], [1.5, 6]]


@pytest.mark.parametrize(("count", "expected"), [(3, [0, 0.5, 1]), (4, [0, 0.25, 0.75, 1]), (2, [0, 1])])
def test_two_pixels_are_enlarged_along_a_line(modules: ModulePage, count: int, expected: list[float]) -> None:
    code = """
        const rows = { pixels: Float32Array.of(0, 1, 0, 1), width: 2, height: 2 }
        return [...m.resized(rows, given, 1, m.BILINEAR).pixels]
    """
    assert modules.run("network/resample.js", code, count) == expected


def test_what_is_left_over_is_reduced_to_the_mean_of_fewer(modules: ModulePage) -> None:
    code = """
        const pixels = Float32Array.of(1, 2, 3, 4, 9,  3, 6, 1, 0, 5,  2, 4, 8, 6, 7)
        const { width, height, pixels: means } = m.reduced({ pixels, width: 5, height: 3 }, 2)
        return [width, height, [...means]]
    """
    assert modules.run("network/resample.js", code) == [3, 2, [3, 2, 7, 3, 7, 7]]


def test_halves_are_rounded_as_python_rounds_them(modules: ModulePage) -> None:
    numbers = [0, 0.4, 0.5, 0.6, 1.5, 2.4999, 2.5, 2.5001, 3.5, 13, 0.49999999999999994]
    found = modules.run("network/resample.js", "return given.map(m.rounded)", numbers)
    assert found == [round(number) for number in numbers]


def test_the_centre_of_mass_by_hand(modules: ModulePage) -> None:
    code = "return m.centreOfMass({ pixels: Float32Array.of(0, 1, 0, 3, 0, 0), width: 2, height: 3 })"
    assert modules.run("network/normalise.js", code) == [1.25, 1.5]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("m.inkOf(new Uint8ClampedArray(12), 2)", "a canvas of 2 x 2 has 16 bytes (RGBA); got 12"),
        ("m.normalise(new Float32Array(5), 3, 2)", "ink of 3 x 2 must have as many numbers, and some; got 5"),
        ("m.normalise(new Float32Array(0), 0, 0)", "ink of 0 x 0 must have as many numbers, and some; got 0"),
        ("m.normalise(Float32Array.of(0, 1.5), 2, 1)", "ink must lie in 0 (background) to 1; got 1.5"),
        ("m.normalise(Float32Array.of(NaN, 1), 2, 1)", "ink must lie in 0 (background) to 1; got NaN"),
    ],
)
def test_what_is_no_drawing_is_refused(modules: ModulePage, code: str, words: str) -> None:
    assert modules.run(MODULES, f"try {{ {code} }} catch (error) {{ return error.message }}") == words
