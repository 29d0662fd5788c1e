"""The language that the page is in: Streamlit calls every page English."""

from __future__ import annotations

from pathlib import Path

from explorer.components.registry import register

_component = register("capsnet_page_language", Path(__file__).parent, html="<span hidden></span>")


def set_page_language(tag: str, key: str) -> None:
    """Tells the browser the language of the whole page, once a page.

    Args:
        tag: as in HTML (BCP 47), such as "ja" or "zh-Hans".
        key: of the element.
    """
    _component(key=key, data={"tag": tag}, height=1)
