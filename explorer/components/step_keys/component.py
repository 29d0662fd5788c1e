"""Keys that press buttons of the page, such as arrow keys that press back and next.

A component of our own: a `shortcut` of Streamlit's also presses its button where the arrow keys move a slider, or
anything within a component.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from explorer.components.registry import register

_component = register("capsnet_step_keys", Path(__file__).parent, html="<span hidden></span>")


def step_keys(buttons: Mapping[str, str], *, key: str) -> None:
    """Has keys, named as a browser does ("ArrowLeft"), press the buttons of these Streamlit keys."""
    _component(key=key, data={"buttons": dict(buttons)}, height=1)
