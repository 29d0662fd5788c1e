"""What all figures share: a bare layout, words that are no markup, and figures made without delay."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import Any

import plotly.graph_objects as go

from explorer.palette import Palette

Parts = dict[str, Any]
"""A trace, a layout or a part of one, as Plotly's schema names them."""

CLEAR = "rgba(0,0,0,0)"
HIDDEN_AXIS: Parts = {"visible": False, "fixedrange": True}
FONT_SIZE = 15


def figure(traces: list[Parts], layout: Parts, frames: list[Parts] | None = None) -> go.Figure:
    """A figure from plain dictionaries.

    Plotly checks each value of a figure against its schema, which takes longer than all else that a page does. Here it
    doesn't, and the tests have every figure checked instead.
    """
    return go.Figure(data=traces, layout=layout, frames=frames or [], _validate=False)


def bare(height: float, palette: Palette, **layout: Any) -> Parts:
    """A layout without margins, grid, zoom or background of its own; words in the page's ink."""
    return {
        "height": height,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "font": {"size": FONT_SIZE, "color": palette.ink},
    } | layout


def still_axis(palette: Palette, size: float) -> Parts:
    """An axis with a pale grid that no finger moves; its numbers in the page's ink, of this size in pixels."""
    return {
        "fixedrange": True,
        "gridcolor": palette.line,
        "zeroline": False,
        "linecolor": palette.line,
        "tickfont": {"size": size, "color": palette.ink},
    }


def plain(name: str) -> str:
    """A name as Plotly writes it as it is: what looks like HTML, a formula or a place in a template is none."""
    return escape(name, quote=False).replace("$", "&#36;").replace("%{", "&#37;{")


def note(text: str, **place: Any) -> Parts:
    """Words at a place, as an entry of `layout.annotations`."""
    return {"text": text, "showarrow": False} | place


def text_width(text: str, size: float) -> float:
    """About how wide a text is, in screen pixels; rather too wide than too narrow."""
    return size * sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.6 for letter in text)
