"""Widgets that show the session: what is chosen is kept there, also when the widget has gone meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from explorer.views.widgets import bound, close, close_if_asked


class Widget:
    """Stands in for one of Streamlit's: keeps what it was made with."""

    def __call__(self, label: str, *options: Any, key: str, on_change: Any, **more: Any) -> Any:
        self.made = (label, options, key, more)
        self.on_change = on_change
        return st.session_state[key]


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


def test_a_widget_shows_the_session_whatever_it_showed_before(state: dict[str, Any]) -> None:
    state["key"], widget = 3, Widget()
    assert bound(widget, "label", [3, 7], key="key", value=7, chosen=print, horizontal=True) == 7
    assert widget.made == ("label", ([3, 7],), "key", {"horizontal": True})


def test_a_choice_is_passed_on(state: dict[str, Any]) -> None:
    heard: list[Any] = []
    widget = Widget()
    bound(widget, "label", key="key", value=7, chosen=heard.append)
    state["key"] = 3
    widget.on_change()
    state["key"] = None
    widget.on_change()
    assert heard == [3]


def test_nothing_can_be_a_choice(state: dict[str, Any]) -> None:
    heard: list[Any] = []
    widget = Widget()
    bound(widget, "label", key="key", value=7, chosen=heard.append, nothing=True)
    state["key"] = None
    widget.on_change()
    assert heard == [None]


def test_a_widget_that_is_gone_says_nothing(state: dict[str, Any]) -> None:
    heard: list[Any] = []
    widget = Widget()
    bound(widget, "label", key="key", value=7, chosen=heard.append, nothing=True)
    del state["key"]
    widget.on_change()
    assert heard == []


def test_a_popover_is_closed_by_its_key(state: dict[str, Any]) -> None:
    close_if_asked("sources")
    assert state == {}
    close("sources")
    close_if_asked("sources")
    assert state == {"sources": False}
