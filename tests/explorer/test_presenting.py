"""The switch to a presentation, and the link that opens one."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from explorer.session.address import shared
from explorer.text import Say
from tests.explorer.pages import open_page

pytestmark = pytest.mark.usefixtures("tiny_app")
say = Say()


def presents(app: AppTest) -> bool:
    """Whether the page is dressed for a room, and its link says so."""
    session, switch = app.session_state["session"], app.button(key="present")
    assert not app.exception
    assert switch.label == say("present.end" if session.page.present else "present.start")
    assert (shared(session).get("present") == "1") is bool(session.page.present)
    return bool(session.page.present)


def test_a_switch_begins_and_ends_it() -> None:
    app = open_page("learn").run()
    assert not presents(app)
    assert presents(app.button(key="present").click().run())
    assert not presents(app.button(key="present").click().run())


def test_a_link_opens_one_that_the_switch_ends() -> None:
    app = open_page()
    app.query_params["present"] = "1"
    assert presents(app.run())
    assert not presents(app.button(key="present").click().run())
