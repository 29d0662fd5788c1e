"""The lesson: a card with a step's words and question, and below it the view that the step is about."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from explorer.components.step_keys import step_keys
from explorer.lesson.answer import Answer, Given
from explorer.lesson.steps import STEPS, Step
from explorer.networks import threads
from explorer.reading import CapsuleReading
from explorer.session import Session
from explorer.views.code.excerpt import excerpt
from explorer.views.frame import link
from explorer.views.learn import card, scenes
from explorer.views.routing.selection import selected
from explorer.views.visit import Visit


def render(visit: Visit) -> None:
    """The step that the session is at."""
    st.html(Path(__file__).with_name("page.css"))
    _lesson(visit, visit.capsules)


@st.fragment
def _lesson(visit: Visit, reading: CapsuleReading) -> None:
    session = visit.session
    step = STEPS[session.page.lesson]
    given = _given(visit, reading)
    with threads(1):
        answer = step.answer(given)
    predicting = is_open(session, step, answer)
    with st.container(key="lesson"):
        card.render(visit, step, answer)
        with st.container(key=f"lesson-view-{step.name}"):
            scenes.render(visit, given, step, predicting=predicting)
        if step.code and not predicting:
            _code(visit, step)
    if predicting and step.hides_reading:
        st.container(key="lesson-hides-reading").empty()
    step_keys(_keys(session), key="lesson-keys")
    link.keep(session, "learn")


def _keys(session: Session) -> dict[str, str]:
    """The keys for back and next. Presenters' remotes send those that elsewhere scroll."""
    keys = {"ArrowLeft": card.BACK, "ArrowRight": card.NEXT}
    return keys | {"PageUp": card.BACK, "PageDown": card.NEXT} if session.page.present else keys


def _code(visit: Visit, step: Step) -> None:
    """The network's own lines; made only where they are looked at."""
    box = st.expander(visit.say("learn.code"), key=f"lesson-code-{step.name}", on_change="rerun")
    if box.open:
        with box:
            excerpt(visit, step.code)


def is_open(session: Session, step: Step, answer: Answer) -> bool:
    """Whether a step asks something that is not predicted yet."""
    return bool(answer.options) and step.name not in session.look.predicted


def _given(visit: Visit, reading: CapsuleReading) -> Given:
    model = visit.network.checkpoint.model
    return Given(reading, model, selected(visit.session, reading).primary, visit.session.look.meant)
