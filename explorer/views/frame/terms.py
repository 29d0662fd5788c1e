"""The few terms that a page cannot be read without, each in a sentence."""

from __future__ import annotations

import streamlit as st

from explorer.text import Say, glossary

SHOWN = ("capsule", "vote", "coupling", "agreement", "squash", "pose")


def render(say: Say) -> None:
    """A button that opens them."""
    with (
        st.container(key="terms", width="content"),
        st.popover(say("header.terms"), type="tertiary", icon=":material/menu_book:"),
    ):
        entries = glossary(say.language)
        st.markdown("\n\n".join(f"**{entries[key].term}** — {entries[key].meaning}" for key in SHOWN))
