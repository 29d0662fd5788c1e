"""Arrow keys that press two buttons of the page: back and on.

A component of our own: a `shortcut` of Streamlit's also presses its button where the arrow keys move a slider, or
anything within a component.
"""

from __future__ import annotations

from pathlib import Path

from explorer.components.registry import register

_component = register("capsnet_step_keys", Path(__file__).parent, html="<span hidden></span>")


def step_keys(back: str, on: str, *, key: str) -> None:
    """Has the left arrow key press the button of the Streamlit key `back`, and the right one that of `on`."""
    _component(key=key, data={"back": back, "on": on}, height=1)
