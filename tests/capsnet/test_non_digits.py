"""What the pen draws that is no digit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.random import Generator

from capsnet.config import DIGITS
from capsnet.data import NOTHING
from capsnet.ink import MNIST_FRAME
from capsnet.pen import pen_digits
from capsnet.pen.non_digits import KINDS, drawn, hatching, pen_non_digits, two_digits
from capsnet.pen.skeletons import PenPath, skeletons


def test_no_class_is_in_them_but_they_join_the_digits() -> None:
    others = pen_non_digits(13, seed=2)
    assert (others.images.shape, others.images.dtype) == ((13, MNIST_FRAME.size, MNIST_FRAME.size), torch.uint8)
    assert others.labels.tolist() == [NOTHING] * 13
    assert len(pen_digits(7).joined(others)) == 20
    assert others.classes == DIGITS


def test_a_larger_set_begins_with_the_smaller_one() -> None:
    small, large, other = pen_non_digits(11, seed=3), pen_non_digits(29, seed=3), pen_non_digits(11, seed=4)
    assert torch.equal(large.images[:11], small.images)
    assert other.md5 != small.md5
    assert len({image.numpy().tobytes() for image in large.images}) == 29


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_comes_out_as_the_network_wants_it(kind: Callable[[Generator], list[PenPath]]) -> None:
    for seed in range(20):
        image = drawn(kind, np.random.default_rng(seed))
        assert image.shape == (MNIST_FRAME.size, MNIST_FRAME.size)
        assert image.min() == 0
        assert 0.1 < image.max() <= 1


def test_shares_add_up() -> None:
    assert sum(KINDS.values()) == pytest.approx(1)


def test_two_digits_stand_apart() -> None:
    for seed in range(50):
        paths = two_digits(np.random.default_rng(seed))
        spans = sorted((path[:, 0].min(), path[:, 0].max()) for path in paths)
        gaps = [left - max(right for _, right in spans[: place + 1]) for place, (left, _) in enumerate(spans[1:])]
        assert max(gaps) >= 5 - 1e-9


def test_a_hatching_leaves_no_hole_and_stays_in_its_ellipse() -> None:
    angles = np.linspace(0, 2 * np.pi, 37)
    inside = np.concatenate([20 * share * np.stack([np.cos(angles), np.sin(angles)], axis=1) for share in (0, 0.5, 1)])
    for seed in range(50):
        (path,) = hatching(np.random.default_rng(seed))
        assert np.hypot(*path.T).max() < 50 + 12
        gaps = np.hypot(*(inside[:, None] - path[None]).T).min(axis=0)  # from each place to the pen's way
        assert gaps.max() < 12


def test_letters_and_pictures_are_no_digits() -> None:
    assert not {way.label for way in skeletons("non_digits.toml")} & set(DIGITS)


@pytest.mark.parametrize(("count", "seed"), [(0, 1), (5, -1)])
def test_nonsense_is_rejected(count: int, seed: int) -> None:
    with pytest.raises(ValueError, match=f"count must be at least 1 and seed at least 0; got {count} and {seed}"):
        pen_non_digits(count, seed)
