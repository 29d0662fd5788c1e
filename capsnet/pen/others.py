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
from capsnet.pen import finished, pictures
from capsnet.pen.hand import SPACING, rotation, written
from capsnet.pen.skeletons import BOX, Path, choice, curve, skeletons

_STREAM = 1  # keeps its chance apart from that of the digits with the same seed


def scribble(random: Generator) -> list[Path]:
    """A pen that goes to and fro."""
    points = random.uniform(0, BOX, (int(random.integers(7, 20)), 2))
    corners = [index for index in range(1, len(points) - 1) if random.random() < 0.3]
    return [curve(points, corners, SPACING)]


def tangle(random: Generator) -> list[Path]:
    """Four to eight strokes across each other, straight or bent."""
    ends = random.uniform(0, BOX, (int(random.integers(4, 9)), int(random.integers(2, 4)), 2))
    return [curve(points, (), SPACING) for points in ends]


def picture(random: Generator) -> list[Path]:
    """A letter or a little picture, one of `others.toml`."""
    return written(choice(skeletons("others.toml"), random), random)


def hatching(random: Generator) -> list[Path]:
    """An ellipse filled in line by line; a wide pen makes a blot of it."""
    heights = np.linspace(-0.97, 0.97, int(random.integers(8, 18)))
    sides = np.where(np.arange(len(heights)) % 2, 1, -1) * np.sqrt(1 - heights**2)
    points = BOX / 2 * np.stack([sides, heights * random.uniform(0.6, 1)], axis=1)
    points += random.uniform(0, 3) * random.standard_normal(points.shape)
    turned = points @ rotation(random.uniform(0, 2 * np.pi)).T
    return [curve(turned, range(1, len(points) - 1), SPACING)]


def two_digits(random: Generator) -> list[Path]:
    """Two, side by side, each of the ways to write one as often as its weight says."""
    first, second = (written(choice(skeletons(), random), random) for _ in range(2))
    right = max(path[:, 0].max() for path in first)
    left = min(path[:, 0].min() for path in second)
    step = np.array([right - left + random.uniform(5, 30), 0])
    return [*first, *(path + step for path in second)]


KINDS: dict[Callable[[Generator], list[Path]], float] = {
    picture: 0.5,
    two_digits: 0.2,
    scribble: 0.15,
    tangle: 0.08,
    hatching: 0.07,
}
"""What there is, and how common it is."""


def pen_others(count: int, seed: int = 0, frame: Frame = MNIST_FRAME) -> Dataset:
    """Pictures in which no digit is, under the digits' classes.

    The picture at a position is a function of seed and position alone: a larger set begins with the smaller one.

    Raises:
        ValueError: count is less than 1, or seed is negative.
    """
    kinds, shares = list(KINDS), list(KINDS.values())

    def other(position: int) -> FloatImage:
        random = np.random.default_rng([seed, _STREAM, position])
        return drawn(kinds[random.choice(len(kinds), p=shares)], random, frame)

    return Dataset("others", pictures(other, count, seed, frame), torch.full((count,), NOTHING), DIGITS)


def drawn(kind: Callable[[Generator], list[Path]], random: Generator, frame: Frame = MNIST_FRAME) -> FloatImage:
    """One picture of a kind as the network gets it, 0..1, [size, size]."""
    return finished(kind(random), random, frame)
