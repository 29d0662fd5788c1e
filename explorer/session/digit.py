"""A digit that can be read, and where it came from: facts, of which sentences are made where they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from explorer.arrays import Floats


@dataclass(frozen=True)
class Example:
    """One of the drawings to begin with."""

    id: str
    """`Preset.id`."""


@dataclass(frozen=True)
class MnistDigit:
    """A digit of MNIST's test set."""

    number: int
    """From 0."""
    label: str
    """The class that MNIST says it is."""


@dataclass(frozen=True)
class Upload:
    """A picture that a person sent."""

    name: str
    """The file's; empty where the picture came with a link, which says none."""


@dataclass(frozen=True)
class Drawing:
    """What a person drew on the canvas."""


class Blank(Enum):
    """Nothing to read."""

    EMPTY = "empty"
    DOT = "dot"
    """A slip of the pen: enlarged, it would pass for a 0."""


Origin = Example | MnistDigit | Upload | Drawing | Blank


@dataclass(frozen=True, eq=False)
class Digit:
    """A digit of a session; two are the same only if they are one object."""

    origin: Origin
    image: Floats | None
    """As the network gets it, 0..1, [H, W]; None: there is nothing to read."""
    drawing: dict[str, Any] | None = None
    """Strokes in the canvas's own JSON, to be drawn on; None: not drawn on the canvas."""


EMPTY = Digit(Blank.EMPTY, None)
"""The empty canvas."""
