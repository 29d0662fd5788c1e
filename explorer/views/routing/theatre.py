"""The theatre of one reading: what it shows and what is written in it."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from explorer import captions
from explorer.figures import theatre as figures
from explorer.figures.theatre import Scene
from explorer.measures import over_iterations
from explorer.palette import Palette
from explorer.reading import CapsuleReading
from explorer.text import Say

KEY = "theatre"
"""Of the chart."""


def scene(reading: CapsuleReading, pair: tuple[int, int]) -> Scene:
    """What the theatre shows of a capsule and its rival."""
    couplings = over_iterations.coupling_maps(reading)
    limit = over_iterations.coupling_colour_limit(couplings)
    return Scene(couplings, reading.lengths, limit, reading.classes, *pair)


def figure(shown: Scene, say: Say, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """The theatre, for a wide page or a phone's, light or dark."""
    return figures.theatre(shown, captions.theatre_labels(shown, say), palette, narrow=narrow)


def controls(shown: Scene, say: Say) -> dict[str, Any]:
    """What plays it is told."""
    return figures.controls(shown, captions.theatre_labels(shown, say))


def alt(shown: Scene, say: Say) -> str:
    """What the theatre shows, for screen readers."""
    names = shown.classes
    return say("routing.theatre_alt", count=len(names), name=names[shown.winner], rival=names[shown.rival])
