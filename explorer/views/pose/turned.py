"""The digit turned, on the pose page."""

from __future__ import annotations

import streamlit as st

from explorer.components.turn import turn
from explorer.networks import threads
from explorer.turning import read_turned
from explorer.views.visit import Visit


def render(visit: Visit, capsule: int) -> None:
    """What stays and what slides when the digit is turned; the server reads only where it was asked to."""
    session, reading = visit.session, visit.capsules
    read = None
    if session.look.turned:
        with threads(1):
            read = read_turned(visit.network.checkpoint.model, reading.image, capsule, reading.iterations)
    with st.container(key="turn"):
        turn(
            visit.network.digest,
            reading,
            capsule,
            read,
            lambda: session.look_at(turned=True),
            visit.say,
            visit.palette,
            key="turn-component",
        )
