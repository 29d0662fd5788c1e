"""The second picture: what one primary capsule says, how its votes fare, and how it splits its output anew."""

from __future__ import annotations

from typing import Any

from explorer.components.by_hand import Looked, by_hand, part
from explorer.reading import CapsuleReading
from explorer.views.routing.selection import Selection, selected
from explorer.views.visit import Visit

KEY = "by-hand"
"""Of the element."""


def render(visit: Visit, reading: CapsuleReading) -> None:
    """The primary capsule that is followed, at the iteration and for the digits that the page looks at."""
    by_hand(
        reading,
        _looked(selected(visit.session, reading)),
        visit.network.digest,
        visit.say.section("by_hand"),
        visit.palette,
        stepped=lambda iteration: visit.session.choose(step=iteration),
        key=KEY,
    )


def given(visit: Visit, reading: CapsuleReading, selection: Selection) -> dict[str, Any]:
    """What a page of its own needs."""
    return part(reading, _looked(selection)) | {"words": visit.say.section("by_hand")}


def _looked(selection: Selection) -> Looked:
    return Looked(selection.iteration + 1, selection.digit, selection.rival, selection.primary)
