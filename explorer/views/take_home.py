"""Take it home: the routing of this digit as files."""

from __future__ import annotations

import streamlit as st

from explorer.measures import routing
from explorer.reading import DigitReading
from explorer.take_home.animation import theatre_gif
from explorer.take_home.numbers import couplings_csv, readings_npz
from explorer.take_home.page import standalone_html
from explorer.text import say
from explorer.views import stage
from explorer.views.look import Look


def show(reading: DigitReading, _look: Look) -> None:
    """A button for each file, made when it is asked for."""
    pair = stage.cast(reading)  # now: files are made later, when no session is at hand
    title = say("take_home.title", name=reading.classes[pair[0]])
    files = {
        "html": (
            "routing.html",
            "text/html",
            lambda: standalone_html(stage.figure(stage.scene(reading, pair)), title, say("take_home.page")),
        ),
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


def _gif(reading: DigitReading) -> bytes:
    maps = routing.coupling_maps(reading)
    return theatre_gif(reading, maps, routing.coupling_reach(maps))
