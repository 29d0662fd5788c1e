"""Below the theatre: one iteration, one digit and its rival, and one primary capsule, looked at closely."""

from __future__ import annotations

import streamlit as st

from explorer import state
from explorer.measures import over_iterations
from explorer.measures.answer import looked_at
from explorer.reading import DigitReading
from explorer.text import say
from explorer.views import everything, one_capsule, places, take_home, votes
from explorer.views.look import Look

TAKE_HOME = "home"
VIEWS = {
    "where": places.show,
    "agree": votes.show,
    state.STORY: one_capsule.show,
    "all": everything.show,
    TAKE_HOME: take_home.show,
}
"""What answers each question of a class, in the order in which they come up."""


@st.fragment
def show(reading: DigitReading) -> None:
    """A choice of questions, a stepper, and the view that answers; only these run again when one of them is touched."""
    first, rival = looked_at(reading, state.focus(), state.rival(), state.meant())
    step = min(state.step() or reading.iterations, reading.iterations)
    followed = state.followed()
    look = Look(step - 1, first, rival, over_iterations.most_moved(reading, first) if followed is None else followed)
    question = _question()
    if question != TAKE_HOME:
        with st.container(key="routing-stepper"):
            _stepper(reading, look)
    VIEWS[question](reading, look)


def _question() -> str:
    """Which view is open: only that one is made, so that a new digit is soon there."""
    st.session_state[state.QUESTION_INPUT] = state.question() or next(iter(VIEWS))
    chosen = st.segmented_control(
        say("closer.question"),
        list(VIEWS),
        required=True,
        format_func=lambda question: say(f"closer.ask_{question}"),
        key=state.QUESTION_INPUT,
        on_change=lambda: state.set_question(st.session_state[state.QUESTION_INPUT]),
        label_visibility="collapsed",
    )
    return str(chosen)


def _stepper(reading: DigitReading, look: Look) -> None:
    """The iteration, the digit and its rival that all of these views look at."""
    left, middle, right = st.columns([3, 1, 1], gap="medium", vertical_alignment="bottom")
    chosen, classes = st.session_state, range(len(reading.classes))
    chosen[state.STEP_INPUT] = look.iteration + 1
    chosen[state.FOCUS_INPUT], chosen[state.RIVAL_INPUT] = look.digit, look.rival
    with left:
        st.radio(
            say("closer.step"),
            range(1, reading.iterations + 1),
            horizontal=True,
            key=state.STEP_INPUT,
            on_change=lambda: state.set_step(chosen[state.STEP_INPUT]),
        )
    with middle:
        st.selectbox(
            say("closer.digit"),
            classes,
            format_func=lambda j: reading.classes[j],
            key=state.FOCUS_INPUT,
            on_change=lambda: state.set_focus(chosen[state.FOCUS_INPUT]),
        )
    with right:
        st.selectbox(
            say("closer.rival"),
            [j for j in classes if j != look.digit],
            format_func=lambda j: reading.classes[j],
            key=state.RIVAL_INPUT,
            on_change=lambda: state.set_rival(chosen[state.RIVAL_INPUT]),
        )
