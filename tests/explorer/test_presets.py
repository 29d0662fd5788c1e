"""Presets are drawings that the canvas can show, undo and go on with."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from explorer.drawing import to_mnist
from explorer.presets import CANVAS, PEN, Preset, load_presets, pen_path, preset_drawing, render
from explorer.text import Say

PRESETS = load_presets()
say = Say()
every_preset = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
LETTERS = {"M": 2, "Q": 4, "L": 2}
"""How many numbers follow each letter of a path."""


def test_there_are_all_ten_digits_in_two_hands_and_some_to_argue_about() -> None:
    hands = Counter((preset.group, preset.label) for preset in PRESETS if preset.group != "ambiguous")
    assert hands == {(group, str(digit)): 1 for group in ("school", "cursive") for digit in range(10)}
    ambiguous = {preset.id: preset.label for preset in PRESETS if preset.group == "ambiguous"}
    assert ambiguous == {
        "4-or-9": None,
        "1-or-7": None,
        "3-or-8": None,
        "upside-down-6": "6",
        "crossed-7": "7",
        "scribble": None,
        "two-digits": None,
    }


def test_ids_are_unique_and_names_too_within_a_group() -> None:
    assert len({preset.id for preset in PRESETS}) == len(PRESETS)
    assert len({(preset.group, say(f"examples.{preset.id}")) for preset in PRESETS}) == len(PRESETS)


def test_the_two_hands_write_differently() -> None:
    pictures = {(p.group, p.label): to_mnist(render(p.strokes, p.width)) for p in PRESETS if p.group != "ambiguous"}
    for digit in map(str, range(10)):
        school, cursive = pictures["school", digit], pictures["cursive", digit]
        assert school is not None
        assert cursive is not None
        assert np.abs(school - cursive).mean() > 0.02


def test_presets_are_read_once_and_read_only() -> None:
    assert load_presets() is PRESETS
    with pytest.raises(FrozenInstanceError):
        PRESETS[0].id = "another"  # type: ignore[misc]


@every_preset
def test_a_preset_is_a_digit_sized_drawing_inside_the_canvas(preset: Preset) -> None:
    points = np.array([point for stroke in preset.strokes for point in stroke])
    assert points.min() - preset.width / 2 >= 0
    assert points.max() + preset.width / 2 <= CANVAS
    assert 90 <= np.ptp(points, axis=0).max() + preset.width <= 220
    assert np.abs((points.max(axis=0) + points.min(axis=0)) / 2 - CANVAS / 2).max() < 20
    assert all(len(stroke) >= 2 for stroke in preset.strokes)


@every_preset
def test_a_preset_is_drawn_smoothly(preset: Preset) -> None:
    """Points as close as a pen leaves them, so that no corners show where none were meant."""
    for stroke in preset.strokes:
        assert np.linalg.norm(np.diff(stroke, axis=0), axis=1).max() < 16


@every_preset
def test_a_preset_shows_as_ink(preset: Preset) -> None:
    image = to_mnist(render(preset.strokes, preset.width))
    assert image is not None
    assert 0.04 < image.mean() < 0.35


@every_preset
def test_the_canvas_gets_one_path_a_stroke(preset: Preset) -> None:
    drawing = preset_drawing(preset)
    assert json.loads(json.dumps(drawing)) == drawing
    assert len(drawing["objects"]) == len(preset.strokes)
    for drawn, stroke in zip(drawing["objects"], preset.strokes, strict=True):
        assert (drawn["type"], drawn["fill"], drawn["stroke"]) == ("Path", None, PEN)
        assert (drawn["strokeWidth"], drawn["strokeLineCap"], drawn["strokeLineJoin"]) == (
            preset.width,
            "round",
            "round",
        )
        assert [command[0] for command in drawn["path"]] == ["M", *"Q" * (len(stroke) - 1), "L"]
        assert all(len(command) == 1 + LETTERS[command[0]] for command in drawn["path"])


def test_a_path_is_smoothed_as_the_canvas_does_it() -> None:
    """The numbers that the canvas made of a mouse moved through these four places, its hundredths left out."""
    assert list(pen_path(((60, 59), (80, 61), (110, 63), (110, 199)))) == [
        ("M", 60, 59),
        ("Q", 60, 59, 70, 60),
        ("Q", 80, 61, 95, 62),
        ("Q", 110, 63, 110, 131),
        ("L", 110, 199),
    ]


def test_the_pen_is_round_white_and_as_wide_as_it_says() -> None:
    picture = render((((70.0, 140.0), (210.0, 140.0)),), 18)
    assert picture.shape == (280, 280, 4)
    assert picture.dtype == np.uint8
    assert (picture[..., 3] == 255).all()
    assert (picture[..., :1] == picture[..., 1:3]).all()
    ink = picture[..., 0] / 255
    assert ink[:, 140].sum() == pytest.approx(18, abs=0.5)
    assert ink.sum() == pytest.approx(140 * 18 + np.pi * 9**2, rel=0.02)
    assert ink[140, 60] == pytest.approx(0, abs=0.05)
    assert ink[140, 62] == 1
    assert ink[132, 62] == pytest.approx(0, abs=0.05)  # a square end would be white here
    np.testing.assert_allclose(ink, ink[::-1], atol=0.3)
    np.testing.assert_allclose(ink, ink[:, ::-1], atol=0.3)


def test_a_drawing_can_be_rendered_larger_and_reads_the_same() -> None:
    preset = next(preset for preset in PRESETS if preset.id == "school-3")
    small, large = (render(preset.strokes, preset.width, size) for size in (280, 563))
    assert large.shape == (563, 563, 4)
    first, second = to_mnist(small), to_mnist(large)
    assert first is not None
    assert second is not None
    assert np.abs(first - second).mean() < 0.02


def test_nothing_drawn_is_an_empty_canvas() -> None:
    empty = replace(PRESETS[0], strokes=())
    assert preset_drawing(empty) == {"objects": []}
    assert to_mnist(render(empty.strokes, empty.width)) is None
