"""A synthetic pen: digits as people of different countries write them, in any number, each a little different.

Networks trained on MNIST alone have never seen a crossed 7, a slashed 0, or a 1 with flag and base.
"""

from __future__ import annotations

import numpy as np
import torch

from capsnet.data import Dataset
from capsnet.ink import SIZE, FloatImage, normalise
from capsnet.pen.hand import inked, written
from capsnet.pen.skeletons import Skeleton, choice, skeletons

DIGITS = tuple("0123456789")


def pen_digits(count: int, seed: int = 0) -> Dataset:
    """Synthetic digits, every class as often as the others (one more for the first ones where count is odd).

    The digit at a position is a function of seed and position alone: a larger set begins with the smaller one.

    Raises:
        ValueError: count is less than 1, or seed is negative.
    """
    if count < 1 or seed < 0:
        raise ValueError(f"count must be at least 1 and seed at least 0; got {count} and {seed}")
    ways = {label: [way for way in skeletons() if way.label == label] for label in DIGITS}
    images = np.empty((count, SIZE, SIZE), np.uint8)
    for position in range(count):
        random = np.random.default_rng([seed, position])
        way = choice(ways[DIGITS[position % len(DIGITS)]], random)
        images[position] = (written_digit(way, random) * 255).round().astype(np.uint8)
    return Dataset("pen", torch.from_numpy(images), torch.arange(count) % len(DIGITS), DIGITS)


def written_digit(skeleton: Skeleton, random: np.random.Generator) -> FloatImage:
    """One digit as the network gets it, 0..1, [28, 28]."""
    image = normalise(inked(written(skeleton, random), random))
    if image is None:
        raise ValueError(f"the pen left no ink for {skeleton.label}, {skeleton.name}: expected strokes")
    return image
