"""`streamlit run explorer/app.py`: the page's set-up, the digit panel that stays on every page, and navigation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from capsnet.checkpoint import CheckpointError
from explorer import state, weights
from explorer.text import say
from explorer.views import header, overview, panel, pose, routing, sources


def main() -> None:
    """One run of the script: header, panel, page."""
    st.set_page_config(page_title=say("app.title"), page_icon=panel.icon(), layout="wide")
    st.html(Path(__file__).with_name("app.css"))
    try:
        checkpoint = header.show()
    except CheckpointError as error:
        st.error(f"{say('app.broken')} {error}", icon=":material/error:")
        st.stop()
    state.begin(sources.first_digit(checkpoint.card.config.classes), checkpoint.digest)
    left, right = st.columns([31, 75], gap="medium")
    with left, st.container(key="panel", gap="xsmall"):
        digit = panel.draw(checkpoint)
        reading = None if digit.image is None else weights.reading(checkpoint, digit.image, state.iterations())
        panel.answer(digit, reading)
    pages = [
        st.Page(
            lambda: overview.show(checkpoint, reading),
            title=say("app.overview"),
            icon=":material/visibility:",
            help=say("app.overview_help"),
            url_path="overview",
            default=True,
        ),
        st.Page(
            lambda: routing.show(checkpoint, reading),
            title=say("app.routing"),
            icon=":material/hub:",
            help=say("app.routing_help"),
            url_path="routing",
        ),
        st.Page(
            lambda: pose.show(checkpoint, reading),
            title=say("pose.title"),
            icon=":material/tune:",
            help=say("pose.help"),
            url_path="pose",
        ),
    ]
    page = st.navigation(pages, position="top")
    with st.container(horizontal=True, horizontal_alignment="distribute", key="phone-pages"):
        for link in pages:
            st.page_link(link, width="content")
    with right:
        page.run()


main()
