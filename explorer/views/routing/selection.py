"""What the parts of the routing page look at together."""

from __future__ import annotations

from typing import NamedTuple

from explorer.measures.answer import looked_at
from explorer.measures.over_iterations import most_moved
from explorer.reading import CapsuleReading
from explorer.session import Session


class Selection(NamedTuple):
    """One iteration, one digit and its rival, one primary capsule."""

    iteration: int
    """From 0."""
    digit: int
    """Index j."""
    rival: int
    """Index of another digit."""
    primary: int
    """Index i of the primary capsule followed."""


def selected(session: Session, reading: CapsuleReading) -> Selection:
    """What the person chose, and where nothing was chosen what is most worth seeing."""
    look = session.look
    digit, rival = looked_at(reading, look.focus, look.rival, look.meant)
    step = min(session.choices.step or reading.iterations, reading.iterations)
    primary = most_moved(reading, digit) if look.followed is None else look.followed
    return Selection(step - 1, digit, rival, primary)


def pair_shown(session: Session, reading: CapsuleReading) -> tuple[int, int]:
    """The capsule read and its rival: the one meant, where the digit was misread."""
    return looked_at(reading, None, None, session.look.meant)
