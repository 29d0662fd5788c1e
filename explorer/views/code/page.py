"""The code page: the network's files whole, and the race that runs with the lines of routing."""

from __future__ import annotations

import streamlit as st

from explorer.annotations import FILES
from explorer.views.code.excerpt import whole
from explorer.views.routing import race
from explorer.views.visit import Visit
from explorer.views.widgets import bound

FIRST = next(iter(FILES))


def render(visit: Visit) -> None:
    """A tab for each file; routing with the race below it."""
    say, session = visit.say, visit.session
    file = session.page.code or FIRST
    with st.container(key="code-head", horizontal=True, vertical_alignment="center"):
        st.markdown(f"## {say('code.heading')}", width="content")
        bound(
            st.segmented_control,
            say("code.file"),
            list(FILES),
            key="code-file",
            value=file,
            chosen=lambda name: session.set_up(code=name),
            format_func=lambda name: f"{name}.py",
            label_visibility="collapsed",
            required=True,
        )
    st.caption(say("code.sub_line"))
    whole(visit, file)
    if file == FIRST:
        race.render(visit, visit.capsules)
