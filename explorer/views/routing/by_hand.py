"""The second picture: what one primary capsule says, how its votes fare, and how it splits its output anew."""

from __future__ import annotations

from explorer.components.by_hand import Looked, by_hand
from explorer.reading import CapsuleReading
from explorer.views.routing.selection import selected
from explorer.views.visit import Visit

KEY = "by-hand"
"""Of the element."""


def render(visit: Visit, reading: CapsuleReading) -> None:
    """The primary capsule that is followed, at the iteration and for the digits that the page looks at."""
    selection = selected(visit.session, reading)
    by_hand(
        reading,
        Looked(selection.iteration + 1, selection.digit, selection.rival, selection.primary),
        visit.network.digest,
        visit.say.section("by_hand"),
        visit.palette,
        stepped=lambda iteration: visit.session.choose(step=iteration),
        key=KEY,
    )
