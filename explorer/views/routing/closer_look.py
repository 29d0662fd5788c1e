"""Below the hero: one primary capsule by hand, and what only some want to open."""

from __future__ import annotations

import streamlit as st

from explorer.components.theatre_controls import iteration_looked_at
from explorer.reading import CapsuleReading
from explorer.views.frame import link
from explorer.views.routing import by_hand, couplings, downloads, theatre
from explorer.views.routing.selection import selected
from explorer.views.visit import Visit

DISCLOSURES = {"all": couplings.render, "home": downloads.render}
"""What opens, by the names that words have for it."""


@st.fragment
def render(visit: Visit, reading: CapsuleReading) -> None:
    """The second picture, and two disclosures; only these run again when one of them is touched."""
    selection = selected(visit.session, reading)
    by_hand.render(visit, reading)
    for name, content in DISCLOSURES.items():
        disclosure = st.expander(visit.say(f"closer_look.open_{name}"), key=f"open-{name}", on_change="rerun")
        if disclosure.open:
            with disclosure:
                content(visit, reading, selection)
    iteration_looked_at(
        theatre.KEY,
        selection.iteration + 1,
        lambda iteration: visit.session.choose(step=iteration),
        key="theatre-iteration",
    )
    link.keep(visit.session, "routing")
