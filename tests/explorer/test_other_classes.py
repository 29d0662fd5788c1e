"""Nothing assumes ten digits: a network of twenty kinds of clothes in the app."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from capsnet import checkpoint
from explorer.digit_library import examples
from explorer.presets import load_presets, render
from tests.capsnet.samples import DIGIT_CONFIG, make_card, small_model
from tests.explorer.pages import captions, draw, open_page, prediction

CLOTHES = tuple(f"{colour} {garment}" for colour in ("red", "woollen") for garment in "abcdefghij")
SQUARE = render((((60.0, 60.0), (220.0, 60.0), (220.0, 220.0), (60.0, 220.0), (60.0, 60.0)),), 18)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    config = replace(DIGIT_CONFIG, classes=CLOTHES)
    file = tmp_path / "clothes.safetensors"
    checkpoint.write(file, small_model(config, votes=9), make_card(config))
    monkeypatch.setattr("sys.argv", ["app.py", "--checkpoint", str(file)])
    return open_page().run()


def test_digits_step_back(app: AppTest) -> None:
    assert not app.exception
    assert prediction(app).startswith("Draw")
    assert "Nothing drawn yet" in captions(app)
    app.session_state["sources"] = True
    app.run()
    assert not app.tabs
    assert app.file_uploader(key="upload")


def test_a_drawing_is_read_as_one_of_the_classes(app: AppTest) -> None:
    draw(app, SQUARE)
    assert not app.exception
    assert prediction(app).removeprefix("? ") in CLOTHES


def test_the_class_meant_is_chosen_from_a_list(app: AppTest) -> None:
    draw(app, SQUARE)
    read = prediction(app).removeprefix("? ")
    meant = next(name for name in CLOTHES if name != read)
    chosen = next(box for box in app.selectbox if box.key == "meant")
    assert chosen.options == list(CLOTHES)
    chosen.select(CLOTHES.index(meant)).run()
    assert not app.exception
    assert CLOTHES[app.session_state["session"].look.meant] == meant


def test_examples_are_for_networks_that_know_digits() -> None:
    assert examples(CLOTHES) == []
    assert examples(tuple("0123456789")) == list(load_presets())
    some = examples(("3", "7"))
    assert {preset.label for preset in some} == {"3", "7", None}
