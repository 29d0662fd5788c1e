"""What the browser knows and Streamlit doesn't tell: how wide the screen is, and which mark of a chart was clicked.

Streamlit reports selections of scatter points only; here a click on any mark comes, the cells of a heat map too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

NARROW = 640
"""A page less wide, in screen pixels, gets the figures of a phone."""

_component = st.components.v2.component(
    "capsnet_listener",
    js=(Path(__file__).parent / "component.js").read_text(encoding="utf-8"),
    html='<span hidden class="listener"></span>',
)


@dataclass(frozen=True)
class Click:
    """A mark of a chart that was clicked."""

    chart: str
    """The chart's key."""
    index: tuple[int, ...]
    """The mark's number in its trace, or a heat map's row and column."""
    value: Any
    """The mark's `customdata`; None: it has none."""


def listen(key: str, clicked: Callable[[Click], None]) -> None:
    """Listens from now on, once a page; elements and their state are named by `key`.

    Args:
        key: where `narrow` finds what was heard.
        clicked: called when a mark of a chart is clicked.
    """

    def pass_on() -> None:
        click = st.session_state[key]["click"]
        if click:
            clicked(Click(click["chart"], tuple(click["index"]), click["value"]))

    _component(key=key, data={"narrow": NARROW}, height=1, on_click_change=pass_on, on_narrow_change=lambda: None)


def narrow(key: str) -> bool:
    """Whether the screen is a phone's; not known, and taken for no, before the browser has said so."""
    heard = st.session_state.get(key)
    return bool(heard and heard.get("narrow"))
