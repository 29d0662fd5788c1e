"""A place where something of a stranger's comes in, and what comes of many things that are sent there."""

from __future__ import annotations

import resource
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

LONGEST = 10.0
"""Seconds that one input may take, on a busy machine."""
MOST_MEMORY = 600
"""Megabytes that it may add to the most that this process ever took."""
AT_ONCE = 500
"""Inputs that Hypothesis draws in a row: it remembers them all, to draw none twice."""


@dataclass(frozen=True)
class Door:
    """Where something comes in."""

    name: str
    inputs: SearchStrategy[Any]
    """What is sent."""
    enter: Callable[[Any], str]
    """Lets one in; says in a word what came of it. Anything that it raises is a failure."""


@dataclass
class Result:
    """What came of all that was sent to a door."""

    inputs: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    """By what happened and where, the first input that it happened to."""
    slowest: float = 0.0
    """Seconds."""


def tried(door: Door, count: int, first: int = 0) -> Result:
    """Sends so many inputs, the same for the same `first`."""
    result = Result()
    for begun in range(0, count, AT_ONCE):
        _some(door, min(AT_ONCE, count - begun), first + begun, result)
    return result


def _some(door: Door, count: int, number: int, result: Result) -> None:
    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(door.inputs)
    def attempt(given_in: Any) -> None:
        _attempt(door, given_in, result)

    attempt()


def _attempt(door: Door, given_in: Any, result: Result) -> None:
    before, began = _memory(), time.perf_counter()
    result.inputs += 1
    try:
        result.outcomes[door.enter(given_in)] += 1
    except Exception as error:  # whatever it is, it should not have come
        result.failures.setdefault(_told(error), repr(given_in)[:400])
    taken = time.perf_counter() - began
    result.slowest = max(result.slowest, taken)
    if taken > LONGEST:
        result.failures.setdefault(f"took more than {LONGEST:g} s", repr(given_in)[:400])
    if _memory() - before > MOST_MEMORY:
        result.failures.setdefault(f"took more than {MOST_MEMORY} MB", repr(given_in)[:400])


def _told(error: Exception) -> str:
    """What happened, and where."""
    *_, last = traceback.extract_tb(error.__traceback__)
    said = str(error).encode("ascii", "backslashreplace").decode()[:160]
    return f"{type(error).__name__} at {last.filename.rpartition('/')[2]}:{last.lineno}: {said}"


def _memory() -> float:
    """The most that this process ever took, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
