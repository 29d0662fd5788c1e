"""The routing of this digit as files to take home."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer.measures import routing
from explorer.reading import CapsuleReading
from explorer.take_home.animation import theatre_gif
from explorer.take_home.numbers import couplings_csv, readings_npz
from explorer.take_home.page import standalone_html
from explorer.views.routing import theatre
from explorer.views.routing.selection import Selection, pair_shown
from explorer.views.visit import Visit


def render(visit: Visit, reading: CapsuleReading, _selection: Selection) -> None:
    """A button for each file, made when it is asked for."""
    say = visit.say
    pair = pair_shown(visit.session, reading)  # now: files are made later, when no session is at hand
    title = say("take_home.title", name=reading.classes[pair[0]])

    def html() -> bytes:
        return standalone_html(theatre.figure(theatre.scene(reading, pair), say), title, say("take_home.page"))

    files: dict[str, tuple[str, str, Callable[[], bytes]]] = {
        "html": ("routing.html", "text/html", html),
        "gif": ("routing.gif", "image/gif", lambda: _gif(reading)),
        "csv": ("couplings.csv", "text/csv", lambda: couplings_csv(reading)),
        "npz": ("reading.npz", "application/octet-stream", lambda: readings_npz(reading)),
    }
    with st.container(horizontal=True, key="take-home"):
        for kind, (name, mime, make) in files.items():
            st.download_button(
                say(f"take_home.file_{kind}"),
                make,
                name,
                mime,
                key=f"take-{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
    st.caption(say("take_home.files"))


def _gif(reading: CapsuleReading) -> bytes:
    maps = routing.coupling_maps(reading)
    return theatre_gif(reading, maps, routing.coupling_reach(maps))
