"""Which view a step of the lesson shows, and how it is set up: data, which `explorer.views.learn.scenes` renders.

Where a step asks something, a view has two states: while a prediction is open, and once it was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Parts(Enum):
    """Which parts of the overview are shown."""

    CHAIN = "chain"
    """The chain of stages alone."""
    CARD = "card"
    """The card of the open stage alone."""


@dataclass(frozen=True)
class Anatomy:
    """Part of the overview. While a prediction is open the card cannot be used, and hides what it would give away."""

    stage: int
    """The open one, from 0."""
    parts: Parts


@dataclass(frozen=True)
class Race:
    """The race of the routing page."""

    moment: int | None
    """Where it stands while a prediction is open: four moments an iteration (c, s, v, b), from 0; None: at its end."""
    then: int | None
    """Where it stands afterwards; None: at its end."""


@dataclass(frozen=True)
class ByHand:
    """One primary capsule by hand, of the routing page."""

    iteration: int
    """The one looked at, from 1."""
    hidden: tuple[str, ...]
    """What is not seen while a prediction is open: the comparison with the "rival", or cards: "votes", "remembers",
    "splits"."""


class Picture(Enum):
    """A picture that only the lesson has."""

    EXCHANGED = "exchanged"
    """The digit, and the same with its halves exchanged."""
    VOTES = "votes"
    """What the decoder draws of single votes."""
    SUMS = "sums"
    """Lengths with the softmax over the digits, and with the mistaken one over the primary capsules."""
    MEMORY = "memory"
    """Lengths over the iterations where agreements add up, and where only the last ones count."""
    LOSS = "loss"
    """All digit capsules on the curves of the margin loss."""
    SLIDERS = "sliders"
    """The pose page's sliders."""
    NETWORKS = "networks"
    """What all capsule networks that there are make of the digit, whole and without their strongest capsules."""


Scene = Anatomy | Race | ByHand | Picture
