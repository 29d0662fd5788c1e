"""What a question of the lesson is answered from, and what an answer is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from capsnet import CapsNet
from explorer.measures.answer import looked_at
from explorer.reading import CapsuleReading

PRESENT = 0.5
"""Capsules longer than this say that their digit is there: half of what is possible."""


@dataclass(frozen=True)
class Given:
    """What the lesson looks at."""

    reading: CapsuleReading
    """Of the person's digit."""
    model: CapsNet
    """The network that read it."""
    followed: int
    """The primary capsule that is followed, index i."""
    meant: int | None = None
    """The class that the person says the digit is."""

    @property
    def pair(self) -> tuple[int, int]:
        """The winner j, and the digit capsule that it is compared with."""
        return looked_at(self.reading, None, None, self.meant)


class Option(NamedTuple):
    """One thing that can be predicted; its words are `option_` and the key."""

    key: str
    number: float = 0
    """For the words, as {number}."""


@dataclass(frozen=True)
class Answer:
    """What is to be said of a digit in one step.

    Raises:
        ValueError: there are options, but not one of them is right, or two are the same.
    """

    values: Mapping[str, object]
    """For all sentences of the step, by the names of their placeholders."""
    outcome: str = ""
    """Which sentence says the answer: `said_` and this; "" where nothing is asked."""
    options: tuple[Option, ...] = ()
    """What can be predicted; none where nothing is asked."""
    right: int = 0
    """Which of them is right, an index."""

    def __post_init__(self) -> None:
        if self.options and not 0 <= self.right < len(self.options):
            raise ValueError(f"right must be one of {len(self.options)} options; got {self.right}")
        if len(set(self.options)) != len(self.options):
            raise ValueError(f"options must differ; got {self.options}")


def common(given: Given) -> dict[str, object]:
    """Values that any step's sentences may use."""
    reading, (winner, rival) = given.reading, given.pair
    return {
        "name": reading.classes[winner],
        "rival": reading.classes[rival],
        "length": float(reading.lengths[-1, winner]),
        "rival_length": float(reading.lengths[-1, rival]),
        "classes": len(reading.classes),
        "capsules": len(reading.primary),
        "pose": reading.poses.shape[-1],
        "part": reading.primary.shape[-1],
        "iterations": reading.iterations,
    }


def chosen(keys: Sequence[str], right: str) -> tuple[tuple[Option, ...], int]:
    """Options of fixed words, and the index of the right one.

    Raises:
        ValueError: the right one is not among them.
    """
    return tuple(Option(key) for key in keys), keys.index(right)


def numeric(right: float, others: Iterable[float]) -> tuple[tuple[Option, ...], int]:
    """Options that are numbers, ascending and each once, and the index of the right one; the words: `option_number`."""
    numbers = sorted({right, *others})
    return tuple(Option("number", number) for number in numbers), numbers.index(right)
