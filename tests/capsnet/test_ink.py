"""Ink comes out as MNIST has it: 20 pixels long, its centre of mass in the middle, wherever it was drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capsnet.ink import MNIST_FRAME, FloatImage, normalise
from tests.capsnet.samples import stroke


def normalised(ink: FloatImage) -> FloatImage:
    result = normalise(ink)
    assert result is not None
    assert result.shape == (28, 28)
    assert result.dtype == np.float32
    assert 0 <= result.min() <= result.max() <= 1
    return result


def extent(ink: FloatImage) -> tuple[int, int]:
    """Height and width of the rectangle around all ink."""
    rows, columns = np.nonzero(ink)
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def centre_of_mass(ink: FloatImage) -> tuple[float, float]:
    """In pixel edges: the middle of the first pixel is 0.5."""
    rows, columns = np.indices(ink.shape) + 0.5
    return float((rows * ink).sum() / ink.sum()), float((columns * ink).sum() / ink.sum())


def difference(first: FloatImage, second: FloatImage) -> float:
    """Mean over the pixels; where the centre of mass was rounded otherwise, they may lie one pixel apart."""
    moves = [(row, column) for row in (-1, 0, 1) for column in (-1, 0, 1)]
    return min(float(np.abs(np.roll(first, move, (0, 1)) - second).mean()) for move in moves)


def test_a_square_by_hand() -> None:
    ink = np.zeros((90, 50), np.float32)
    ink[10:50, 5:45] = 1
    expected = np.zeros((28, 28), np.float32)
    corner = 5 if MNIST_FRAME.centre > 14 else 4
    expected[corner : corner + 20, corner : corner + 20] = 1
    np.testing.assert_array_equal(normalised(ink), expected)


def test_pixels_that_fall_together_are_averaged() -> None:
    ink = np.zeros((40, 40), np.float32)
    ink[::2, :] = 1  # every other row, 40 of them into 20
    ink[39] = 0.5  # so that the last row counts
    result = normalised(ink)
    rows = result.max(axis=1)
    assert rows[rows > 0][:-1].tolist() == pytest.approx([0.5] * 19)
    assert rows[rows > 0][-1] == pytest.approx(0.75)


def test_the_longer_side_is_20_and_the_aspect_is_kept() -> None:
    for height, width, expected in ((80, 40, (20, 10)), (30, 60, (10, 20)), (7, 5, (20, 14)), (100, 10, (20, 2))):
        ink = np.zeros((150, 170), np.float32)
        ink[11 : 11 + height, 13 : 13 + width] = 1
        assert extent(normalised(ink)) == expected


def test_the_centre_of_mass_is_in_the_middle() -> None:
    row, column = centre_of_mass(normalised(stroke()))
    assert abs(row - MNIST_FRAME.centre) <= 0.5
    assert abs(column - MNIST_FRAME.centre) <= 0.5
    assert 13.5 <= min(row, column) <= max(row, column) <= 15


@pytest.mark.parametrize("height", [40, 36, 4])
@pytest.mark.parametrize("width", [40, 30, 6])
def test_where_even_ink_lies_does_not_depend_on_how_dark_it_is(height: int, width: int) -> None:
    black = normalised(np.ones((height, width), np.float32))
    for grey in (0.12, 0.3, 0.7, 0.9):
        np.testing.assert_array_equal(normalised(np.full((height, width), grey, np.float32)) > 0, black > 0)


def test_lopsided_ink_stays_whole() -> None:
    ink = np.zeros((100, 100), np.float32)
    ink[:10, :] = 1  # a bar on top and a thread below
    ink[10:, 50] = 0.2
    result = normalised(ink)
    assert extent(result) == (20, 20)
    np.testing.assert_allclose(result.sum() / 400, ink.sum() / 10_000, rtol=1e-3)


@given(st.integers(0, 60), st.integers(0, 40))
def test_the_place_does_not_matter(column: int, row: int) -> None:
    np.testing.assert_array_equal(normalised(stroke(column=column + 10, row=row + 10)), normalised(stroke()))


def test_the_size_hardly_matters() -> None:
    small = normalised(stroke())
    for factor in (2, 3, 6):
        large = normalised(stroke(120 * factor, unit=40 * factor, width=9 * factor))
        assert extent(large) == extent(small)
        assert difference(large, small) < 0.02


def test_an_enlarged_picture_gives_the_same() -> None:
    ink = np.zeros((70, 60), np.float32)
    ink[3:43, 9:39] = np.linspace(0.2, 1, 40, dtype=np.float32)[:, None]
    enlarged = ink.repeat(5, axis=0).repeat(5, axis=1)
    np.testing.assert_allclose(normalised(enlarged), normalised(ink), atol=1e-5)


def test_a_thicker_pen_writes_over_the_same_place() -> None:
    thin = normalised(stroke(unit=40, width=5))
    for width in (8, 11, 14):
        thick = normalised(stroke(unit=40, width=width))
        assert extent(thick)[0] == extent(thin)[0] == MNIST_FRAME.box
        assert abs(extent(thick)[1] - extent(thin)[1]) <= 2
        assert thick.sum() > thin.sum()
        assert float((thick * thin).sum() / (thin * thin).sum()) > 0.6  # the thin stroke lies within the thick one


def mean_width(image: FloatImage) -> float:
    """Of the sevens' two strokes, whose middle lines are 1 and 1.73 units long, fitted into 20 pixels."""
    length = 20 * (1 + np.hypot(0.65, 1.6)) / 1.6
    return float(image.sum() / length)


@pytest.mark.parametrize(("pen", "least", "most"), [(4, 1.3, 1.8), (8, 1.3, 1.8), (16, 1.6, 2.2), (30, 2.2, 3.0)])
def test_every_pen_ends_as_wide_as_those_of_mnist(pen: int, least: float, most: float) -> None:
    assert least < mean_width(normalised(stroke(280, unit=100, width=pen))) < most


def test_a_fine_pen_hides_nothing_and_adds_little() -> None:
    fine, usual = (normalised(stroke(280, unit=100, width=pen)) for pen in (3, 16))
    assert fine.max() == 1
    assert float((fine * usual).sum() / fine.sum()) > 0.7


def test_a_fat_pen_loses_no_fine_stroke() -> None:
    ink = np.zeros((280, 280), np.float32)
    ink[40:240, 60:110] = 1  # 200 high, 50 wide: 5 pixels after fitting
    ink[130:145, 110:200] = 1  # 1.5 pixels after fitting
    result = normalised(ink)
    assert extent(result)[1] >= 13  # of 14 with the fine stroke, 5 without


@pytest.mark.parametrize("factor", [11, 40])
def test_a_huge_picture_is_given_the_same_pen(factor: int) -> None:
    small = normalised(stroke(120, unit=40, width=2))
    huge = normalised(stroke(120 * factor, unit=40 * factor, width=2 * factor))
    assert difference(huge, small) < 0.03


def test_faint_dirt_around_the_ink_does_not_count() -> None:
    dirty = stroke()
    dirty[0, 0] = dirty[119, 119] = 0.05
    np.testing.assert_array_equal(normalised(dirty), normalised(stroke()))


@pytest.mark.parametrize("darkest", [0.0, 0.05])
def test_no_ink_is_none(darkest: float) -> None:
    assert normalise(np.full((31, 17), darkest, np.float32)) is None


@pytest.mark.parametrize("shape", [(1, 1), (1, 17), (2900, 1900), (5000, 3)])
def test_tiny_and_huge_pictures(shape: tuple[int, int]) -> None:
    scale = 20 / max(shape)
    assert extent(normalised(np.ones(shape, np.float32))) == (
        max(1, round(shape[0] * scale)),
        max(1, round(shape[1] * scale)),
    )


@given(st.integers(1, 70), st.integers(1, 70), st.integers(0, 2**32 - 1), st.floats(0.02, 1))
def test_whatever_is_drawn_fits(height: int, width: int, seed: int, share: float) -> None:
    random = np.random.default_rng(seed)
    drawn = random.random((height, width)) < share
    ink = (drawn * random.uniform(0.3, 1, (height, width))).astype(np.float32)
    if not drawn.any():
        assert normalise(ink) is None
        return
    result = normalised(ink)
    assert max(extent(result)) == MNIST_FRAME.box
    rows, columns = np.nonzero(ink)
    cropped = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    scale = MNIST_FRAME.box / max(cropped.shape)
    for found, before, size in zip(centre_of_mass(result), centre_of_mass(cropped), cropped.shape, strict=True):
        if 7.5 < before * scale < 13.5 or size * scale < 6:  # else it would have to leave the picture
            assert abs(found - MNIST_FRAME.centre) <= 0.5 + 1e-4
