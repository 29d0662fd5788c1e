"""The synthetic pen: what holds for everything that it writes."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from capsnet.config import DIGITS
from capsnet.ink import MNIST_FRAME
from capsnet.pen import pen_digits, written_digit
from capsnet.pen.hand import SIDE, inked, written
from capsnet.pen.sheet import contact_sheet
from capsnet.pen.skeletons import Skeleton, Stroke, skeletons

WAYS = [pytest.param(way, id=f"{way.label}, {way.name}") for way in skeletons()]


def test_every_digit_is_written_in_many_ways() -> None:
    for label in DIGITS:
        names = [way.name for way in skeletons() if way.label == label]
        assert len(set(names)) == len(names) >= 10
    assert {way.label for way in skeletons()} == set(DIGITS)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_comes_out_as_the_network_wants_it(way: Skeleton) -> None:
    for seed in range(5):
        digit = written_digit(way, np.random.default_rng(seed))
        assert digit.shape == (MNIST_FRAME.size, MNIST_FRAME.size)
        assert digit.dtype == np.float32
        assert digit.min() == 0
        assert 0.1 < digit.max() <= 1
        centre = [
            float((digit.sum(axis=1 - axis) * (np.arange(MNIST_FRAME.size) + 0.5)).sum() / digit.sum())
            for axis in (0, 1)
        ]
        assert centre == pytest.approx([14.5, 14.5], abs=0.6)


@given(st.integers(0, 2**32), st.sampled_from(skeletons()))
@budget(max_examples=30)
def test_the_same_generator_writes_the_same(seed: int, way: Skeleton) -> None:
    one, again = (written_digit(way, np.random.default_rng(seed)) for _ in range(2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, written_digit(way, np.random.default_rng(seed + 1)))


def test_all_classes_are_equally_often() -> None:
    digits = pen_digits(47)
    assert digits.labels.bincount().tolist() == [5] * 7 + [4] * 3
    assert (digits.images.shape, digits.images.dtype) == ((47, MNIST_FRAME.size, MNIST_FRAME.size), torch.uint8)
    assert digits.classes == DIGITS
    assert len({image.numpy().tobytes() for image in digits.images}) == 47


def test_a_larger_set_begins_with_the_smaller_one() -> None:
    small, large, other = pen_digits(13, seed=3), pen_digits(31, seed=3), pen_digits(13, seed=4)
    assert torch.equal(large.images[:13], small.images)
    assert other.md5 != small.md5


def test_numpys_global_generator_is_left_alone() -> None:
    np.random.seed(1)  # noqa: NPY002 - it is the global one that is watched
    before = np.random.get_state()[1].tolist()  # type: ignore[index] # noqa: NPY002
    pen_digits(3)
    assert np.random.get_state()[1].tolist() == before  # type: ignore[index] # noqa: NPY002


def test_common_ways_are_written_more_often() -> None:
    """A third of all 1s are bare strokes, so their ink is narrow; few 0s are."""
    digits = pen_digits(600, seed=1)
    widths = (digits.images.amax(dim=1) > 60).sum(dim=1).double()
    assert widths[digits.labels == 1].median() < 10 < widths[digits.labels == 0].median()


@pytest.mark.parametrize(("count", "seed"), [(0, 1), (-3, 1), (5, -1)])
def test_nonsense_is_rejected(count: int, seed: int) -> None:
    with pytest.raises(ValueError, match=f"count must be at least 1 and seed at least 0; got {count} and {seed}"):
        pen_digits(count, seed)


def test_a_way_is_turned_no_further_than_it_allows() -> None:
    stroke = Stroke(((0.0, 50.0), (100.0, 50.0)), ())  # lying, so that slant and widening leave its direction alone
    angles = []
    for seed in range(200):
        path = np.concatenate(written(Skeleton("1", "lying", 1, 5, (stroke,)), np.random.default_rng(seed)))
        across, down = path[-len(path) // 5] - path[len(path) // 5]
        angles.append(np.degrees(np.arctan2(down, across)))
    assert np.quantile(np.abs(angles), 0.9) < 5 + 8  # jitter and bending of the path come on top
    assert np.quantile(np.abs(angles), 0.5) > 1


def test_ink_fills_the_picture_but_for_a_margin() -> None:
    paths = [np.array([[0.0, 0.0], [50.0, 0.0], [50.0, 100.0]])]
    for seed in range(20):
        ink = inked(paths, np.random.default_rng(seed))
        rows, columns = np.flatnonzero(ink.max(axis=1) > 0.3), np.flatnonzero(ink.max(axis=0) > 0.3)
        assert 0 < rows[0] < ink.shape[0] / 4  # nothing is cut off
        assert columns[0] > 0
        assert rows[-1] < ink.shape[0] - 1
        assert columns[-1] < ink.shape[1] - 1
        assert SIDE * 0.9 < rows[-1] - rows[0] < SIDE * 1.35


def test_a_sheet_shows_each_way_in_a_row() -> None:
    ways = [way for way in skeletons() if way.label == "1"]
    sheet = contact_sheet(ways, count=3)
    assert sheet.height % len(ways) == 0
    assert contact_sheet(ways, count=5).width - sheet.width == 2 * (sheet.height // len(ways))
    assert contact_sheet(ways, count=3).tobytes() == sheet.tobytes()


@pytest.mark.parametrize(("ways", "count"), [([], 3), (skeletons()[:2], 0)])
def test_a_sheet_of_nothing_is_refused(ways: list[Skeleton], count: int) -> None:
    with pytest.raises(ValueError, match=f"a way to write and one picture a row; got {len(ways)} and {count}"):
        contact_sheet(ways, count)
