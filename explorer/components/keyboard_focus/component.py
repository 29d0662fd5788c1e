"""Keyboard focus that is not lost, and that goes into popovers and back.

A component of our own: Streamlit drops the focus where it takes away what has it, and opens its popovers at the end of
the page, far from their buttons in the order of the Tab key.
"""

from __future__ import annotations

from pathlib import Path

from explorer.components.registry import register

_component = register("capsnet_keyboard_focus", Path(__file__).parent, html="<span hidden></span>")


def keep_focus(key: str) -> None:
    """Looks after the focus from now on, once a page."""
    _component(key=key, height=1)
