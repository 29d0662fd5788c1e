"""The address of a view: a table of fields that say what is seen, read from a session and written into a new one.

The page is the address's path and no field. What is as at first is left out. A field that can't be understood stays as
it is at first, and the person is told; nothing a stranger writes raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from explorer.annotations import FILES
from explorer.poses import STEP
from explorer.session.comparison import (
    FIRST,
    Comparison,
    amounts_text,
    beside_text,
    quarters_text,
    square_text,
    with_amounts,
    with_beside,
    with_quarters,
    with_square,
)
from explorer.session.digit import Digit
from explorer.session.digit_text import DigitSource, digit_named, digit_text, whole_number
from explorer.session.digits import Digits
from explorer.session.session import LESSON_STEPS, STAGES, Session
from explorer.text import languages

LONGEST_VALUE = 4000
"""Characters of one field; anything longer was not written here."""
MOST_ITERATIONS = 10


@dataclass(frozen=True)
class Bounds:
    """What fields may say about the network that a link opens with."""

    name: str
    digest: str
    classes: int
    primary: int
    """I, primary capsules; 0 where the network has none."""
    pose: int
    """D, numbers in a digit capsule's pose; 0 where it has none."""
    size: int
    """Height and width of its pictures."""


class Opening(NamedTuple):
    """A session that is being set up from an address."""

    session: Session
    bounds: Bounds
    digits: DigitSource


class Field(NamedTuple):
    """One parameter of the address."""

    name: str
    read: Callable[[Session], str | None]
    """What the session says; None: as at first."""
    write: Callable[[Opening, str], None]
    """Sets up a session. ValueError: not understood."""


def shared(session: Session) -> dict[str, str]:
    """The parameters of the address at which another person sees the same."""
    found = {field.name: field.read(session) for field in FIELDS}
    return {name: value for name, value in found.items() if value is not None}


def opened(parameters: Mapping[str, str], bounds: Bounds, digits: DigitSource, first: Digit) -> Session:
    """A session as an address says.

    Args:
        parameters: of the address, whoever wrote them; those of other names are left alone.
        bounds: what can be said about the network that the address, or the app, begins with.
        digits: makes digits.
        first: the digit to begin with where the address names none.

    Returns:
        The session; for all fields together that were not understood it has one notice, "link.broken".
    """
    session = Session(Digits(first))
    session.use(bounds.name, bounds.digest)
    broken = []
    for field in FIELDS:
        value = parameters.get(field.name)
        if value is None:
            continue
        try:
            if len(value) > LONGEST_VALUE:
                raise ValueError("too long")
            field.write(Opening(session, bounds, digits), value)
        except ValueError:
            broken.append(field.name)
    if broken:
        session.notify("link.broken", fields=", ".join(broken))
    return session


def _write_digit(opening: Opening, value: str) -> None:
    opening.session.digits = Digits(digit_named(value, opening.digits, opening.bounds.size))


def _read_pose(session: Session) -> str | None:
    """The capsule, and each number of the pose set last, in steps of the sliders."""
    newest = session.poses.newest_of(session.digit, session.digest)
    if newest is None:
        return None
    return ".".join(str(number) for number in (newest.capsule, *(round(value / STEP) for value in newest.pose)))


def _write_pose(opening: Opening, value: str) -> None:
    capsule, *steps = value.split(".")
    if len(steps) != opening.bounds.pose or not steps:
        raise ValueError(f"a pose has {opening.bounds.pose} numbers; got {len(steps)}")
    pose = tuple(round(whole_number(step, -2000, 2000) * STEP, 3) for step in steps)
    session, chosen = opening.session, whole_number(capsule, 0, opening.bounds.classes - 1)
    session.poses.replace(session.pose_set(chosen, pose))


def _write_network(opening: Opening, value: str) -> None:
    name, _, digest = value.rpartition("-")
    if name != opening.bounds.name:
        opening.session.notify("link.unknown_network", name=name or value, used=opening.bounds.name)
    elif not opening.bounds.digest.startswith(digest):
        opening.session.notify("link.other_weights", name=name)


def _read_network(session: Session) -> str:
    return f"{session.network}-{session.digest[:8]}"


def _write_language(opening: Opening, value: str) -> None:
    if value not in languages():
        raise ValueError(f"no language: {value}")
    opening.session.language = value


def _read_stage(session: Session) -> str | None:
    return _said(session.page.stage)


def _write_stage(opening: Opening, value: str) -> None:
    opening.session.set_up(stage=whole_number(value, 0, STAGES - 1))


def _read_lesson(session: Session) -> str | None:
    return str(session.page.lesson + 1) if session.page.lesson else None


def _write_lesson(opening: Opening, value: str) -> None:
    opening.session.set_up(lesson=whole_number(value, 1, LESSON_STEPS) - 1)


def _read_live(session: Session) -> str | None:
    live = session.page.live
    return None if live is None else str(int(live))


def _write_live(opening: Opening, value: str) -> None:
    opening.session.set_up(live=bool(whole_number(value, 0, 1)))


def _write_present(opening: Opening, value: str) -> None:
    opening.session.set_up(present=bool(whole_number(value, 0, 1)))


def _write_code(opening: Opening, value: str) -> None:
    if value not in FILES:
        raise ValueError(f"no file of the network: {value}")
    opening.session.set_up(code=value)


def _look(name: str, most: Callable[[Bounds], int]) -> Field:
    """A field of `Session.look`: an index below `most`."""
    return Field(
        name,
        lambda session: _said(getattr(session.look, name)),
        lambda opening, value: opening.session.look_at(**{name: whole_number(value, 0, most(opening.bounds) - 1)}),
    )


def _choice(name: str) -> Field:
    """A field of `Session.choices`: a number of iterations."""
    return Field(
        name,
        lambda session: _said(getattr(session.choices, name)),
        lambda opening, value: opening.session.choose(**{name: whole_number(value, 1, MOST_ITERATIONS)}),
    )


def _compared(
    name: str, read: Callable[[Comparison], str | None], write: Callable[[Comparison, str], Comparison]
) -> Field:
    """A field of what networks are compared on."""
    return Field(
        name,
        lambda session: read(session.page.comparison),
        lambda opening, value: opening.session.set_up(comparison=write(opening.session.page.comparison, value)),
    )


def _renormalised(comparison: Comparison, value: str) -> Comparison:
    return replace(comparison, renormalised=bool(whole_number(value, 0, 1)))


def _said(number: int | None) -> str | None:
    return None if number is None else str(number)


FIELDS = (
    Field("network", _read_network, _write_network),
    Field("lang", lambda session: session.language, _write_language),
    Field("digit", lambda session: digit_text(session.digit), _write_digit),
    _choice("iterations"),
    _choice("step"),
    _look("focus", lambda bounds: bounds.classes),
    _look("rival", lambda bounds: bounds.classes),
    _look("meant", lambda bounds: bounds.classes),
    _look("followed", lambda bounds: bounds.primary),
    Field("live", _read_live, _write_live),
    Field("stage", _read_stage, _write_stage),
    Field("lesson", _read_lesson, _write_lesson),
    Field("code", lambda session: session.page.code, _write_code),
    Field("present", lambda session: "1" if session.page.present else None, _write_present),
    Field("pose", _read_pose, _write_pose),
    _compared(
        "vary",
        lambda comparison: None if comparison.varied == FIRST else comparison.varied,
        lambda comparison, value: replace(comparison, varied=value),
    ),
    _compared("change", amounts_text, with_amounts),
    _compared("square", square_text, with_square),
    _compared("quarters", quarters_text, with_quarters),
    _compared("again", lambda comparison: "1" if comparison.renormalised else None, _renormalised),
    _compared("beside", beside_text, with_beside),
)
"""In the order in which they stand in the address and are written into a session."""
