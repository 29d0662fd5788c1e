"""Parts of a digit, and what the decoder draws of their votes for two digits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from explorer.arrays import Floats
from explorer.figures.base import HIDDEN_AXIS, Parts, bare, figure, note, plain
from explorer.palette import INK_SCALE, Palette

HEIGHT, NARROW_HEIGHT = 390, 330
NAME = 14
ROW = 0.085
"""Share of the height for what stands above each row."""
GAP = 0.012
"""Share of the width between columns, twice as wide before the last."""


@dataclass(frozen=True)
class DrawnVotes:
    """Pictures of N parts, brightness 0..1.

    Raises:
        ValueError: there are not as many votes as parts.
    """

    patches: Floats
    """What each part sees, [N, size, size]."""
    votes: Floats
    """What the decoder draws of its vote for each of two digits, [2, N, H, W]."""
    together: Floats
    """The picture itself, and what the decoder draws of both digit capsules, [3, H, W]."""

    def __post_init__(self) -> None:
        if self.votes.shape[:2] != (2, len(self.patches)):
            raise ValueError(f"votes must be [2, {len(self.patches)}, H, W]; got shape {self.votes.shape}")


@dataclass(frozen=True)
class DrawnVotesLabels:
    """What is written there."""

    rows: tuple[str, str, str]
    """Above what is seen, and above the votes for either digit."""
    together: str
    """Above the last column."""


def drawn_votes(info: DrawnVotes, labels: DrawnVotesLabels, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """A column a part, a row what it sees and its vote for either digit; at the end what all of them come to."""
    count = len(info.patches)
    traces: list[Parts] = []
    axes: Parts = {}
    shapes: list[Parts] = []
    for number, (picture, row, column) in enumerate(_pictures(info), 1):
        box = _box(row, column, count)
        traces.append(_grey(picture) | {"xaxis": f"x{number}", "yaxis": f"y{number}"})
        axes |= _axes(number, box)
        if row and column == count:
            shapes.append(_frame(number, picture, palette.focus if row == 1 else palette.rival))
    colours = (palette.ink, palette.focus, palette.rival)
    notes = [_above(text, _box(row, 0, count), colours[row]) for row, text in enumerate(labels.rows)]
    notes.append(_above(labels.together, _box(0, count, count), palette.ink))
    height = NARROW_HEIGHT if narrow else HEIGHT
    return figure(traces, bare(height, palette, annotations=notes, shapes=shapes, **axes))


Box = tuple[float, float, float, float]
"""Left, right, bottom and top, 0 to 1."""


def _pictures(info: DrawnVotes) -> Iterator[tuple[Floats, int, int]]:
    """Each picture with its row and column."""
    for row, pictures in enumerate((info.patches, *info.votes)):
        for column, picture in enumerate(pictures):
            yield picture, row, column
        yield info.together[row], row, len(pictures)


def _box(row: int, column: int, count: int) -> Box:
    width = 1 / (count + 1)
    left = column * width + (GAP if column == count else 0)
    top = 1 - row / 3 - ROW
    return left, left + width - 2 * GAP, top - 1 / 3 + ROW + 0.01, top


def _grey(picture: Floats) -> Parts:
    return {
        "type": "heatmap",
        "z": np.round(picture, 2),
        "zmin": 0,
        "zmax": 1,
        "colorscale": INK_SCALE,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _axes(number: int, box: Box) -> Parts:
    left, right, low, top = box
    x: Parts = HIDDEN_AXIS | {"domain": [left, right], "anchor": f"y{number}", "constrain": "domain"}
    y: Parts = HIDDEN_AXIS | {"domain": [low, top], "anchor": f"x{number}", "autorange": "reversed"}
    x |= {"constraintoward": "left"}
    y |= {"scaleanchor": f"x{number}", "constrain": "domain", "constraintoward": "top"}
    return {f"xaxis{number}": x, f"yaxis{number}": y}


def _frame(number: int, picture: Floats, colour: str) -> Parts:
    height, width = picture.shape
    place = {"xref": f"x{number}", "yref": f"y{number}", "x0": -0.5, "x1": width - 0.5, "y0": -0.5, "y1": height - 0.5}
    return {"type": "rect", "line": {"color": colour, "width": 3}} | place


def _above(text: str, box: Box, colour: str) -> Parts:
    place = {"xref": "paper", "yref": "paper", "x": box[0], "y": box[3], "xanchor": "left", "yanchor": "bottom"}
    return note(plain(text), font={"size": NAME, "color": colour}, **place)
