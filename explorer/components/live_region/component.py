"""Words for screen readers, said when they change.

A component of our own: Streamlit has no live regions, and it writes what it shows in several steps, each of which
would be said.
"""

from __future__ import annotations

from pathlib import Path

from explorer.components.registry import register

_component = register(
    "capsnet_live_region",
    Path(__file__).parent,
    css="component.css",
    html='<div role="status" aria-live="polite" aria-atomic="true"></div>',
)


def say_aloud(words: str, *, key: str) -> None:
    """Has screen readers say words, once, when they have done with what they are saying; nothing is to be seen.

    Args:
        words: plain text; the same as before is not said again.
        key: names the element.
    """
    _component(key=key, data={"words": words}, height=1)
