"""A film strip of drawings: epochs down, pictures across, above them what was to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.figures.base import Parts, bare, figure, plain
from explorer.palette import INK_SCALE, Palette

GAP = 2
"""Pixels of a drawing between it and the next."""
ROW, NARROW_ROW = 62, 36
"""Height of a row of drawings, in screen pixels."""
SIZE = 14
MOST_ROWS = 10
"""As many epochs are shown; of more, some that lie evenly, the first and the last among them."""


@dataclass(frozen=True)
class Strip:
    """Drawings of the same pictures after several epochs.

    Raises:
        ValueError: shapes do not fit together.
    """

    pictures: NDArray[np.uint8]
    """What was to be drawn, grey ink 0 to 255, [N, H, W]."""
    drawings: NDArray[np.uint8]
    """[E, N, H, W]."""
    names: Sequence[str]
    """Of the pictures, [N]."""
    rows: Sequence[str]
    """What stands beside each row, [E + 1]: the pictures', then the epochs'."""

    def __post_init__(self) -> None:
        if self.drawings.ndim != 4 or self.drawings.shape[1:] != self.pictures.shape:
            shapes = f"{self.pictures.shape} and {self.drawings.shape}"
            raise ValueError(f"pictures must be [N, H, W] and drawings [E, N, H, W]; got {shapes}")
        if len(self.names) != len(self.pictures) or len(self.rows) != len(self.drawings) + 1:
            raise ValueError(f"{len(self.pictures)} pictures and {len(self.drawings) + 1} rows need as many names")


def shown_epochs(count: int) -> list[int]:
    """Which of so many epochs are shown, from 0: all, or `MOST_ROWS` that lie evenly."""
    if count <= MOST_ROWS:
        return list(range(count))
    return [round(place) for place in np.linspace(0, count - 1, MOST_ROWS)]


def film_strip(info: Strip, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """All drawings as one picture, white ink on black, with the epochs beside it and the pictures' names above."""
    rows = np.concatenate([info.pictures[None], info.drawings])  # [E + 1, N, H, W]
    height, width = rows.shape[2] + GAP, rows.shape[3] + GAP
    axis: Parts = {"fixedrange": True, "showgrid": False, "zeroline": False, "ticks": "", "automargin": True}
    font = {"size": SIZE, "color": palette.ink}
    layout = bare(
        len(rows) * (NARROW_ROW if narrow else ROW) + 30,
        palette,
        xaxis={
            **axis,
            "side": "top",
            "tickvals": [n * width + (width - GAP - 1) / 2 for n in range(len(info.names))],
            "ticktext": [plain(name) for name in info.names],
            "tickfont": font,
            "range": [-0.5, len(info.names) * width - GAP - 0.5],
            "constrain": "domain",
        },
        yaxis={
            **axis,
            "tickvals": [row * height + (height - GAP - 1) / 2 for row in range(len(rows))],
            "ticktext": [plain(name) for name in info.rows],
            "tickfont": font,
            "range": [len(rows) * height - GAP - 0.5, -0.5],
            "scaleanchor": "x",
            "constrain": "domain",
        },
    )
    return figure([_picture(rows)], layout)


def _picture(rows: NDArray[np.uint8]) -> Parts:
    framed = np.pad(rows, ((0, 0), (0, 0), (0, GAP), (0, GAP)))  # black, as the ground of all drawings
    sheet = framed.transpose(0, 2, 1, 3).reshape(framed.shape[0] * framed.shape[2], -1)[:-GAP, :-GAP]
    return {
        "type": "heatmap",
        "z": sheet,
        "zmin": 0,
        "zmax": 255,
        "colorscale": INK_SCALE,
        "showscale": False,
        "hoverinfo": "skip",
    }
