"""The routing page without a browser: what it says and how its choices hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explorer.measures.evidence import evidence
from explorer.measures.pull import race_facts
from explorer.views.routing.page import MAPS
from tests.explorer.pages import clear, draw_like, open_page, prediction, reading_of


@pytest.fixture
def app(tiny_app: None) -> AppTest:  # noqa: ARG001 - the network that it begins with
    return open_page("routing").run()


def words(app: AppTest) -> str:
    return " ".join(str(element.value) for element in [*app.markdown, *app.caption, *app.info])


def ask(app: AppTest, question: str) -> None:
    """Opens the view that answers a question."""
    group: Any = next(group for group in app.get("button_group") if getattr(group, "key", "") == "question")
    group.set_value(question).run()


def chart(app: AppTest, number: int = 0) -> dict[str, Any]:
    figure: dict[str, Any] = json.loads(app.get("plotly_chart")[number].proto.spec)
    return figure


def test_it_says_what_routing_did_in_the_readings_numbers(app: AppTest, tiny_checkpoint: Path) -> None:
    assert not app.exception
    reading = reading_of("cursive-4", tiny_checkpoint)
    facts = race_facts(reading)
    assert f"4 pulls away: {facts.half} of 144 capsules do half of the pulling." in words(app)
    assert "Every digit is pulled by 144 votes." in words(app)
    total = float(np.linalg.norm(reading.sums[-1, 4]))
    assert f"**{total:.2f}**: exactly |s|, the length of the weighted sum" in words(app)


def test_the_theatre_is_made_where_it_is_opened_and_is_then_the_first_chart(app: AppTest) -> None:
    charts = len(app.get("plotly_chart"))
    app.session_state[MAPS] = True
    app.run()
    assert len(app.get("plotly_chart")) == charts + 1
    figure = chart(app)
    assert [frame["name"] for frame in figure["frames"] if frame["name"].isdigit()] == ["1", "2", "3"]


@pytest.mark.parametrize("iterations", [1, 10])
def test_other_numbers_of_iterations_are_run_and_said(app: AppTest, iterations: int) -> None:
    app.number_input(key="iterations").set_value(iterations).run()
    assert not app.exception
    assert f"Routing iterations: {iterations}; the network was trained with 3" in words(app)
    assert "thresholds of doubt hold only for 3" in words(app)
    assert prediction(app).startswith("? 4")
    assert ("every capsule still splits equally" in words(app)) == (iterations == 1)
    assert "(Trained with 3 iterations: lengths mean something else now.)" in words(app)
    assert len(app.radio(key="step").options) == iterations


def test_the_stepper_the_digit_and_its_rival_hold_for_all_views(app: AppTest, tiny_checkpoint: Path) -> None:
    app.radio(key="step").set_value(1).run()
    app.selectbox(key="focus").select(7).run()
    app.selectbox(key="rival").select(2).run()
    assert not app.exception
    reading = reading_of("cursive-4", tiny_checkpoint)
    assert "Filled marks: votes that point along the output of 7" in words(app)
    places = evidence(reading, 0)[7]
    assert f"+{float(places.clip(min=0).sum()):.2f}" in words(app)
    ask(app, "agree")
    assert "**Votes for 2**" in words(app)
    ask(app, "one")
    assert "after iteration 1" in words(app)
    ask(app, "all")
    assert "7 gets" in words(app)
    assert app.radio(key="step").value == 1
    assert not app.exception


def test_a_capsule_is_followed_by_number(app: AppTest, tiny_checkpoint: Path) -> None:
    ask(app, "one")
    for key, value in zip(("primary-channel", "primary-row", "primary-column"), (3, 2, 4), strict=True):
        app.number_input(key=key).set_value(value).run()
    assert not app.exception
    assert "The primary capsule in channel 3 at row 2, column 4, voting for 4" in words(app)
    reading, index = reading_of("cursive-4", tiny_checkpoint), 3 * 36 + 2 * 6 + 4
    table = app.table[0].value
    assert list(table["coupling c"]) == [f"{value:.3f}" for value in reading.couplings[-1, index]]
    assert list(table["agreement a"]) == [f"{value:+.2f}" for value in reading.agreements[-1, index]]


def test_what_was_meant_is_the_rival(app: AppTest) -> None:
    pills: Any = next(group for group in app.get("button_group") if str(getattr(group, "key", "")).startswith("meant"))
    pills.set_value(7).run()
    assert app.selectbox(key="rival").value == 7


def test_another_digit_forgets_what_was_followed(app: AppTest) -> None:
    ask(app, "one")
    app.number_input(key="primary-channel").set_value(3).run()
    draw_like(app, "school-0")
    assert not app.exception
    assert app.session_state["session"].look.followed is None


def test_an_empty_canvas_asks_for_a_digit(app: AppTest) -> None:
    clear(app)
    assert not app.exception
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("iterations", [1, 10])
@pytest.mark.parametrize("question", ["where", "agree", "one", "all", "home"])
def test_every_view_with_one_and_with_ten_iterations(app: AppTest, question: str, iterations: int) -> None:
    ask(app, question)
    app.number_input(key="iterations").set_value(iterations).run()
    assert not app.exception
    if question != "home":
        app.radio(key="step").set_value(1).run()
    assert not app.exception
