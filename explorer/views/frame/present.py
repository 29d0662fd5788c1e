"""A page shown to a room: in larger type, without what only the person at the keyboard needs."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from explorer.components.step_keys import step_keys
from explorer.session import Session
from explorer.text import Say

SWITCH = "present"
"""Key of the button that begins and ends it."""


def switch(session: Session, say: Say) -> None:
    """The button that begins a presentation, or ends it."""
    presenting = session.page.present
    name = say("present.end" if presenting else "present.start")
    icon = ":material/close_fullscreen:" if presenting else ":material/co_present:"

    def turn() -> None:
        session.set_up(present=not presenting)

    st.button(name, key=SWITCH, type="tertiary", icon=icon, help=name, on_click=turn)


def dress(session: Session) -> None:
    """The page as a room needs it, and the key that leads back."""
    with st.container(key="presenting"):  # always: nothing that stands below it moves, or it would be made anew
        if session.page.present:
            st.html(Path(__file__).with_name("present.css"))
            step_keys({"Escape": SWITCH}, key="present-keys")
