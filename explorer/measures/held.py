"""How far a network goes on saying the same while a picture is changed more and more. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """The stops of a slider, in one piece about the one that changes nothing, at which a network says a class."""

    first: int
    last: int


def held(answers: Sequence[int | None], wanted: int, neutral: int) -> Held | None:
    """How far an answer lasts.

    Args:
        answers: the class said at each stop; None: none, as nothing was left to be read.
        wanted: the class that it should be.
        neutral: the stop that changes nothing.

    Returns:
        From where to where it is said without a break; None: not even where nothing is changed.
    """
    if answers[neutral] != wanted:
        return None
    first = last = neutral
    while first > 0 and answers[first - 1] == wanted:
        first -= 1
    while last + 1 < len(answers) and answers[last + 1] == wanted:
        last += 1
    return Held(first, last)


@dataclass(frozen=True)
class Outcome:
    """Who held longest in one direction; networks by their number."""

    longest: tuple[int, ...]
    until: int
    """The last stop at which those say it."""
    shortest: tuple[int, ...]
    """Those who gave way first; none where all held equally far."""
    shortest_until: int


def outcome(ranges: Sequence[Held | None], direction: int) -> Outcome | None:
    """Who held longest; of networks that did not say it at all, nothing.

    Args:
        ranges: of each network.
        direction: 1 to later stops, -1 to earlier ones.
    """
    ends = {n: found.last if direction > 0 else found.first for n, found in enumerate(ranges) if found}
    if not ends:
        return None
    best, worst = (choose(ends.values(), key=lambda end: direction * end) for choose in (max, min))
    named = [tuple(n for n, end in ends.items() if end == extreme) for extreme in (best, worst)]
    return Outcome(named[0], best, () if best == worst else named[1], worst)
