"""What all figures share: colours that colour-blind people can tell apart, and a bare layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
ColourScale = str | Sequence[str] | Sequence[Sequence[object]]

READ, OTHER, MEANT = "#0072b2", "#8a99a8", "#d55e00"
"""The capsule read, all others, and the one that was meant (Okabe and Ito's blue and vermilion, and a grey)."""
INK = ["rgb(0,0,0)", "rgb(255,255,255)"]
ACTIVITY = "cividis"
SIGNED = "RdBu_r"
"""Diverging about zero: red for, blue against."""


def bare(figure: go.Figure, height: int, **layout: Any) -> go.Figure:
    """A figure without margins, grid, zoom or background of its own."""
    figure.update_layout(
        height=height,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        dragmode=False,
        font={"size": 15},
        **layout,
    )
    return figure


GLOWING = [[0, "#4aa3ff"], [0.5, "#7d8790"], [1, "#ff7a45"]]
"""The same for marks on a black picture: orange for, blue against, both bright."""

TRACK = "rgba(138,153,168,0.28)"
"""What a growing bar grows upon."""


def diverging(dark: bool) -> ColourScale:
    """A scale about zero whose middle is near the page's colour: blue below, orange above."""
    if dark:
        return [[0, "#7cc0ff"], [0.25, "#2f74b5"], [0.5, "#26313c"], [0.75, "#c4571a"], [1, "#ffb27a"]]
    return [[0, "#0b3c73"], [0.25, "#5b9bd0"], [0.5, "#eceff2"], [0.75, "#e58a4f"], [1, "#8f2d00"]]


def accents(dark: bool) -> tuple[str, str]:
    """The colours of the capsule looked at and of its rival, as bright as the page needs."""
    return ("#5aa9e6", "#ff8a4a") if dark else (READ, MEANT)


def page_ink(dark: bool) -> str:
    """The colour of words on the page, as in `.streamlit/config.toml`."""
    return "#e8eef4" if dark else "#1b2733"
