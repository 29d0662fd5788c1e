"""Links without a browser: what the app makes of the parameters that it is opened with."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as strategies
from streamlit.testing.v1 import AppTest

from explorer.session import Example, MnistDigit, Session
from explorer.session.address import FIELDS, shared
from explorer.text import Say
from tests.capsnet.samples import write_idx_files
from tests.explorer.pages import open_page, prediction

pytestmark = pytest.mark.usefixtures("tiny_app")
say = Say()


def opened(**parameters: str) -> AppTest:
    app = open_page()
    app.query_params.update(parameters)
    app.run()
    assert not app.exception
    return app


def session(app: AppTest) -> Session:
    found: Session = app.session_state["session"]
    return found


def notices(app: AppTest) -> str:
    return unescape(" ".join(element.value for element in app.info))


def test_an_example_is_opened() -> None:
    app = opened(digit="e.school-3", meant="8", iterations="5")
    assert session(app).digit.origin == Example("school-3")
    assert (session(app).look.meant, session(app).choices.iterations) == (8, 5)
    assert say("panel.iterations", count=5, trained=3) in notices(app)


def test_an_empty_canvas_is_opened() -> None:
    assert prediction(opened(digit="-")).startswith("Draw")


def test_a_digit_of_mnist_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPSNET_DATA", str(tmp_path))
    labels = write_idx_files(tmp_path)[1]
    st.cache_resource.clear()
    assert session(opened(digit="m.11")).digit.origin == MnistDigit(11, str(int(labels[11])))
    assert say("link.broken", fields="digit") in notices(opened(digit="m.9999"))


def test_a_digit_of_mnist_that_is_not_here_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPSNET_DATA", str(tmp_path))
    st.cache_resource.clear()
    app = opened(digit="m.11")
    assert say("link.broken", fields="digit") in notices(app)
    assert prediction(app).removeprefix("? ").startswith("4")


def test_a_notice_is_said_once() -> None:
    app = opened(digit="e.nobody")
    assert "digit" in notices(app)
    app.run()
    assert notices(app) == ""


def test_a_network_is_opened_by_its_name_and_another_one_in_its_place() -> None:
    assert session(opened(network="mnist-4cfe93cc")).network == "mnist"
    app = opened(network="<b>nobody</b>-12345678")
    assert session(app).network != "nobody"
    assert "The network <b>nobody</b> of this link is not available here" in notices(app)
    assert "weights" in notices(opened(network="mnist-00000000"))


def test_what_is_shared_is_opened_by_the_app() -> None:
    first = opened(digit="e.cursive-7", focus="2", rival="5", followed="17", step="2", meant="1")
    again = opened(**shared(session(first)))
    assert shared(session(again)) == shared(session(first))
    assert notices(again) == ""


@given(
    strategies.dictionaries(
        strategies.sampled_from([field.name for field in FIELDS]),
        strategies.text(max_size=30) | strategies.sampled_from(["-", "0", "e.school-1", "9" * 99, "p.x", "s.x"]),
        max_size=6,
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_app_opens_whatever_strangers_write(parameters: dict[str, str]) -> None:
    opened(**parameters)
