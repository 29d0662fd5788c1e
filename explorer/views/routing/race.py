"""The race: how the votes pull at every digit, as the hero of the routing page."""

from __future__ import annotations

import streamlit as st

from explorer import captions
from explorer.components.race import Looked, race
from explorer.reading import CapsuleReading
from explorer.views.routing.selection import selected
from explorer.views.visit import Visit
from explorer.views.widgets import bound

MOST_ITERATIONS = 10


def render(visit: Visit, reading: CapsuleReading) -> None:
    """The race in a sentence, and the race itself."""
    say, session, thresholds = visit.say, visit.session, visit.network.thresholds
    with st.container(key="routing-summary", gap=None):
        st.markdown(f"## {captions.race_headline(reading, thresholds, say)}")
        st.caption(say("race.sub_line", all=len(reading.primary)))
    selection = selected(session, reading)
    race(
        reading,
        say.section("race_words") | {"honest": captions.race_honest(reading, thresholds, say)},
        visit.palette,
        Looked(selection.digit, selection.rival, selection.primary),
        lambda look: session.look_at(focus=look.focus, rival=look.rival, followed=look.followed),
        key="race",
    )


def iterations(visit: Visit, reading: CapsuleReading) -> None:
    """How many iterations are run, in all of the app."""
    bound(
        st.number_input,
        visit.say("routing.iterations", trained=reading.trained_iterations),
        1,
        MOST_ITERATIONS,
        step=1,
        key="iterations",
        value=reading.iterations,
        chosen=lambda count: visit.session.choose(iterations=count, step=None),
        help=visit.say("routing.iterations_help"),
    )
