"""Which network is at work, in which language, and how others join."""

from __future__ import annotations

import streamlit as st

from explorer.networks import Network, available
from explorer.session import Session
from explorer.text import Say, languages
from explorer.views.frame import card, join
from explorer.views.widgets import bound

NAMES = {"en": "English", "zh": "中文", "ja": "日本語"}
"""What languages call themselves."""


def render(session: Session, network: Network, say: Say, link: str) -> None:
    """Title, a choice of networks and languages, the network's accuracy and card, and the way to join.

    Args:
        session: of the person at work.
        network: the one at work.
        say: the words.
        link: path and parameters of this very view, to be joined by phone.
    """
    names = list(available())
    accuracy = 100 * network.card.test_accuracy
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
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
            st.caption(say("header.accuracy", accuracy=accuracy), width="content")
        else:
            st.caption(say.markdown("header.network", name=network.name, accuracy=accuracy), width="content")
        if len(languages()) > 1:
            _language(session, say)
        with st.popover(say("header.card"), type="tertiary", icon=":material/description:"):
            card.render(network, say)
        with (
            st.container(key="join", width="content"),
            st.popover(
                say("header.phones"), type="tertiary", icon=":material/qr_code_2:", on_change="rerun"
            ) as popover,
        ):
            if popover.open:
                join.render(link, say)


def _language(session: Session, say: Say) -> None:
    bound(
        st.selectbox,
        say("header.language"),
        languages(),
        key="language",
        value=session.language,
        chosen=lambda language: setattr(session, "language", language),
        format_func=lambda language: NAMES.get(language, language),
        label_visibility="collapsed",
        width=120,
    )
