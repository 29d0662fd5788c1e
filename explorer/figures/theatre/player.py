"""Playing frames in the browser: which there are, and what plays them is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from explorer.arrays import Floats
from explorer.figures.base import Parts
from explorer.figures.theatre.scene import Scene, TheatreLabels

MOTION, MOST_FRAMES = 10, 60
"""Frames from one iteration to the next, fewer where they would be more than these in all."""


class Moment(NamedTuple):
    """A frame: iteration `start` (from 0), or `share` of the way to the next one, eased."""

    name: str
    start: int
    share: float

    @property
    def true(self) -> bool:
        """Whether it is an iteration of the network's own, and not the motion between two."""
        return self.share == 0

    @property
    def time(self) -> float:
        """The iteration, from 1, with the share of the way to the next one."""
        return self.start + 1 + self.share

    def of(self, values: Floats) -> Floats:
        """The values at this moment, of values for each iteration, [R, ...]."""
        now: Floats = values[self.start]
        if self.true:
            return now
        mixed: Floats = (1 - self.share) * now + self.share * values[self.start + 1]
        return mixed


def moments(iterations: int) -> Iterator[Moment]:
    """The frames in order: iterations "1" to "R", and between them the motion, slow at both ends."""
    motion = min(MOTION, MOST_FRAMES // max(1, iterations - 1))
    for start in range(iterations):
        yield Moment(str(start + 1), start, 0.0)
        for step in range(1, motion if start + 1 < iterations else 1):
            share = step / motion
            yield Moment(f"{start + 1}+{step}", start, share * share * (3 - 2 * share))


def controls(scene: Scene, labels: TheatreLabels) -> Parts:
    """What the buttons and the slider beside the figure need to play it in the browser, as plain JSON data."""
    names = ("play", "slowly", "play_slowly", "pause", "back", "on", "slider")
    return {
        "frames": [moment.name for moment in moments(len(scene.lengths))],
        "words": {name: getattr(labels, name) for name in (*names, "between")},
        "spoken": list(labels.spoken),
    }
