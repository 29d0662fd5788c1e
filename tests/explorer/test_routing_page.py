"""The routing page without a browser: what it says and how its choices hold."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.components.numbers import packed
from explorer.measures.couplings import rounded_shares
from explorer.measures.pull import race_facts
from explorer.views.routing.page import MAPS
from tests.explorer.pages import clear, draw_like, open_page, prediction, reading_of


@pytest.fixture
def app(tiny_app: None) -> AppTest:  # noqa: ARG001 - the network that it begins with
    return open_page("routing").run()


def words(app: AppTest) -> str:
    return " ".join(str(element.value) for element in [*app.markdown, *app.caption, *app.info])


def unfold(app: AppTest, name: str) -> None:
    """Opens a disclosure."""
    app.session_state[f"open-{name}"] = True
    app.run()


def hand(app: AppTest) -> dict[str, Any]:
    """What the picture of one capsule is given."""
    components = [element.proto for element in app.get("bidi_component")]
    data = next(proto.json for proto in components if proto.component_name == "capsnet_by_hand")
    given: dict[str, Any] = json.loads(data)
    return given


def chart(app: AppTest, number: int = 0) -> dict[str, Any]:
    figure: dict[str, Any] = json.loads(app.get("plotly_chart")[number].proto.spec)
    return figure


def test_it_says_what_routing_did_in_the_readings_numbers(app: AppTest, tiny_checkpoint: Path) -> None:
    assert not app.exception
    reading = reading_of("cursive-4", tiny_checkpoint)
    facts = race_facts(reading)
    assert f"4 pulls away: {facts.half} of 144 capsules provide half of its pull." in words(app)
    assert "Each of 144 primary capsules votes for every digit." in words(app)


def test_the_theatre_is_made_where_it_is_opened_and_is_then_the_first_chart(app: AppTest) -> None:
    charts = len(app.get("plotly_chart"))
    app.session_state["session"].set_up(maps=True)
    app.run()
    assert app.session_state[MAPS]
    assert len(app.get("plotly_chart")) == charts + 1
    figure = chart(app)
    assert [frame["name"] for frame in figure["frames"] if frame["name"].isdigit()] == ["1", "2", "3"]


@pytest.mark.parametrize("iterations", [1, 10])
def test_other_numbers_of_iterations_are_run_and_said(app: AppTest, iterations: int) -> None:
    app.number_input(key="iterations").set_value(iterations).run()
    assert not app.exception
    assert f"Routing iterations: {iterations}; the network was trained with 3" in words(app)
    assert "doubt thresholds hold only for 3" in words(app)
    assert prediction(app).startswith("? 4")
    assert ("every capsule splits its output equally" in words(app)) == (iterations == 1)
    assert "(Trained with 3 iterations, so lengths mean something else here.)" in words(app)
    assert hand(app)["iterations"] == iterations


def test_one_selection_holds_for_all_below_the_theatre(app: AppTest, tiny_checkpoint: Path) -> None:
    unfold(app, "all")
    session = app.session_state["session"]
    session.choose(step=2)
    session.look_at(focus=7, rival=2, followed=3 * 36 + 2 * 6 + 4)
    app.run()
    assert not app.exception
    given, reading = hand(app), reading_of("cursive-4", tiny_checkpoint)
    assert [given[name] for name in ("iteration", "focus", "rival", "followed")] == [2, 7, 2, 124]
    couplings = " + ".join(f"{coupling:.3f}" for coupling in rounded_shares(reading.couplings[1, 124], 3))
    assert f"couplings of channel 3, row 2, column 4 sum to 1: {couplings}" in unescape(words(app))
    assert [app.number_input(key=f"primary-{axis}").value for axis in ("channel", "row", "column")] == [3, 2, 4]


def test_a_capsule_is_followed_by_number(app: AppTest, tiny_checkpoint: Path) -> None:
    unfold(app, "all")
    for key, value in zip(("primary-channel", "primary-row", "primary-column"), (3, 2, 4), strict=True):
        app.number_input(key=key).set_value(value).run()
    assert not app.exception
    given, reading = hand(app), reading_of("cursive-4", tiny_checkpoint)
    assert given["followed"] == 3 * 36 + 2 * 6 + 4
    assert given["votes"] == packed(reading.votes[given["followed"]])


def test_what_was_meant_is_the_rival(app: AppTest) -> None:
    pills: Any = next(group for group in app.get("button_group") if str(getattr(group, "key", "")).startswith("meant"))
    pills.set_value(7).run()
    assert hand(app)["rival"] == 7


def test_another_digit_forgets_what_was_followed(app: AppTest) -> None:
    app.session_state["session"].look_at(followed=3)
    draw_like(app, "school-0")
    assert not app.exception
    assert app.session_state["session"].look.followed is None


def test_what_is_not_opened_is_not_made(app: AppTest) -> None:
    assert not app.get("download_button")
    assert not app.get("plotly_chart")
    unfold(app, "all")
    unfold(app, "home")
    assert len(app.get("download_button")) == 4
    assert len(app.get("plotly_chart")) == 1
    assert not app.exception


def test_the_sums_of_columns_are_said_to_be_unbounded(app: AppTest, tiny_checkpoint: Path) -> None:
    unfold(app, "all")
    columns = reading_of("cursive-4", tiny_checkpoint).couplings[-1].sum(axis=0)
    assert "A column can have any sum" in words(app)
    assert f"over all 144 primary capsules it is {columns.max():.1f} for" in words(app)


def test_an_empty_canvas_asks_for_a_digit(app: AppTest) -> None:
    clear(app)
    assert not app.exception
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("iterations", [1, 10])
def test_all_that_opens_with_one_and_with_ten_iterations(app: AppTest, iterations: int) -> None:
    unfold(app, "all")
    unfold(app, "home")
    app.number_input(key="iterations").set_value(iterations).run()
    app.session_state["session"].choose(step=1)
    app.run()
    assert not app.exception
    assert (hand(app)["iteration"], hand(app)["iterations"]) == (1, iterations)
