"""The digit turned, on the pose page."""

from __future__ import annotations

import streamlit as st

from explorer.components.turn import turn
from explorer.networks import Network, threads
from explorer.reading import CapsuleReading
from explorer.turning import read_turned
from explorer.views.visit import Visit


def render(visit: Visit, network: Network, reading: CapsuleReading, capsule: int, *, at_once: bool = False) -> None:
    """What stays and what slides when the digit is turned; the server reads only where it was asked to.

    Args:
        visit: of the page.
        network: with capsules; the one at work can be asked in the browser, too.
        reading: its reading of the digit.
        capsule: j, whose length and pose are looked at.
        at_once: whether the server reads without being asked, as no browser can.
    """
    session = visit.session
    read = None
    if at_once or session.look.turned:
        with threads(1):
            read = read_turned(network.checkpoint.model, reading.image, capsule, reading.iterations)
    with st.container(key="turn"):
        turn(
            network.digest,
            reading,
            capsule,
            read,
            lambda: session.look_at(turned=True),
            visit.say,
            visit.palette,
            key="turn-component",
        )
