"""Take it home: the routing of this digit as files."""

from __future__ import annotations

import streamlit as st

from explorer import captions
from explorer.exports.csv import couplings_csv
from explorer.exports.gif import routing_gif
from explorer.exports.html import theatre_html
from explorer.exports.npz import reading_npz
from explorer.measures import over_iterations
from explorer.palette import Palette
from explorer.reading import DigitReading
from explorer.text import say
from explorer.views import stage
from explorer.views.look import Look, colours


def show(reading: DigitReading, _look: Look) -> None:
    """A button for each file, made when it is asked for."""
    scene, palette = stage.scene(reading, stage.cast(reading)), colours()  # now: later no session is at hand
    files = {
        "html": (
            "routing.html",
            "text/html",
            lambda: theatre_html(scene, captions.theatre_labels(scene, say), say),
        ),
        "gif": ("routing.gif", "image/gif", lambda: _gif(reading, palette)),
        "csv": ("couplings.csv", "text/csv", lambda: couplings_csv(reading, say)),
        "npz": ("reading.npz", "application/octet-stream", lambda: reading_npz(reading, say)),
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


def _gif(reading: DigitReading, palette: Palette) -> bytes:
    maps = over_iterations.coupling_maps(reading)
    return routing_gif(reading, maps, over_iterations.coupling_colour_limit(maps), say, palette)
