"""The lesson in the app: every step, with a digit and without, its question and its answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from explorer.annotations import ANNOTATED
from explorer.lesson.steps import STEPS
from explorer.text import Say
from explorer.views.pages import PAGES
from tests.explorer.pages import clear, draw_like, open_page

pytestmark = pytest.mark.usefixtures("tiny_app")

say = Say()


def open_step(number: int) -> AppTest:
    app = open_page("learn")
    app.query_params["lesson"] = str(number)
    return app.run()


def markdown(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_steps_name_code_and_pages_that_there_are() -> None:
    assert {step.code for step in STEPS} - {""} <= ANNOTATED.keys()
    assert {step.further for step in STEPS} <= {page.name for page in PAGES}


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1), ids=lambda number: STEPS[number - 1].name)
def test_a_step_asks_and_then_answers(number: int) -> None:
    app, step = open_step(number), STEPS[number - 1]
    assert not app.exception
    title = say(f"learn_{step.name}.title")
    assert f"## {number} · {title}" in markdown(app)
    options = [button for button in app.button if str(button.key).startswith("lesson-option-")]
    if options:
        assert not any(said in markdown(app) for said in (say("learn.right"), say("learn.not_right")))
        options[-1].click().run()
        assert not app.exception
        assert say("learn.right") in markdown(app) or say("learn.not_right") in markdown(app)
        if step.code:
            app.session_state[f"lesson-code-{step.name}"] = True
            assert not app.run().exception
        assert all(button.disabled for button in app.button if str(button.key).startswith("lesson-option-"))
    clear(app)
    assert not app.exception
    assert title not in markdown(app)
    draw_like(app, "school-3")
    assert not app.exception
    assert title in markdown(app)
    assert not any(said in markdown(app) for said in (say("learn.right"), say("learn.not_right")))
