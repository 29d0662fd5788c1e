"""The files of measurements, read and checked."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

FOLDER = Path(__file__).parent
LARGEST_FILE = 1_000_000
"""Bytes; anything larger was not written here."""


class Made(NamedTuple):
    """How a file came to be."""

    command: str
    machine: str
    date: str
    seconds: float


class Count(NamedTuple):
    """How a network read pictures that were changed alike."""

    amount: float | str  # by how much they were changed, or how
    right: int
    doubted: int
    right_doubted: int


@dataclass(frozen=True)
class Robustness:
    """How a network read changed test digits."""

    name: str
    weights: str
    """`Checkpoint.weights_digest`."""
    doubt: Mapping[str, float]
    """The thresholds that it doubted by, as fields of `DoubtThresholds`."""
    count: int
    """Pictures of each amount."""
    kinds: Mapping[str, tuple[Count, ...]]
    """By what was changed: "rotation" and so on, and "quarters", whose amounts are names."""


@dataclass(frozen=True)
class FewDigits:
    """A network that learned from few digits."""

    learner: str
    digits: int
    seed: int
    right: int
    count: int
    """Test digits that it was tried on."""


@dataclass(frozen=True)
class Cost:
    """What a network costs."""

    name: str
    weights: str
    parameters: int
    bytes: int
    single: tuple[float, float, float]
    """Milliseconds of the processor for a picture alone: lower quartile, median, upper quartile."""
    batch: tuple[float, float, float]
    """The same for a picture of a hundred."""
    training_seconds: float | None
    """By the clock; None: not known."""
    test_accuracy: float
    started_from: bool
    """Whether it was trained further from other weights, whose training is not counted."""


class Fit(NamedTuple):
    """How well a linear fit tells the angle."""

    error: float  # mean absolute, in degrees
    standard_error: float  # of that mean
    r2: float  # share of the angle's variance that it tells; below 0 where the mean would do better
    baseline: float  # the error of always saying the mean


@dataclass(frozen=True)
class Angle:
    """How well the angle of a digit can be told from what a network made of it."""

    name: str
    weights: str
    width: int
    """Numbers that there are."""
    fits: Mapping[str, Fit]
    """From a "pose", or from all "features" and from their first "components"."""
    roughness: float
    """Of the way that the numbers go while a digit turns: 0 for a straight line, 1.73 for noise."""
    carriers: tuple[tuple[int, float], ...]
    """Of poses, by class: the number that goes with the angle most, from 0, and their correlation."""


Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Measured(Generic[Entry]):
    """A file of measurements."""

    made: Made
    entries: tuple[Entry, ...]


def robustness(folder: Path = FOLDER) -> Measured[Robustness] | None:
    """Of `tools.experiments.robustness`; None where there is none that can be read, as for all files here."""
    return _read(folder / "robustness.json", "capsnet-robustness-1", "networks", _robustness)


def few_digits(folder: Path = FOLDER) -> Measured[FewDigits] | None:
    """Of `tools.experiments.few_digits`."""
    return _read(folder / "few_digits.json", "capsnet-few-digits-1", "runs", _few_digits)


def cost(folder: Path = FOLDER) -> Measured[Cost] | None:
    """Of `tools.experiments.cost`."""
    return _read(folder / "cost.json", "capsnet-cost-1", "networks", _cost)


def angle(folder: Path = FOLDER) -> Measured[Angle] | None:
    """Of `tools.experiments.angle`."""
    return _read(folder / "angle.json", "capsnet-angle-1", "networks", _angle)


def _read(file: Path, format_name: str, entries: str, parse: Callable[[Any], Entry]) -> Measured[Entry] | None:
    try:
        if file.stat().st_size > LARGEST_FILE:
            return None
        content = json.loads(file.read_text(encoding="utf-8"))
        if content["format"] != format_name:
            return None
        made = content["made"]
        how = Made(str(made["command"]), str(made["machine"]), str(made["date"]), _number(made["seconds"]))
        return Measured(how, tuple(parse(entry) for entry in content[entries]))
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError):
        return None


def _robustness(entry: Any) -> Robustness:
    count = _whole(entry["count"], least=1)
    rows = {**entry["kinds"], "quarters": entry["quarters"]}
    kinds = {str(kind): tuple(_count(row, count, kind == "quarters") for row in found) for kind, found in rows.items()}
    doubt = {str(name): _number(value) for name, value in entry["doubt"].items()}
    return Robustness(str(entry["name"]), str(entry["weights"]), doubt, count, kinds)


def _count(row: Any, count: int, named: bool) -> Count:
    amount, right, doubted, both = row
    numbers = [_whole(number, most=count) for number in (right, doubted, both)]
    if numbers[2] > min(numbers[:2]) or numbers[0] + numbers[1] - numbers[2] > count:
        raise ValueError(f"counts of right, doubted and both must fit together; got {row}")
    return Count(str(amount) if named else _number(amount), *numbers)


def _few_digits(entry: Any) -> FewDigits:
    count = _whole(entry["count"], least=1)
    numbers = (_whole(entry["digits"], least=1), _whole(entry["seed"]), _whole(entry["right"], most=count))
    return FewDigits(str(entry["learner"]), *numbers, count)


def _cost(entry: Any) -> Cost:
    taken = entry["training_seconds"]
    return Cost(
        name=str(entry["name"]),
        weights=str(entry["weights"]),
        parameters=_whole(entry["parameters"], least=1),
        bytes=_whole(entry["bytes"], least=1),
        single=_three(entry["single"]),
        batch=_three(entry["batch"]),
        training_seconds=None if taken is None else _number(taken),
        test_accuracy=_number(entry["test_accuracy"]),
        started_from=entry["started_from"] is True,
    )


def _angle(entry: Any) -> Angle:
    fits = {str(name): Fit(*(_number(fit[field]) for field in Fit._fields)) for name, fit in entry["fits"].items()}
    carriers = tuple((_whole(one["number"]), _number(one["correlation"])) for one in entry.get("carriers", ()))
    width, rough = _whole(entry["width"], least=1), _number(entry["roughness"])
    return Angle(str(entry["name"]), str(entry["weights"]), width, fits, rough, carriers)


def _three(values: Any) -> tuple[float, float, float]:
    low, middle, high = map(_number, values)
    return low, middle, high


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"expected a number; got {value!r}")
    return value


def _whole(value: Any, least: int = 0, most: float = math.inf) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"expected a whole number of {least} to {most:g}; got {value!r}")
    return value
