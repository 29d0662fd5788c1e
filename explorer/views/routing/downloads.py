"""The routing of this digit as files to take home."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer.exports.csv import couplings_csv
from explorer.exports.gif import routing_gif
from explorer.exports.html import routing_html
from explorer.exports.npz import reading_npz
from explorer.measures import over_iterations
from explorer.reading import CapsuleReading
from explorer.views.routing import by_hand, race
from explorer.views.routing.selection import Selection
from explorer.views.visit import Visit


def render(visit: Visit, reading: CapsuleReading, selection: Selection) -> None:
    """A button for each file, made when it is asked for."""
    say, palette = visit.say, visit.palette
    parts = {"race": race.given(visit, reading, selection), "by_hand": by_hand.given(visit, reading, selection)}

    def gif() -> bytes:
        maps = over_iterations.coupling_maps(reading)
        return routing_gif(reading, maps, over_iterations.coupling_colour_limit(maps), say, palette)

    files: dict[str, tuple[str, str, Callable[[], bytes]]] = {
        "html": ("routing.html", "text/html", lambda: routing_html(parts, reading.classes[selection.digit], say)),
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
