"""A synthetic pen: digits as people of different countries write them, in any number, each a little different.

Networks trained on MNIST alone have never seen a crossed 7, a slashed 0, or a 1 with flag and base.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from capsnet.config import DIGITS
from capsnet.data import Dataset
from capsnet.ink import MNIST_FRAME, FloatImage, Frame, normalise
from capsnet.pen.hand import inked, written
from capsnet.pen.skeletons import PenPath, Skeleton, choice, ways_to_write


def pen_digits(count: int, seed: int = 0, frame: Frame = MNIST_FRAME) -> Dataset:
    """Synthetic digits, every class as often as the others (one more for the first ones where count is odd).

    The digit at a position is a function of seed and position alone: a larger set begins with the smaller one.

    Raises:
        ValueError: count is less than 1, or seed is negative.
    """
    ways = [ways_to_write(label) for label in DIGITS]

    def digit(position: int) -> FloatImage:
        rng = np.random.default_rng([seed, position])
        return written_digit(choice(ways[position % len(DIGITS)], rng), rng, frame)

    return Dataset("pen", pictures(digit, count, seed, frame), torch.arange(count) % len(DIGITS), DIGITS)


def pictures(draw: Callable[[int], FloatImage], count: int, seed: int, frame: Frame = MNIST_FRAME) -> Tensor:
    """The pictures at the positions 0 to count - 1, as a data set holds them, uint8 [count, size, size].

    Raises:
        ValueError: count is less than 1, or seed is negative.
    """
    if count < 1 or seed < 0:
        raise ValueError(f"count must be at least 1 and seed at least 0; got {count} and {seed}")
    images = np.empty((count, frame.size, frame.size), np.uint8)
    for position in range(count):
        images[position] = (draw(position) * 255).round().astype(np.uint8)
    return torch.from_numpy(images)


def written_digit(skeleton: Skeleton, rng: np.random.Generator, frame: Frame = MNIST_FRAME) -> FloatImage:
    """One digit as the network gets it, 0..1, [size, size]."""
    return finished(written(skeleton, rng), rng, frame)


def finished(paths: list[PenPath], rng: np.random.Generator, frame: Frame = MNIST_FRAME) -> FloatImage:
    """What a pen leaves on these paths, as the network gets it, 0..1, [size, size].

    Raises:
        ValueError: there is no ink.
    """
    image = normalise(inked(paths, rng), frame)
    if image is None:
        raise ValueError(f"the pen left no ink: expected strokes, got {len(paths)} paths")
    return image
