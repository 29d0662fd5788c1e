"""Below the theatre: one iteration, one digit and its rival, and one primary capsule, looked at closely."""

from __future__ import annotations

import streamlit as st

from explorer.components.theatre_controls import iteration_looked_at
from explorer.reading import CapsuleReading
from explorer.views.frame import link
from explorer.views.routing import couplings, downloads, places, primary_capsule, theatre, votes
from explorer.views.routing.selection import QUESTION_ONE_CAPSULE, Selection, selected
from explorer.views.visit import Visit
from explorer.views.widgets import bound

DOWNLOADS = "home"
QUESTIONS = {
    "where": places.render,
    "agree": votes.render,
    QUESTION_ONE_CAPSULE: primary_capsule.render,
    "all": couplings.render,
    DOWNLOADS: downloads.render,
}
"""What answers each question of a class, in the order in which they come up."""


@st.fragment
def render(visit: Visit, reading: CapsuleReading) -> None:
    """A choice of questions, a stepper, and the view that answers; only these run again when one of them is touched."""
    selection = selected(visit.session, reading)
    question = _question(visit)
    if question != DOWNLOADS:
        with st.container(key="routing-stepper"):
            _stepper(visit, reading, selection)
    QUESTIONS[question](visit, reading, selection)
    iteration_looked_at(
        theatre.KEY,
        selection.iteration + 1,
        lambda iteration: visit.session.choose(step=iteration),
        key="theatre-iteration",
    )
    link.keep(visit.session, "routing")


def _question(visit: Visit) -> str:
    """Which view is open: only that one is made, so that a new digit is soon there."""
    asked = visit.session.page.question
    chosen = bound(
        st.segmented_control,
        visit.say("closer_look.question"),
        list(QUESTIONS),
        required=True,
        format_func=lambda question: visit.say(f"closer_look.ask_{question}"),
        key="question",
        value=asked if asked in QUESTIONS else next(iter(QUESTIONS)),
        chosen=lambda question: visit.session.set_up(question=question),
        label_visibility="collapsed",
    )
    return str(chosen)


def _stepper(visit: Visit, reading: CapsuleReading, selection: Selection) -> None:
    """The iteration, the digit and its rival that all of these views look at."""
    left, middle, right = st.columns([3, 1, 1], gap="medium", vertical_alignment="bottom")
    say, session, classes = visit.say, visit.session, range(len(reading.classes))
    with left:
        bound(
            st.radio,
            say("closer_look.step"),
            range(1, reading.iterations + 1),
            horizontal=True,
            key="step",
            value=selection.iteration + 1,
            chosen=lambda step: session.choose(step=step),
        )
    with middle:
        bound(
            st.selectbox,
            say("closer_look.digit"),
            classes,
            format_func=lambda j: reading.classes[j],
            key="focus",
            value=selection.digit,
            chosen=lambda j: session.look_at(focus=j),
        )
    with right:
        bound(
            st.selectbox,
            say("closer_look.rival"),
            [j for j in classes if j != selection.digit],
            format_func=lambda j: reading.classes[j],
            key="rival",
            value=selection.rival,
            chosen=lambda j: session.look_at(rival=j),
        )
