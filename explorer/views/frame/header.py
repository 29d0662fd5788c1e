"""Which network is at work, in which language, and how others join."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.networks import Network, available
from explorer.session import Session
from explorer.text import Say, languages
from explorer.views.frame import card, join, link, present, terms
from explorer.views.widgets import bound


def render(session: Session, network: Network, say: Say) -> DeltaGenerator:
    """Title, a choice of networks and languages, the network's accuracy, the glossary, the network's card.

    Returns:
        The header, for `share`.
    """
    present.dress(session)
    names = list(available())
    accuracy = 100 * network.card.test_accuracy
    tested = say("header.held_out" if network.card.recipe.get("held_out") else "header.accuracy", accuracy=accuracy)
    header = st.container(horizontal=True, vertical_alignment="center", key="header")
    with header:
        st.markdown(f"**{say('app.title')}**", width="content")
        if len(names) > 1:
            bound(
                st.selectbox,
                say("header.choose"),
                names,
                key="network",
                value=network.name,
                chosen=lambda name: setattr(session, "network", name),
                label_visibility="collapsed",
                width=180,
            )
            st.caption(tested, width="content")
        else:
            st.caption(f"{say.markdown('header.network', name=network.name)} · {tested}", width="content")
        if len(languages()) > 1:
            _language(session, say)
        terms.render(say)
        with st.popover(say("header.card"), type="tertiary", icon=":material/description:"):
            card.render(network, say)
        present.switch(session, say)
    return header


def share(header: DeltaGenerator, session: Session, page: str, say: Say) -> None:
    """The ways to hand on what is seen, once all that a person did in this run is known."""
    with header:
        popover = st.container(key="join", width="content").popover(
            say("header.phones"), type="tertiary", icon=":material/qr_code_2:", on_change="rerun"
        )
        if popover.open:
            with popover:
                join.render(link.of(session, page), say)
        with st.container(key="copy-link", width="content"):
            link.button(session, say)


def _language(session: Session, say: Say) -> None:
    bound(
        st.selectbox,
        say("header.language"),
        languages(),
        key="language",
        value=session.language,
        chosen=lambda language: setattr(session, "language", language),
        format_func=lambda language: Say(language)("language.name"),
        label_visibility="collapsed",
        width=120,
    )
