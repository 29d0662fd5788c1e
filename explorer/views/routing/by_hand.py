"""The second picture: what one primary capsule says, how its votes fare, and how it splits its output anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer.components.by_hand import Looked, by_hand, part
from explorer.reading import CapsuleReading
from explorer.views.routing.selection import Selection, selected
from explorer.views.visit import Visit

KEY = "by-hand"
"""Of the element."""


def render(visit: Visit, reading: CapsuleReading) -> None:
    """The primary capsule that is followed, at the iteration and for the digits that the page looks at."""
    show(visit, reading, selected(visit.session, reading), None, key=KEY)


def show(
    visit: Visit, reading: CapsuleReading, selection: Selection, hidden: Sequence[str] | None, *, key: str
) -> None:
    """The same, for whatever is looked at; `hidden` as the component takes it."""
    by_hand(
        reading,
        _looked(selection),
        visit.network.digest,
        visit.say.section("by_hand"),
        visit.palette,
        stepped=lambda iteration: visit.session.choose(step=iteration),
        hidden=hidden,
        key=key,
    )


def given(visit: Visit, reading: CapsuleReading, selection: Selection) -> dict[str, Any]:
    """What a page of its own needs."""
    return part(reading, _looked(selection)) | {"words": visit.say.section("by_hand")}


def _looked(selection: Selection) -> Looked:
    return Looked(selection.iteration + 1, selection.digit, selection.rival, selection.primary)
