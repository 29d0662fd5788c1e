"""All couplings of one iteration: a row a primary capsule, a column a digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.arrays import Floats, Indices
from explorer.figures.base import Parts, bare, figure, note, plain, text_width
from explorer.palette import Palette

HEIGHT = 560
TOP, BOTTOM, RIGHT = 66, 24, 16
"""Room for the legend and the digits above, the sums below, and the arrow at the right, in screen pixels."""
WIDTH, NARROW_WIDTH = 640, 340
"""About how wide all columns are together; names that don't fit are turned."""
NAME, TURNED_NAME = 16, 13
"""Sizes of the digits' names."""
LEVELS = 127
"""Colours on each side of the equal share."""


@dataclass(frozen=True)
class Couplings:
    """The couplings of one iteration, and how they are looked at.

    Raises:
        ValueError: couplings are not [I, J], order is no order of I rows, or colour_limit is not above 0.
    """

    couplings: Floats
    """c_ij, [I, J]."""
    order: Indices
    """The primary capsule i in each row, top down, [I]."""
    classes: tuple[str, ...]
    colour_limit: float
    """The |log2(J c_ij)| at which the colours end."""
    focus: int | None = None
    """The digit looked at, in a colour of its own."""
    followed: int | None = None
    """The primary capsule that is followed, pointed at."""
    rows: int | None = None
    """As many rows fill the figure at first; None: all."""

    def __post_init__(self) -> None:
        if self.couplings.shape != (len(self.order), len(self.classes)):
            raise ValueError(
                f"couplings must be [I, J] = [{len(self.order)}, {len(self.classes)}], a row a capsule, a column a "
                f"class; got shape {self.couplings.shape}"
            )
        if sorted(self.order.tolist()) != list(range(len(self.order))):
            raise ValueError(f"order must hold each of the {len(self.order)} rows once")
        if self.colour_limit <= 0:
            raise ValueError(f"colour_limit must be above 0; got {self.colour_limit:g}")


@dataclass(frozen=True)
class MatrixLabels:
    """What is written around the matrix."""

    names: Sequence[str]
    """Of the primary capsules, by i."""
    hover: str
    """What pointing says, a template: %{y} the capsule, %{x} the digit, %{customdata} the coupling, %{text} the
    coupling in equal shares."""
    legend: tuple[str, str, str]
    """What stands at the low end of the colours, at the equal share and at the high end."""
    total: str
    """What stands left of the sums."""
    marks: Sequence[tuple[float, str]] = ()
    """What stands beside rows, and at which height in rows; without any, the capsules' names."""


def coupling_matrix(info: Couplings, labels: MatrixLabels, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """Couplings as colours: near the page's colour at the equal share 1 / J, by log2(J c_ij) to both sides.

    Drag over rows to enlarge them; a double-click goes back, another one shows all rows. Below each column stands its
    sum: a row sums to 1. `narrow`, for a phone: no names beside the rows, and dragging does nothing but scroll.

    Raises:
        ValueError: there are not as many names as rows.
    """
    if len(labels.names) != len(info.order):
        raise ValueError(f"{len(info.order)} rows need as many names; got {len(labels.names)}")
    names = [plain(name) for name in info.classes]
    room = (NARROW_WIDTH if narrow else WIDTH) / len(names)
    turned = max(text_width(name, NAME) for name in info.classes) > room
    top = TOP + (round(max(text_width(name, TURNED_NAME) for name in info.classes)) if turned else 0)
    layout = bare(
        HEIGHT - TOP + top,
        palette,
        hoverlabel={"align": "left"},
        xaxis=_columns(turned, palette),
        yaxis=_rows(info, labels.marks, narrow, palette),
        annotations=[
            *_badge(info, names, turned, palette),
            *_sums(info.couplings.sum(axis=0), "" if narrow else labels.total),
            *_followed(info, palette),
        ],
    )
    layout["margin"] = {"l": 4, "r": RIGHT, "t": top, "b": BOTTOM}
    layout["dragmode"] = False if narrow else "zoom"
    return figure([_cells(info, labels, names, palette)], layout)


def _cells(info: Couplings, labels: MatrixLabels, names: list[str], palette: Palette) -> Parts:
    couplings = info.couplings[info.order].astype(np.float32)
    shares = couplings * np.float32(len(names))  # in equal shares
    return {
        "type": "heatmap",
        "z": _levels(shares, info.colour_limit),
        "x": names,
        "y": [labels.names[i] for i in info.order],
        "customdata": couplings,
        "text": shares,
        "hovertemplate": f"{labels.hover}<extra></extra>",
        "zmin": -LEVELS,
        "zmax": LEVELS,
        "colorscale": palette.difference_scale,
        "colorbar": _legend(labels.legend, palette),
        "xgap": 1,
    }


def _levels(shares: Floats, colour_limit: float) -> NDArray[np.int8]:
    """Log2 of shares as whole numbers from -LEVELS to LEVELS, where the colours end: a quarter of a float's size."""
    distances = np.log2(shares.clip(np.finfo(np.float32).tiny))
    levels: NDArray[np.int8] = np.round(LEVELS * (distances / colour_limit).clip(-1, 1)).astype(np.int8)
    return levels


def _legend(words: tuple[str, str, str], palette: Palette) -> Parts:
    """A bar of colours above the matrix, its ends and its middle in words."""
    return {
        "orientation": "h",
        "thickness": 10,
        "len": 0.8,
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "ypad": 2,
        "tickvals": [-LEVELS, 0, LEVELS],
        "ticktext": list(words),
        "tickfont": {"color": palette.ink},
        "outlinewidth": 0,
    }


def _columns(turned: bool, palette: Palette) -> Parts:
    """The digits above their columns."""
    return {
        "type": "category",
        "side": "top",
        "tickangle": -90 if turned else 0,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": TURNED_NAME if turned else NAME, "weight": "bold", "color": palette.ink},
    }


def _rows(info: Couplings, marks: Sequence[tuple[float, str]], narrow: bool, palette: Palette) -> Parts:
    """The axis down the matrix, its first rows filling the figure."""
    count = len(info.order)
    axis: Parts = {
        "type": "category",
        "range": [min(info.rows or count, count) - 0.5, -0.5],
        "fixedrange": narrow,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"size": 12, "color": palette.ink},
        "showticklabels": not narrow,
        "automargin": not narrow,
    }
    if marks:  # beside rows, never on one: a mark on a row would take its name's place when it is pointed at
        axis |= {"tickvals": [row + 0.26 for row, _ in marks], "ticktext": [text for _, text in marks]}
    return axis


def _badge(info: Couplings, names: list[str], turned: bool, palette: Palette) -> list[Parts]:
    """The digit looked at, on a ground of its own."""
    if info.focus is None:
        return []
    font = {"size": TURNED_NAME if turned else NAME, "color": palette.page}
    look = {"font": font, "bgcolor": palette.focus, "borderpad": 3, "textangle": -90 if turned else 0}
    place = {"x": info.focus, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 1}
    return [note(f"<b>{names[info.focus]}</b>", **place, **look)]


def _sums(sums: Floats, word: str) -> list[Parts]:
    """The sum of each column below it, and left of them what they are."""
    below = {"y": 0, "yref": "paper", "yanchor": "top", "font": {"size": 12}}
    left = {"x": 0, "xref": "paper", "xanchor": "right"}
    return [*(note(f"{value:.1f}", x=j, **below) for j, value in enumerate(sums)), note(word, **left, **below)]


def _followed(info: Couplings, palette: Palette) -> list[Parts]:
    """An arrow at the right of the row that is followed."""
    if info.followed is None:
        return []
    row = int(np.flatnonzero(info.order == info.followed)[0])
    font = {"color": palette.page if palette.dark else palette.ink, "size": 11}
    look = {"font": font, "bgcolor": palette.follow, "bordercolor": palette.ink, "borderwidth": 1.5}
    return [note("◀", x=1, xref="paper", xanchor="left", y=row, yanchor="middle", **look)]
