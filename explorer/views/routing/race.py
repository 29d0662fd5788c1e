"""The race: how the votes pull at every digit, as the hero of the routing page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st

from explorer import captions
from explorer.components.race import Looked, Stand, race, routed
from explorer.reading import CapsuleReading
from explorer.views.routing.selection import Selection, selected
from explorer.views.visit import Visit
from explorer.views.widgets import bound

MOST_ITERATIONS = 10


def render(visit: Visit, reading: CapsuleReading) -> None:
    """The race in a sentence, and the race itself."""
    say, thresholds = visit.say, visit.network.thresholds
    with st.container(key="routing-summary", gap=None):
        st.markdown(f"## {captions.race_headline(reading, thresholds, say)}")
        st.caption(say("race.sub_line", all=len(reading.primary)))
    show(visit, reading, None, key="race")


def show(visit: Visit, reading: CapsuleReading, stand: Stand | None, *, key: str) -> None:
    """The race alone; `stand` as the component takes it."""
    session = visit.session
    race(
        reading,
        _words(visit, reading),
        visit.palette,
        _looked(selected(session, reading)),
        lambda look: session.look_at(focus=look.focus, rival=look.rival, followed=look.followed),
        MOST_ITERATIONS,
        lambda count: session.choose(iterations=count, step=None),
        stand=stand,
        key=key,
    )


def given(visit: Visit, reading: CapsuleReading, selection: Selection) -> dict[str, Any]:
    """What a page of its own needs."""
    return routed(reading) | {"words": _words(visit, reading), "look": asdict(_looked(selection))}


def _words(visit: Visit, reading: CapsuleReading) -> dict[str, str]:
    honest = captions.race_honest(reading, visit.network.thresholds, visit.say)
    return visit.say.section("race_words") | {"honest": honest}


def _looked(selection: Selection) -> Looked:
    return Looked(selection.digit, selection.rival, selection.primary)


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
