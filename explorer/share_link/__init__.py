"""The browser's address line, kept at the view that is seen, and a button that copies it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_component = st.components.v2.component(
    "capsnet_share_link",
    css=(_FOLDER / "share_link.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "share_link.js").read_text(encoding="utf-8"),
    html='<button type="button" class="copy"></button><span role="status"></span>',
)


def share_link(parameters: str, words: Mapping[str, str], *, key: str) -> None:
    """Puts parameters into the address line, without a new entry in the browser's history, and shows the button.

    Args:
        parameters: as they stand behind the question mark.
        words: "copy_link", "link_copied", and "link_by_hand", said where a browser lets no script copy.
        key: names the element.
    """
    _component(key=key, data={"parameters": parameters, "words": dict(words)})
