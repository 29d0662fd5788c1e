"""What all components share on the server: how they are registered, and the guard of what browsers send."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from explorer.components.modules import joined
from explorer.components.served_files import serve_script

Message = TypeVar("Message")
MALFORMED = (AttributeError, LookupError, TypeError, ValueError, OverflowError, RecursionError)
"""What a parser of plain JSON raises where that is not what it expects: also where it is nested without end."""
SMALL = 4000
"""Scripts of fewer characters come with Streamlit's messages, which costs less than fetching them."""
_FETCHED = Path(__file__).parent / "shared" / "fetched.js"


def register(
    name: str, folder: Path, *, script: str = "component.js", css: str = "", html: str = ""
) -> ComponentRenderer:
    """A component of Streamlit, to be mounted by calling it; registered once, at import.

    Args:
        name: unlike those of all other components.
        folder: where its files are.
        script: its entry script, an ES module whose default export Streamlit calls; what it imports comes with it. A
            long one is fetched by the browser once: Streamlit sends scripts anew with each change of their data.
        css: its style sheet's file; "": none.
        html: what stands in it before the script runs; no words, which depend on the session's language.

    Raises:
        ModuleError: the script's modules cannot be joined.
        FileNotFoundError: there is no such style sheet.
    """
    style = (folder / css).read_text(encoding="utf-8") if css else None
    return st.components.v2.component(name, js=_sent(name, joined(folder / script)), css=style, html=html or None)


def _sent(name: str, script: str) -> str:
    """What goes with every message of a component: its script, or one that fetches it once, where it can be served."""
    if len(script) < SMALL:
        return script
    try:
        address = serve_script(name, script)
    except OSError:  # a full disk
        return script
    return f"const SCRIPT = {json.dumps(address)}\n{joined(_FETCHED)}"


def handler(
    key: str, event: str, act: Callable[[Message], None], parse: Callable[[Any], Message]
) -> Callable[[], None]:
    """What Streamlit calls when a browser has sent something: the one guard of all that comes from there.

    Nothing happens where the element or its state is gone meanwhile, where nothing was sent, or where `parse` refuses.

    Args:
        key: of the element.
        event: the name under which the browser sends.
        act: called with the message.
        parse: makes the message of what was sent, plain JSON; raises one of `MALFORMED` where that is malformed.
    """

    def handle() -> None:
        sent = received(key, event)
        if sent is None:
            return
        try:
            message = parse(sent)
        except MALFORMED:
            return
        act(message)

    return handle


def received(key: str, event: str) -> Any:
    """What the browser sent last under an element's key and an event's name; None: nothing, or it is gone."""
    state = st.session_state.get(key)
    return state.get(event) if isinstance(state, Mapping) else None


def index_below(count: int) -> Callable[[Any], int]:
    """A parser of whole numbers from 0 to below `count`."""

    def parse(sent: Any) -> int:
        if isinstance(sent, bool) or not isinstance(sent, int) or not 0 <= sent < count:
            raise ValueError(f"expected a whole number from 0 to below {count}")
        return sent

    return parse
