"""What the views of the routing page look at together."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from explorer.palette import Palette, palette

CHART = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
"""Plotly's settings for charts that are looked at and clicked, not zoomed."""


class Look(NamedTuple):
    """One iteration, one digit and its rival, one primary capsule."""

    iteration: int
    """From 0."""
    digit: int
    rival: int
    capsule: int
    """Index i of the primary capsule followed."""


def colours() -> Palette:
    """The palette of the page, light or dark."""
    return palette(st.context.theme.type == "dark")
