"""A digit as short text for addresses, and back: what it is named by, its strokes, or its pixels."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

import numpy as np

from explorer.arrays import Floats
from explorer.presets import Stroke
from explorer.session.digit import Blank, Digit, Drawing, Example, MnistDigit
from explorer.session.strokes import deflated, inflated, packed, strokes_of, unpacked

GREYS = 15
"""Steps of ink that a picture in an address has above 0."""


class DigitSource(Protocol):
    """Makes digits from what an address says. Each method raises ValueError where there is no such digit."""

    def example(self, identity: str) -> Digit:
        """The example of this name."""

    def mnist(self, number: int) -> Digit:
        """This digit of MNIST's test set."""

    def drawing(self, strokes: tuple[Stroke, ...], width: int) -> Digit:
        """A drawing of these strokes with a pen of this width."""

    def picture(self, image: Floats) -> Digit:
        """A picture as the network gets it, [size, size]."""


@lru_cache(maxsize=128)
def digit_text(digit: Digit) -> str | None:
    """A digit as the address says it, worked out once: a long scribble takes a quarter of a second."""
    match digit.origin:
        case Blank():
            return "-"
        case Example(identity):
            return f"e.{identity}"
        case MnistDigit(number):
            return f"m.{number}"
        case Drawing() if digit.drawing and (strokes := strokes_of(digit.drawing)) and (text := packed(*strokes)):
            return f"s.{text}"
    return None if digit.image is None else f"p.{_packed_picture(digit.image)}"


def digit_named(text: str, digits: DigitSource, size: int) -> Digit:
    """The digit that `digit_text` wrote.

    Args:
        text: whoever wrote it.
        digits: makes digits.
        size: height and width of the network's pictures.

    Raises:
        ValueError: it names none.
    """
    kind, _, rest = text.partition(".")
    makers: dict[str, Callable[[], Digit]] = {
        "-": lambda: Digit(Blank.EMPTY, None),
        "e": lambda: digits.example(rest),
        "m": lambda: digits.mnist(whole_number(rest, 0, 10**9)),
        "s": lambda: digits.drawing(*unpacked(rest)),
        "p": lambda: digits.picture(_unpacked_picture(rest, size)),
    }
    if kind not in makers:
        raise ValueError(f"no digit: {kind}")
    return makers[kind]()


def whole_number(text: str, least: int, most: int) -> int:
    """A number within bounds.

    Raises:
        ValueError: the text is none.
    """
    if len(text) > 10 or not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit():
        raise ValueError("not a whole number")
    number = int(text)
    if not least <= number <= most:
        raise ValueError(f"not in {least}..{most}")
    return number


def _packed_picture(image: Floats) -> str:
    """16 greys, two pixels a byte, deflated."""
    greys = np.round(image.clip(0, 1) * GREYS).astype(np.uint8).ravel()
    even = np.append(greys, np.zeros(greys.size % 2, np.uint8)).reshape(-1, 2)
    return deflated((even[:, 0] * 16 + even[:, 1]).astype(np.uint8).tobytes())


def _unpacked_picture(text: str, size: int) -> Floats:
    data = np.frombuffer(inflated(text), np.uint8)
    if data.size != -(-size * size // 2):
        raise ValueError(f"a picture must have {size} x {size} pixels")
    greys = np.stack([data // 16, data % 16], axis=1).ravel()[: size * size]
    image: Floats = (greys.reshape(size, size) / np.float32(GREYS)).astype(np.float32)
    if not image.any():
        raise ValueError("there is no ink")
    return image
