"""The ways in which people write a digit, and the smooth path of a pen through a few points."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

PenPath = NDArray[np.float64]
"""Points that a pen passes, x to the right and y down, [points, 2]."""

BOX = 100.0
"""Width and height of what a skeleton is drawn in."""
REACH = 25.0
"""How far outside the box a point may lie."""
TURN = 30.0
"""By how many degrees a hand may turn what it writes, unless a skeleton says less."""


@dataclass(frozen=True)
class Stroke:
    """What the pen does between two lifts."""

    points: tuple[tuple[float, float], ...]
    """In the box of 100 x 100, two or more."""
    corners: tuple[int, ...]
    """Which of them are sharp corners; the path is smooth at all others."""


@dataclass(frozen=True)
class Skeleton:
    """One way to write a digit (or a letter)."""

    label: str
    name: str
    """What tells it from the other ways."""
    weight: float
    """How common it is among the ways to write the same."""
    turn: float
    """By how many degrees it may be turned, either way."""
    strokes: tuple[Stroke, ...]


@cache
def skeletons(file: str = "skeletons.toml") -> tuple[Skeleton, ...]:
    """All ways of a file of this package, in its order.

    Raises:
        ValueError: an entry is not what the file's first lines ask for; says which and why.
    """
    return read_skeletons(files(__package__).joinpath(file).read_text("utf-8"))


def read_skeletons(text: str) -> tuple[Skeleton, ...]:
    """The ways that a file holds, see the first lines of skeletons.toml.

    Raises:
        ValueError: the text is not of that form; says which entry and why.
    """
    return tuple(_skeleton(number, entry) for number, entry in enumerate(tomllib.loads(text).get("way", []), 1))


def ways_to_write(label: str) -> list[Skeleton]:
    """All ways to write a digit."""
    return [way for way in skeletons() if way.label == label]


def choice(ways: Sequence[Skeleton], rng: Generator) -> Skeleton:
    """One of these ways, each as often as its weight says."""
    weights = np.array([way.weight for way in ways])
    return ways[rng.choice(len(ways), p=weights / weights.sum())]


def curve(points: PenPath, corners: Sequence[int], spacing: float) -> PenPath:
    """The path through all points, smooth but for its corners, in steps of equal length.

    Between corners it is a Catmull-Rom spline, parametrised by the square root of the distances (centripetal), which
    neither loops nor overshoots (Yuksel, Schaefer, Keyser 2011).

    Args:
        points: [points, 2], two or more.
        corners: which of them are sharp.
        spacing: the length of a step, about; there are two at least.
    """
    ends = [0, *corners, len(points) - 1]
    pieces = [_spline(points[first : last + 1]) for first, last in pairwise(ends) if last > first]
    joined = np.concatenate([pieces[0][:1], *(piece[1:] for piece in pieces)])
    return resampled(joined, spacing)


def resampled(path: PenPath, spacing: float) -> PenPath:
    """The same path in steps of equal length, `spacing` about; two at least."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    even = np.linspace(0, along[-1], max(3, round(along[-1] / spacing) + 1))
    return np.stack([np.interp(even, along, path[:, 0]), np.interp(even, along, path[:, 1])], axis=1)


def _spline(points: PenPath, steps: int = 8) -> PenPath:
    """Cubic pieces from point to point, `steps` straight ones for each, [steps (points - 1) + 1, 2]."""
    gaps = np.sqrt(np.hypot(*np.diff(points, axis=0).T)).clip(1e-3)[:, None]  # of the parameter
    slopes = np.diff(points, axis=0) / gaps
    tangents = np.empty_like(points)
    tangents[1:-1] = (slopes[:-1] * gaps[1:] + slopes[1:] * gaps[:-1]) / (gaps[:-1] + gaps[1:])
    tangents[0] = slopes[0] if len(points) == 2 else 1.5 * slopes[0] - 0.5 * tangents[1]
    tangents[-1] = slopes[-1] if len(points) == 2 else 1.5 * slopes[-1] - 0.5 * tangents[-2]
    t = (np.arange(steps) / steps)[:, None]
    blends = (2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t, 3 * t**2 - 2 * t**3, t**3 - t**2)  # Hermite's
    parts = (points[:-1], gaps * tangents[:-1], points[1:], gaps * tangents[1:])
    pieces = sum(blend * part[:, None] for blend, part in zip(blends, parts, strict=True))  # [points - 1, steps, 2]
    return np.concatenate([np.reshape(pieces, (-1, 2)), points[-1:]])


def _skeleton(number: int, entry: dict[str, Any]) -> Skeleton:
    place = f"way {number} ({entry.get('label', '?')}, {entry.get('name', 'no name')})"
    try:
        weight, turn = float(entry["weight"]), float(entry.get("turn", TURN))
        strokes = tuple(_stroke(text) for text in entry["strokes"])
        unknown = entry.keys() - {"label", "name", "weight", "turn", "strokes"}
        if not (weight > 0 and 0 <= turn <= 180 and strokes and not unknown):
            raise ValueError(f"weight {weight:g}, turn {turn:g}, {len(strokes)} strokes, unknown {sorted(unknown)}")
        return Skeleton(str(entry["label"]), str(entry["name"]), weight, turn, strokes)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(
            f"{place} must have label, name, weight above 0, turn in 0..180 (or none) and strokes; got {error}"
        ) from error


def _stroke(text: str) -> Stroke:
    words = text.split()
    points = tuple(_point(word.removesuffix("!")) for word in words)
    if len(points) < 2:
        raise ValueError(f"stroke '{text}' of fewer than two points")
    return Stroke(points, tuple(index for index, word in enumerate(words) if word.endswith("!")))


def _point(word: str) -> tuple[float, float]:
    x, y = (float(number) for number in word.split(","))
    if not all(-REACH <= value <= BOX + REACH for value in (x, y)):
        raise ValueError(f"point {word} far outside the box of 100 x 100")
    return x, y
