"""What a pen draws that is no digit: scribbles, tangles of lines, shapes filled in, letters and pictures, two digits.

Networks that were trained on digits alone take most of it for a digit, and are sure of it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from numpy.random import Generator

from capsnet.config import DIGITS
from capsnet.data import NOTHING, Dataset
from capsnet.ink import MNIST_FRAME, FloatImage, Frame
from capsnet.pen.digits import finished, pictures
from capsnet.pen.hand import SPACING, rotation, written
from capsnet.pen.skeletons import BOX, PenPath, choice, curve, skeletons

_STREAM = 1  # keeps its chance apart from that of the digits with the same seed


def scribble(rng: Generator) -> list[PenPath]:
    """A pen that goes to and fro."""
    points = rng.uniform(0, BOX, (int(rng.integers(7, 20)), 2))
    corners = [index for index in range(1, len(points) - 1) if rng.random() < 0.3]
    return [curve(points, corners, SPACING)]


def tangle(rng: Generator) -> list[PenPath]:
    """Four to eight strokes across each other, straight or bent."""
    ends = rng.uniform(0, BOX, (int(rng.integers(4, 9)), int(rng.integers(2, 4)), 2))
    return [curve(points, (), SPACING) for points in ends]


def picture(rng: Generator) -> list[PenPath]:
    """A letter or a little picture, one of `non_digits.toml`."""
    return written(choice(skeletons("non_digits.toml"), rng), rng)


def hatching(rng: Generator) -> list[PenPath]:
    """An ellipse filled in line by line; a wide pen makes a blot of it."""
    heights = np.linspace(-0.97, 0.97, int(rng.integers(8, 18)))
    sides = np.where(np.arange(len(heights)) % 2, 1, -1) * np.sqrt(1 - heights**2)
    points = BOX / 2 * np.stack([sides, heights * rng.uniform(0.6, 1)], axis=1)
    points += rng.uniform(0, 3) * rng.standard_normal(points.shape)
    turned = points @ rotation(rng.uniform(0, 2 * np.pi)).T
    return [curve(turned, range(1, len(points) - 1), SPACING)]


def two_digits(rng: Generator) -> list[PenPath]:
    """Two, side by side, each of the ways to write one as often as its weight says."""
    first, second = (written(choice(skeletons(), rng), rng) for _ in range(2))
    right = max(path[:, 0].max() for path in first)
    left = min(path[:, 0].min() for path in second)
    step = np.array([right - left + rng.uniform(5, 30), 0])
    return [*first, *(path + step for path in second)]


KINDS: dict[Callable[[Generator], list[PenPath]], float] = {
    picture: 0.5,
    two_digits: 0.2,
    scribble: 0.15,
    tangle: 0.08,
    hatching: 0.07,
}
"""What there is, and how common it is."""


def pen_non_digits(count: int, seed: int = 0, frame: Frame = MNIST_FRAME) -> Dataset:
    """Pictures in which no digit is, under the digits' classes.

    The picture at a position is a function of seed and position alone: a larger set begins with the smaller one.

    Raises:
        ValueError: count is less than 1, or seed is negative.
    """
    kinds, shares = list(KINDS), list(KINDS.values())

    def other(position: int) -> FloatImage:
        rng = np.random.default_rng([seed, _STREAM, position])
        return drawn(kinds[rng.choice(len(kinds), p=shares)], rng, frame)

    return Dataset("others", pictures(other, count, seed, frame), torch.full((count,), NOTHING), DIGITS)


def drawn(kind: Callable[[Generator], list[PenPath]], rng: Generator, frame: Frame = MNIST_FRAME) -> FloatImage:
    """One picture of a kind as the network gets it, 0..1, [size, size]."""
    return finished(kind(rng), rng, frame)
