"""Streamlit's widgets as views of the session: what is chosen is kept there, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st


def bound(
    widget: Callable[..., Any],
    label: str,
    *options: Any,
    key: str,
    value: Any,
    chosen: Callable[[Any], object],
    nothing: bool = False,
    **more: Any,
) -> Any:
    """A widget that shows a value of the session.

    Args:
        widget: such as `st.selectbox`.
        label: of the widget.
        options: its other positional arguments; where the first is a sequence, nothing else is chosen.
        key: names the widget.
        value: what it shows, whatever it showed before.
        chosen: called with what a person chooses, before the script runs again.
        nothing: whether None is a choice, too.
        more: its keyword arguments.

    Returns:
        What the widget returns.
    """
    st.session_state[key] = value
    among = options[0] if options else None

    def pass_on() -> None:
        wish = st.session_state.get(key)
        if key not in st.session_state or (wish is None and not nothing):  # gone with its page
            return
        if wish is None or not isinstance(among, Sequence) or wish in among:  # browsers may send anything
            chosen(wish)

    return widget(label, *options, key=key, on_change=pass_on, **more)


def close(popover: str) -> None:
    """Closes a popover that reports whether it is open, by its key, when it is next made: see `close_if_asked`."""
    st.session_state[_closing(popover)] = True


def close_if_asked(popover: str) -> None:
    """Has `close` take effect; stands directly before the popover, whose state can't be set once it is made."""
    if st.session_state.pop(_closing(popover), False):
        st.session_state[popover] = False


def _closing(popover: str) -> str:
    return f"{popover}-closing"
