"""Strokes as text for addresses: nothing is lost but what is smaller than a pixel, and nothing strange gets in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.drawing import to_mnist
from explorer.presets import Preset, Stroke, load_presets, preset_drawing, render, stroke_drawing
from explorer.session.strokes import (
    LONGEST_TEXT,
    MOST_BYTES,
    TOLERANCES,
    deflated,
    inflated,
    packed,
    strokes_of,
    unpacked,
)

PRESETS = load_presets()
coordinates = st.integers(-40, 320).map(float)
strokes = st.lists(
    st.lists(st.tuples(coordinates, coordinates), min_size=2, max_size=9).map(tuple), min_size=1, max_size=7
).map(tuple)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_an_example_s_drawing_goes_to_text_and_back(preset: Preset) -> None:
    found = strokes_of(preset_drawing(preset))
    assert found == (preset.strokes, preset.width)
    text = packed(*found)
    assert text is not None
    assert len(text) < 700
    assert unpacked(text) == (preset.strokes, preset.width)


def filled_in(stroke: Stroke) -> bool:
    """Whether steps are so long that points are put between them."""
    return max(abs(a - b) for one, other in pairwise(stroke) for a, b in zip(one, other, strict=True)) > 127


@given(strokes, st.integers(1, 40))
def test_any_strokes_go_to_text_and_back(drawn: tuple[Stroke, ...], width: int) -> None:
    text = packed(drawn, width)
    assert text is not None
    found, pen = unpacked(text)
    assert pen == width
    for wanted, got in zip(drawn, found, strict=True):
        assert got == wanted or filled_in(wanted)
        assert (got[0], got[-1]) == (wanted[0], wanted[-1])
    assert strokes_of(stroke_drawing(found, pen)) == (found, pen)


def test_a_long_drawing_loses_points_before_it_gets_long() -> None:
    turns = np.linspace(0, 60 * np.pi, 6000)
    spiral = tuple((140 + 1.5 * t / np.pi * np.cos(t), 140 + 1.5 * t / np.pi * np.sin(t)) for t in turns)
    text = packed((spiral,), 8)
    assert text is not None
    assert len(text) <= LONGEST_TEXT
    (found,), width = unpacked(text)
    before, after = to_mnist(render((spiral,), 8)), to_mnist(render((found,), width))
    assert before is not None
    assert after is not None
    assert np.abs(before - after).mean() < 0.1
    line = np.array(spiral)
    for point in found:
        assert np.linalg.norm(line - point, axis=1).min() <= max(TOLERANCES)


def test_what_no_text_can_hold_is_not_written() -> None:
    random = np.random.default_rng(1)
    scribble = tuple((float(x), float(y)) for x, y in random.integers(0, 280, (9000, 2)))
    assert packed((scribble,), 18) is None
    assert packed([((1.0, 2.0), (3.0, 5.0))] * 256, 18) is None


@pytest.mark.parametrize(
    "thing",
    [
        {"type": "circle", "radius": 3},
        {"type": "path", "path": [["M", 1, 2], ["L", 3, 4]], "strokeWidth": 18, "angle": 30},
        {"type": "path", "path": [["M", 1, 2], ["L", 3, 4]], "strokeWidth": 18, "scaleX": 2},
        {"type": "path", "path": [["M", 1, 2], ["Z"]], "strokeWidth": 18},
        {"type": "path", "path": []},
        {"type": "path", "path": [["M", 1, 2], ["L", "a", "b"]], "strokeWidth": 18},
        {},
        None,
        "path",
    ],
)
def test_what_the_pen_does_not_leave_is_no_stroke(thing: object) -> None:
    assert strokes_of({"objects": [thing]}) is None


def test_an_empty_canvas_has_no_strokes() -> None:
    assert strokes_of({"objects": []}) is None
    assert strokes_of({}) is None


@given(
    st.text(max_size=60)
    | st.binary(max_size=60).map(deflated)
    | strokes.map(lambda drawn: (packed(drawn, 18) or "")[:-3])
)
def test_what_strangers_write_is_refused_with_an_error(text: str) -> None:
    try:
        found, width = unpacked(text)
    except ValueError:
        return
    assert all(len(stroke) >= 2 for stroke in found)
    assert 1 <= width <= 280


def test_a_text_that_unpacks_to_a_flood_is_refused() -> None:
    assert len(inflated(deflated(b"\0" * (MOST_BYTES - 1)))) == MOST_BYTES - 1
    with pytest.raises(ValueError, match="too large"):
        inflated(deflated(b"\0" * (100 * MOST_BYTES)))
