"""Lengths of digit capsules compared: as rows of bars, over iterations, and on the curves of the margin loss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from explorer.arrays import Floats
from explorer.figures.base import HIDDEN_AXIS, Parts, bare, figure, note, plain
from explorer.palette import Palette

SIZE = 15
"""Of words and numbers."""
ROW = 170
"""Height of a row of bars, in pixels."""
CURVES = 330
"""Height of a figure of curves."""
LEGEND: Parts = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": SIZE}}
"""Above the curves."""


@dataclass(frozen=True)
class LengthRows:
    """Lengths of the same digit capsules, worked out in several ways.

    Raises:
        ValueError: lengths are not one a class.
    """

    lengths: Floats
    """[rows, J]."""
    classes: tuple[str, ...]
    pair: tuple[int, int]
    """The digit looked at, and the one that it is compared with."""
    hidden: bool = False
    """Whether only the first row is shown yet."""

    def __post_init__(self) -> None:
        if self.lengths.ndim != 2 or self.lengths.shape[1] != len(self.classes):
            raise ValueError(f"lengths must be [rows, {len(self.classes)}]; got shape {self.lengths.shape}")


def length_rows(info: LengthRows, titles: tuple[str, ...], hidden: str, palette: Palette) -> go.Figure:
    """A row of bars, 0 to 1, for each way; those that are hidden say `hidden` in place of bars."""
    rows = len(info.lengths)
    traces: list[Parts] = []
    notes: list[Parts] = []
    axes: Parts = {}
    for row in range(rows):
        top = 1 - row / rows
        low, high = top - 0.72 / rows, top - 0.16 / rows
        number = row + 1
        shown = row == 0 or not info.hidden
        traces.append(_bars(info, row, palette, shown=shown) | {"xaxis": f"x{number}", "yaxis": f"y{number}"})
        axes[f"xaxis{number}"] = _names(info.classes) | {"anchor": f"y{number}", "domain": [0, 1]}
        axes[f"yaxis{number}"] = HIDDEN_AXIS | {"anchor": f"x{number}", "domain": [low, high], "range": [0, 1.25]}
        notes.append(_at(titles[row], 0, top, "left", "top"))
        if not shown:
            notes.append(_at(hidden, 0.5, (low + high) / 2, "center", "middle"))
    return figure(traces, bare(ROW * rows, palette, annotations=notes, bargap=0.3, **axes))


@dataclass(frozen=True)
class LengthRuns:
    """How the lengths of two digit capsules went in two ways of routing.

    Both are [R, 2]: of the digit looked at, and of its rival.
    """

    solid: Floats
    dashed: Floats
    names: tuple[str, str]
    hidden: bool = False
    """Whether the dashed ones are not shown yet."""


def length_runs(info: LengthRuns, labels: tuple[str, str], axis: str, palette: Palette) -> go.Figure:
    """Curves over the iterations, solid and dashed, labelled at their ends; `labels` name the two ways."""
    ways = [(info.solid, "solid", labels[0]), (info.dashed, "dash", labels[1])][: 1 if info.hidden else 2]
    iterations = list(range(1, len(info.solid) + 1))
    traces: list[Parts] = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": iterations,
            "y": values[:, column],
            "line": {"color": (palette.focus, palette.rival)[column], "dash": dash, "width": 3},
            "marker": {"size": 8},
            "name": f"{plain(info.names[column])}, {plain(label)}",
            "hovertemplate": "%{y:.2f}",
        }
        for values, dash, label in ways
        for column in (0, 1)
    ]
    layout = bare(
        CURVES,
        palette,
        showlegend=True,
        legend=LEGEND,
        margin={"l": 44, "r": 12, "t": 8, "b": 48},
        hovermode="x",
        xaxis=_axis(axis, palette) | {"tickvals": iterations, "range": [0.9, len(iterations) + 0.1]},
        yaxis=_axis("", palette) | {"range": [0, 1.02]},
    )
    return figure(traces, layout)


@dataclass(frozen=True)
class MarginLabels:
    """What is written at the curves of the margin loss."""

    present: str
    """At the curve of the digit that is there."""
    absent: str
    """At that of all others."""
    length: str
    """Below the axis of lengths."""
    loss: str
    """At the axis of the loss."""


@dataclass(frozen=True)
class MarginCurves:
    """The margin loss over the length (paper, equation 4), and each digit capsule's place on it."""

    along: Floats
    """Lengths at which the curves are known, [N]."""
    present: Floats
    """What the digit that is there costs at these, [N]."""
    absent: Floats
    """What another one costs, [N]."""
    lengths: Floats
    """Of the digit capsules, [J]; NaN: not shown yet."""
    costs: Floats
    """What each costs, [J]."""
    classes: tuple[str, ...]
    meant: int
    """The digit that is there, index j."""
    asked: tuple[float, float]
    """Lengths that training asks of others at most, and of the one that is there at least."""


def margin_curves(info: MarginCurves, labels: MarginLabels, palette: Palette) -> go.Figure:
    """Both curves, and the digit capsules as dots on them; those that cost next to nothing have no name."""
    low, high = info.asked
    curves = [(info.present, palette.focus, labels.present), (info.absent, palette.other, labels.absent)]
    traces: list[Parts] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": info.along,
            "y": values,
            "line": {"color": colour, "width": 3},
            "name": plain(label),
            "hoverinfo": "skip",
        }
        for values, colour, label in curves
    ]
    traces += [_dot(info, j, palette) for j in range(len(info.classes))]
    layout = bare(
        CURVES,
        palette,
        showlegend=True,
        legend=LEGEND,
        margin={"l": 56, "r": 12, "t": 8, "b": 48},
        xaxis=_axis(labels.length, palette) | {"range": [-0.02, 1.02], "tickvals": [0, low, 0.5, high, 1]},
        yaxis=_axis(labels.loss, palette) | {"range": [-0.02, 0.9]},
    )
    return figure(traces, layout)


def _dot(info: MarginCurves, j: int, palette: Palette) -> Parts:
    name, there = plain(info.classes[j]), j == info.meant
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": info.lengths[j : j + 1],
        "y": info.costs[j : j + 1],
        "marker": {"size": 13, "color": palette.focus if there else palette.other},
        "text": [name if there or info.lengths[j] > info.asked[0] else ""],
        "textposition": "top center",
        "textfont": {"size": SIZE + 2, "color": palette.ink},
        "showlegend": False,
        "hovertemplate": f"{name}: %{{x:.2f}}, %{{y:.3f}}<extra></extra>",
    }


def _bars(info: LengthRows, row: int, palette: Palette, *, shown: bool) -> Parts:
    lengths = info.lengths[row] if shown else np.zeros_like(info.lengths[row])
    colours = [palette.other] * len(lengths)
    colours[info.pair[1]] = palette.rival
    colours[info.pair[0]] = palette.focus
    return {
        "type": "bar",
        "x": list(range(len(lengths))),
        "y": lengths,
        "marker": {"color": colours},
        "text": [f"{length:.2f}" for length in lengths] if shown else [""] * len(lengths),
        "textposition": "outside",
        "textfont": {"size": SIZE - 1, "color": palette.ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _names(classes: tuple[str, ...]) -> Parts:
    return {
        "tickvals": list(range(len(classes))),
        "ticktext": [plain(name) for name in classes],
        "tickfont": {"size": SIZE},
        "showgrid": False,
        "fixedrange": True,
    }


def _axis(title: str, palette: Palette) -> Parts:
    return {
        "title": {"text": plain(title), "font": {"size": SIZE}},
        "tickfont": {"size": SIZE - 1},
        "gridcolor": palette.line,
        "zeroline": False,
        "fixedrange": True,
    }


def _at(text: str, x: float, y: float, xanchor: str, yanchor: str) -> Parts:
    place = {"xref": "paper", "yref": "paper", "x": x, "y": y, "xanchor": xanchor, "yanchor": yanchor}
    return note(plain(text), font={"size": SIZE}, **place)
