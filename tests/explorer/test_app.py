"""The app without a browser: every page, every example, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from capsnet import checkpoint
from explorer.text import Say
from explorer.views.pages import PAGES, Page
from tests.explorer.pages import captions, clear, draw_like, open_page, prediction

pytestmark = pytest.mark.usefixtures("tiny_app")


say = Say()


@pytest.fixture
def app(tiny_app: None) -> AppTest:  # noqa: ARG001 - the network that it begins with
    return open_page()


def meant(app: AppTest) -> Any:
    """The choice of the digit that was meant."""
    return next(group for group in app.get("button_group") if str(group.key).startswith("meant"))


def test_it_opens_with_a_digit_already_read(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert prediction(app).startswith("4")
    assert "Example" in captions(app)


def test_a_drawing_is_read_and_named_as_such(app: AppTest) -> None:
    app.run()
    draw_like(app, "school-3")
    assert not app.exception
    assert prediction(app).startswith("3")
    assert "Your drawing" in captions(app)


def test_another_digit_forgets_what_was_meant(app: AppTest) -> None:
    app.run()
    meant(app).set_value(9).run()
    assert app.session_state["session"].look.meant == 9
    draw_like(app, "school-0")
    assert app.session_state["session"].look.meant is None


def test_a_broken_network_is_said_in_a_sentence(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tiny_checkpoint: Path
) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(tiny_checkpoint.read_bytes()[:1000])
    monkeypatch.setattr("sys.argv", ["app.py", "--checkpoint", str(broken)])
    app.run()
    assert not app.exception
    assert "broken.safetensors" in unescape(app.error[0].value)
    assert "truncated" in app.error[0].value


def test_in_place_of_a_broken_network_another_one_can_be_used(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tiny_checkpoint: Path
) -> None:
    file = tmp_path / "mine.safetensors"
    file.write_bytes(tiny_checkpoint.read_bytes())
    monkeypatch.setattr("sys.argv", ["app.py", "--checkpoint", str(file)])
    app.query_params["digit"] = "e.school-7"
    app.run()
    assert not app.error
    file.write_bytes(b"replaced while the app runs")
    app.run()
    assert "mine.safetensors" in unescape(app.error[0].value)
    app.button(key="other-mnist").click().run()
    assert not app.error
    assert not app.exception
    assert app.session_state["session"].network == "mnist"
    assert prediction(app).startswith("7")
    file.unlink()
    app.run()
    assert not app.exception
    assert not app.error  # this session has another


def test_a_pose_is_believed_for_the_trained_number_of_iterations_only() -> None:
    for iterations, words in (
        (3, "The network classifies this as 4, length"),
        (2, "its doubt thresholds hold only for 3"),
    ):
        app = open_page("pose")
        app.query_params["iterations"] = str(iterations)
        app.run()
        app.toggle(key="pose-plain").set_value(True).run()
        assert not app.exception
        assert words in app.text[0].value
        assert ("hold only for 3" in app.text[0].value) == (iterations != 3)


def test_an_empty_canvas_is_no_digit(app: AppTest) -> None:
    app.run()
    clear(app)
    assert not app.exception
    assert prediction(app).startswith("Draw")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_shows_a_digit_and_without_one_offers_examples(page: Page) -> None:
    app = open_page("" if page is PAGES[0] else page.name)
    app.run()
    assert not app.exception
    assert say(f"{page.name}.empty") not in [element.value for element in app.markdown]
    clear(app)
    assert not app.exception
    assert say("panel.start_with") in [element.value for element in app.markdown]
    assert say(f"{page.name}.empty") in [element.value for element in app.markdown]


def test_what_accuracy_was_measured_on_is_said(
    tiny_checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = checkpoint.read(tiny_checkpoint)
    for held_out, words in ((0, "% correct on its test set"), (7, "% correct on held-out training images")):
        file = tmp_path / f"{held_out}.safetensors"
        checkpoint.write(file, kept.model, replace(kept.card, recipe={**kept.card.recipe, "held_out": held_out}))
        monkeypatch.setattr("sys.argv", ["app.py", "--checkpoint", str(file)])
        assert f"{100 * kept.card.test_accuracy:.2f}{words}" in captions(open_page().run())
