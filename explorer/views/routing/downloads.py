"""The routing of this digit as files to take home."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer import captions
from explorer.exports.csv import couplings_csv
from explorer.exports.gif import routing_gif
from explorer.exports.html import theatre_html
from explorer.exports.npz import reading_npz
from explorer.measures import over_iterations
from explorer.reading import CapsuleReading
from explorer.views.routing import theatre
from explorer.views.routing.selection import Selection, pair_shown
from explorer.views.visit import Visit


def render(visit: Visit, reading: CapsuleReading, _selection: Selection) -> None:
    """A button for each file, made when it is asked for."""
    say, palette = visit.say, visit.palette
    scene = theatre.scene(reading, pair_shown(visit.session, reading))  # now: later, no session is at hand

    def gif() -> bytes:
        maps = over_iterations.coupling_maps(reading)
        return routing_gif(reading, maps, over_iterations.coupling_colour_limit(maps), say, palette)

    files: dict[str, tuple[str, str, Callable[[], bytes]]] = {
        "html": ("routing.html", "text/html", lambda: theatre_html(scene, captions.theatre_labels(scene, say), say)),
        "gif": ("routing.gif", "image/gif", gif),
        "csv": ("couplings.csv", "text/csv", lambda: couplings_csv(reading, say)),
        "npz": ("reading.npz", "application/octet-stream", lambda: reading_npz(reading, say)),
    }
    with st.container(horizontal=True, key="take-home"):
        for kind, (name, mime, make) in files.items():
            st.download_button(
                say(f"exports.file_{kind}"),
                make,
                name,
                mime,
                key=f"take-{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
    st.caption(say("exports.files"))
