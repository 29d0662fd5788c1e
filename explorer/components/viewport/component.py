"""How wide the screen is, which Streamlit does not tell."""

from __future__ import annotations

from pathlib import Path

from explorer.components.registry import received, register

NARROW = 640
"""A page at most so wide, in CSS pixels, gets the figures of a phone."""

_component = register("capsnet_viewport", Path(__file__).parent, html="<span hidden></span>")


def watch_viewport(key: str) -> None:
    """Watches the screen's width from now on, once a page; `is_narrow` finds it under the same key."""
    _component(key=key, data={"narrow": NARROW}, height=1, on_narrow_change=lambda: None)


def is_narrow(key: str) -> bool:
    """Whether the screen is a phone's; not known, and taken for no, before the browser has said so."""
    return received(key, "narrow") is True
