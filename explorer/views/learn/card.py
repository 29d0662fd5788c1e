"""A step's card: where one is, what is to be understood, what is asked, and what the answer is."""

from __future__ import annotations

import streamlit as st

from explorer.lesson.answer import Answer, Option
from explorer.lesson.steps import STEPS, Step
from explorer.text import Say
from explorer.views.visit import Visit

BACK, NEXT = "lesson-back", "lesson-next"
"""Keys of the buttons that go from step to step."""


def render(visit: Visit, step: Step, answer: Answer) -> None:
    """Title and text, the question with its options or its answer, and the way on."""
    say, section = visit.say, f"learn_{step.name}"
    with st.container(key="lesson-card", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="lesson-head"):
            st.markdown(f"## {STEPS.index(step) + 1} · {say(f'{section}.title')}", anchors=False)
            _steps(visit, step)
        st.markdown(say.markdown(f"{section}.text", **answer.values))
        if answer.options:
            _question(visit, step, answer)
        else:
            _task(visit, step, answer)


def _question(visit: Visit, step: Step, answer: Answer) -> None:
    say, section = visit.say, f"learn_{step.name}"
    chosen = visit.session.look.predicted.get(step.name)
    with st.container(key="lesson-question", gap="xsmall"):
        st.markdown(f"**{say('learn.predict')}** {say.markdown(f'{section}.question', **answer.values)}")
        with st.container(horizontal=True, gap="small", key="lesson-options"):
            for index, option in enumerate(answer.options):
                st.button(
                    _option(say, step, option, answer, is_right=chosen is not None and index == answer.right),
                    key=f"lesson-option-{index}",
                    icon=_mark(index, chosen, answer.right),
                    disabled=chosen is not None,
                    on_click=visit.session.predict,
                    args=(step.name, index),
                )
    below = st.empty()  # else the answer of the step before would stand there until the view is made
    if chosen is None:
        return
    verdict = say("learn.right" if chosen == answer.right else "learn.not_right")
    said = say.markdown(f"{section}.said_{answer.outcome}", **answer.values)
    with below.container(key="lesson-answer", gap="xsmall"):
        st.markdown(f"**{verdict}** {said}")
        _task(visit, step, answer)


def _task(visit: Visit, step: Step, answer: Answer) -> None:
    """What to try, and the page on which there is more."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="lesson-task"):
        st.markdown(visit.say.markdown(f"learn_{step.name}.task", **answer.values))
        page = visit.pages[step.further]
        st.page_link(page, label=visit.say("learn.further", page=page.title), icon=None, width="content")


def _option(say: Say, step: Step, option: Option, answer: Answer, *, is_right: bool) -> str:
    text = say.markdown(f"learn_{step.name}.option_{option.key}", **{**answer.values, "number": option.number})
    return f"**{text}**" if is_right else text


def _mark(index: int, chosen: int | None, right: int) -> str | None:
    """Of an option, once one was chosen: the right one, and the one chosen where that is another."""
    if chosen is None:
        return None
    if index == right:
        return ":material/check_circle:"
    return ":material/radio_button_checked:" if index == chosen else None


def _steps(visit: Visit, step: Step) -> None:
    """Back and on, between them a dot a step."""
    say, session, here = visit.say, visit.session, STEPS.index(step)

    def go(to: int) -> None:
        session.set_up(lesson=to)
        session.look_at(focus=None, rival=None)  # questions are about the digit read

    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key="lesson-steps"):
        back = say("learn.back")
        st.button(back, key=BACK, icon=":material/arrow_back:", disabled=here == 0, on_click=go, args=(here - 1,))
        with st.container(horizontal=True, gap=None, width="content", key="lesson-dots"):
            for number, other in enumerate(STEPS):
                name = say("learn.step", number=number + 1, title=say(f"learn_{other.name}.title"))
                state = "here" if number == here else "done" if other.name in session.look.predicted else "to-come"
                with st.container(key=f"lesson-{state}-{number}", width="content"):
                    st.button(
                        name, key=f"lesson-step-{number}", type="tertiary", help=name, on_click=go, args=(number,)
                    )
        st.button(
            say("learn.next"),
            key=NEXT,
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            disabled=here == len(STEPS) - 1,
            on_click=go,
            args=(here + 1,),
        )
