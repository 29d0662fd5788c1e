"""A digit and the same with its halves exchanged: what filters, at their strongest, and digit capsules make of both."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
import plotly.graph_objects as go

from explorer.arrays import Floats
from explorer.figures.base import HIDDEN_AXIS, Parts, bare, figure, note, plain
from explorer.palette import INK_SCALE, Palette

HEIGHT, NARROW_HEIGHT = 340, 620
NAME = 14
"""Size of the small words."""
LIMITS = (0.1, 0.9)
"""Lengths that training asks of digits that are not there, and of the one that is."""


@dataclass(frozen=True)
class Exchanged:
    """Two pictures and what is made of them; of each array the first is the digit's own, the second the other.

    Raises:
        ValueError: arrays are not of two pictures, or lengths are not one a class.
    """

    pictures: Floats
    """0..1, [2, H, W]."""
    strongest: Floats
    """The largest response of each filter, [2, filters]."""
    lengths: Floats
    """Of the digit capsules, [2, J]."""
    classes: tuple[str, ...]
    hidden: bool = False
    """Whether the second lengths are not shown yet."""

    def __post_init__(self) -> None:
        if any(len(array) != 2 for array in (self.pictures, self.strongest, self.lengths)):
            raise ValueError("pictures, strongest and lengths must be of two pictures")
        if self.lengths.shape[1] != len(self.classes):
            raise ValueError(f"lengths must be [2, {len(self.classes)}]; got shape {self.lengths.shape}")


@dataclass(frozen=True)
class ExchangedLabels:
    """What is written there."""

    pictures: tuple[str, str]
    """Above the digit and above the exchanged one."""
    strongest: str
    """Above the largest responses."""
    lengths: str
    """Above the lengths."""
    hidden: str
    """In place of those that are not shown yet."""


def exchanged(info: Exchanged, labels: ExchangedLabels, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """A row a picture: itself, the largest response of each filter, and the lengths of the digit capsules.

    On a phone the lengths stand below the two others.
    """
    traces: list[Parts] = []
    notes: list[Parts] = []
    axes: Parts = {}
    for row in (0, 1):
        boxes = _boxes(row, narrow=narrow)
        drawn = [
            (_grey(info.pictures[row], 1.0), boxes[0], labels.pictures[row]),
            (_grey(_tiled(info.strongest[row]), float(info.strongest.max()) or 1.0), boxes[1], labels.strongest),
            (_bars(info, row, palette), boxes[2], labels.lengths),
        ]
        for column, (trace, box, title) in enumerate(drawn):
            number = 3 * row + column + 1
            traces.append(trace | {"xaxis": f"x{number}", "yaxis": f"y{number}"})
            axes |= _axes(number, box, info, palette.ink if column == 2 else None)
            notes.append(_title(title, box))
        if row == 1 and info.hidden:
            notes.append(_middle(labels.hidden, boxes[2]))
    layout = bare(NARROW_HEIGHT if narrow else HEIGHT, palette, annotations=notes, bargap=0.25, **axes)
    return figure(traces, layout)


Box = tuple[float, float, float, float]
"""Left, right, bottom and top, 0 to 1."""


def _boxes(row: int, *, narrow: bool) -> tuple[Box, Box, Box]:
    if narrow:
        top = 0.96 - 0.5 * row
        low = top - 0.2
        return (0.0, 0.47, low, top), (0.53, 1.0, low, top), (0.0, 1.0, low - 0.2, low - 0.06)
    top = 0.93 - 0.5 * row
    low = top - 0.42
    return (0.0, 0.17, low, top), (0.22, 0.39, low, top), (0.46, 1.0, low + 0.06, top)


def _grey(picture: Floats, most: float) -> Parts:
    return {
        "type": "heatmap",
        "z": picture,
        "zmin": 0,
        "zmax": most,
        "colorscale": INK_SCALE,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _tiled(numbers: Floats) -> Floats:
    """Numbers as a square sheet; what is left of it is empty."""
    side = ceil(sqrt(len(numbers)))
    sheet = np.full(side * side, np.nan, np.float32)
    sheet[: len(numbers)] = numbers
    return sheet.reshape(side, side)


def _bars(info: Exchanged, row: int, palette: Palette) -> Parts:
    lengths, winner = info.lengths[row], int(info.lengths[0].argmax())
    colours = [palette.other] * len(lengths)
    colours[int(lengths.argmax())] = palette.rival
    colours[winner] = palette.focus
    hidden = row == 1 and info.hidden
    return {
        "type": "bar",
        "x": list(range(len(lengths))),
        "y": np.zeros_like(lengths) if hidden else lengths,
        "marker": {"color": colours},
        "text": [""] * len(lengths) if hidden else [f"{length:.2f}" for length in lengths],
        "textposition": "outside",
        "textfont": {"size": NAME, "color": palette.ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _axes(number: int, box: Box, info: Exchanged, names_in: str | None) -> Parts:
    """Of a picture, or of bars, whose names are written in a colour."""
    left, right, low, top = box
    x: Parts = HIDDEN_AXIS | {"domain": [left, right], "anchor": f"y{number}"}
    y: Parts = HIDDEN_AXIS | {"domain": [low, top], "anchor": f"x{number}"}
    if names_in:
        names = [plain(name) for name in info.classes]
        x |= {
            "visible": True,
            "tickvals": list(range(len(names))),
            "ticktext": names,
            "tickfont": {"size": NAME, "color": names_in},
            "showgrid": False,
        }
        y |= {"range": [0, 1.3]}
    else:
        x |= {"constrain": "domain", "constraintoward": "left"}
        y |= {"autorange": "reversed", "scaleanchor": f"x{number}", "constrain": "domain", "constraintoward": "top"}
    return {f"xaxis{number}": x, f"yaxis{number}": y}


def _title(text: str, box: Box) -> Parts:
    place = {"xref": "paper", "yref": "paper", "x": box[0], "y": box[3], "xanchor": "left", "yanchor": "bottom"}
    return note(plain(text), font={"size": NAME}, **place)


def _middle(text: str, box: Box) -> Parts:
    left, right, low, top = box
    place = {"xref": "paper", "yref": "paper", "x": (left + right) / 2, "y": (low + top) / 2}
    return note(plain(text), **place)
