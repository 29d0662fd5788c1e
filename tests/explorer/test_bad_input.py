"""What people see after sending something odd: the right reading or one friendly sentence, and the digit is kept."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from explorer.command_line import USAGE
from explorer.presets import load_presets, render
from explorer.text import Say
from tests.capsnet.pictures import BROKEN, CLEAN, encoded
from tests.explorer.pages import captions, draw, open_page, prediction

pytestmark = pytest.mark.usefixtures("tiny_app")

say = Say()


@pytest.fixture(scope="module")
def app(tiny_checkpoint: Path) -> AppTest:
    """One session for all uploads: each must leave it as it was."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["app.py", "--checkpoint", str(tiny_checkpoint)])
        return open_page().run()


def upload(app: AppTest, name: str, data: bytes) -> None:
    app.session_state["sources"], app.session_state["source-tabs"] = True, say("panel.picture")
    app.run()
    app.file_uploader(key="upload").set_value((name, data, "image/png")).run()
    assert not app.exception


def warnings(app: AppTest) -> list[str]:
    """What is said of the last upload; the words for files that browsers refuse are always there, and mostly hidden."""
    refused = say("panel.picture_refused", most=int(st.get_option("server.maxUploadSize")))
    return [element.value for element in app.warning if element.value != refused]


@pytest.mark.parametrize("name", CLEAN)
def test_pictures_of_every_sort_are_read(app: AppTest, name: str) -> None:
    upload(app, f"{name}.png", CLEAN[name])
    assert prediction(app).startswith("4")
    assert f"Your image {name}.png" in captions(app)
    assert not app.warning
    assert not app.session_state["sources"], "what it stands in covers the answer"


EMPTY = {
    "1 x 1": encoded(Image.new("L", (1, 1))),
    "white": encoded(Image.new("L", (300, 200), 255)),
    "black": encoded(Image.new("RGB", (300, 200))),
    "transparent": encoded(Image.new("RGBA", (300, 200))),
}


@pytest.mark.parametrize("name", [*BROKEN, *EMPTY])
def test_what_cannot_be_read_is_said_once_and_loses_nothing(app: AppTest, name: str) -> None:
    before = prediction(app), captions(app)
    upload(app, f"{name}.png", {**BROKEN, **EMPTY}[name])
    assert len(warnings(app)) == 1
    assert app.file_uploader(key="upload").label == say("panel.upload"), "the next one can be sent at once"
    assert (prediction(app), captions(app)) == before
    app.run()
    assert not warnings(app)


def test_it_is_said_in_the_apps_words(app: AppTest) -> None:
    for name, words in {
        "text named .png": say("panel.picture_not_a_picture"),
        "truncated JPEG": say("panel.picture_damaged"),
        "12,000 x 12,000": say("panel.picture_too_large", most=16),
    }.items():
        upload(app, f"{name}.png", BROKEN[name])
        assert warnings(app) == [words]


def test_the_name_of_a_file_is_text_and_short_enough_to_leave_room(app: AppTest) -> None:
    upload(app, "**w** :red[x] $x$ [l](u) <b>.png", CLEAN[next(iter(CLEAN))])
    assert "Your image **w** :red[x] $x$ [l](u) <b>.png" in captions(app)
    upload(app, "a" * 230 + ".jpeg", CLEAN[next(iter(CLEAN))])
    assert f"Your image {'a' * 26}…{'a' * 8}.jpeg" in captions(app)
    upload(app, "b" * 230 + ".png", EMPTY["white"])
    assert unescape(warnings(app)[0]).startswith(f"No ink found in {'b' * 26}…{'b' * 9}.png")


DOT = render((((140.0, 140.0), (140.0, 140.0)),), 18)
FULL = np.full((280, 280, 4), 255, np.uint8)
EDGE = render(tuple(tuple((x - 80, y) for x, y in stroke) for stroke in load_presets()[4].strokes), 18)


@pytest.mark.parametrize(
    ("pixels", "answer", "words"),
    [
        pytest.param(DOT, "Draw", "Only a dot so far", id="dot"),
        pytest.param(FULL, "?", "Your drawing", id="painted all over"),
        pytest.param(EDGE, "4", "Your drawing", id="at the edge"),
    ],
)
def test_odd_drawings(pixels: np.ndarray, answer: str, words: str) -> None:
    app = open_page().run()
    draw(app, pixels)
    assert not app.exception
    assert prediction(app).startswith(answer)
    assert words in captions(app)


@pytest.mark.parametrize("name", ["missing.safetensors", "folder", "text.safetensors", f"{'a' * 300}", "loop"])
def test_a_network_that_is_none_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.safetensors").write_text("no weights")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    monkeypatch.setattr("sys.argv", ["app.py", "--checkpoint", str(tmp_path / name)])
    app = open_page().run()
    assert not app.exception
    assert name in unescape(app.error[0].value)
    assert any(way in app.error[0].value for way in ("--checkpoint FILE", "copy it again"))


@pytest.mark.parametrize("arguments", [["--checkpoint"], ["--help"]])
def test_a_command_line_that_is_not_understood_is_said_in_the_page(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["app.py", *arguments])
    app = open_page().run()
    assert not app.exception
    said = unescape(app.error[0].value)
    assert f"`{USAGE}`" in said
    assert said.endswith(f"The message was: {arguments[0]}")
