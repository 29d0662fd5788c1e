"""What is drawn on the canvas becomes ink."""

from __future__ import annotations

import numpy as np
import pytest

from capsnet.ink import MNIST_FRAME
from explorer.drawing import is_dot, to_mnist
from explorer.presets import load_presets, render

STROKES = {preset.id: preset.strokes for preset in load_presets()}
FOUR = STROKES["school-4"]
"""Tall, lopsided, with a hole, and of two strokes: what is turned, mirrored or inverted shows."""


def test_the_canvas_reads_the_same_on_black_and_on_nothing() -> None:
    on_black = render(FOUR, 18)
    on_nothing = np.full_like(on_black, 255)
    on_nothing[..., 3] = on_black[..., 0]
    first, second = to_mnist(on_black), to_mnist(on_nothing)
    assert first is not None
    assert second is not None
    assert first.shape == (28, 28)
    assert first.dtype == np.float32
    np.testing.assert_allclose(first, second, atol=1e-6)


@pytest.mark.parametrize("background", [(0, 0, 0, 255), (0, 0, 0, 0), (255, 255, 255, 0)])
def test_an_empty_canvas_is_nothing(background: tuple[int, int, int, int]) -> None:
    assert to_mnist(np.full((280, 280, 4), background, np.uint8)) is None


@pytest.mark.parametrize(("x", "y"), [(140.0, 140.0), (0.0, 0.0), (279.0, 200.0)])
def test_a_dot_is_a_blot_in_the_middle(x: float, y: float) -> None:
    image = to_mnist(render((((x, y), (x, y)),), 18))
    assert image is not None
    rows, columns = np.nonzero(image > 0.5)
    assert abs(rows.mean() - 13.5) <= 1
    assert abs(columns.mean() - 13.5) <= 1


@pytest.mark.parametrize("width", [8, 18, 30])
def test_a_dot_is_told_from_a_small_digit(width: int) -> None:
    assert is_dot(render((((140, 140), (140, 140)),), width))
    assert is_dot(render((((140, 140), (143, 142)),), width))
    for digit in (STROKES["school-1"], STROKES["school-0"]):
        small = tuple(tuple((x / 4, y / 4) for x, y in stroke) for stroke in digit)
        assert not is_dot(render(small, width / 2))
    assert not is_dot(np.zeros((280, 280, 4), np.uint8))
    assert not is_dot(np.full((280, 280, 4), 255, np.uint8))


def test_a_canvas_painted_all_over_is_a_square() -> None:
    image = to_mnist(np.full((280, 280, 4), 255, np.uint8))
    assert image is not None
    assert (image == 1).sum() == MNIST_FRAME.box * MNIST_FRAME.box
    assert image.sum() == MNIST_FRAME.box * MNIST_FRAME.box


def test_strokes_at_the_very_edge_are_read_as_if_in_the_middle() -> None:
    left = min(x for stroke in FOUR for x, _ in stroke) - 9
    shifted = tuple(tuple((x - left, y) for x, y in stroke) for stroke in FOUR)
    first, second = to_mnist(render(FOUR, 18)), to_mnist(render(shifted, 18))
    assert first is not None
    assert second is not None
    np.testing.assert_allclose(first, second, atol=0.1)


@pytest.mark.parametrize("canvas", [np.zeros((280, 280, 3), np.uint8), np.zeros((280, 280, 4)), np.zeros((280, 280))])
def test_other_pixels_than_the_canvas_sends_are_refused(canvas: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"must be uint8 \[H, W, 4\] \(RGBA\), got"):
        to_mnist(canvas)
