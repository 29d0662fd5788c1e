"""The one place where a session meets Streamlit."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer.session.session import Session


def current(begin: Callable[[], Session]) -> Session:
    """The session of the person at work; `begin` makes it on the first run."""
    kept = st.session_state
    if "session" not in kept:
        kept["session"] = begin()
    session: Session = kept["session"]
    return session


def forget() -> None:
    """Ends the session, so that the next run begins one as the address says."""
    st.session_state.pop("session", None)
