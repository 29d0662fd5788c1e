"""Bars of several networks beside one value that needs no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from explorer.figures.base import Parts, bare, figure, note, plain
from explorer.figures.measured import BAR, OTHER, STYLES, TICK
from explorer.palette import Palette

FILLED = {"capsules_full": 1.0, "capsules": 0.75, "capsules_once": 0.5, "cnn": 1.0, "gated": 0.6}
"""How strongly the bars of a kind are filled, so that those of one colour can be told apart."""


@dataclass(frozen=True)
class Bar:
    """A value that was measured."""

    name: str
    source: str
    """What of it, in words."""
    kind: str
    """As of `explorer.figures.measured.Curve`."""
    value: float
    error: float
    """Half of the interval that it is sure to."""
    hatched: bool = False
    """Whether it stands for a part of what the bar above stands for."""


def bars(
    shown: Sequence[Bar], baseline: float, words: tuple[str, str], palette: Palette, *, narrow: bool = False
) -> go.Figure:
    """A bar for each value, from the top, its name above it, and a line at the baseline.

    Args:
        shown: the values.
        baseline: what would be reached without any network.
        words: below the axis, and at the line.
        palette: of the page.
        narrow: for a phone: what stands above a bar has two lines.

    Raises:
        ValueError: there is nothing to show.
    """
    if not shown:
        raise ValueError("there is nothing measured to draw")
    rows = list(range(len(shown)))
    top = -0.5 - 0.3 * narrow
    layout = bare(
        _height(narrow) * (len(shown) - 0.5 - top) + 84, palette, annotations=[], barmode="overlay", bargap=0.6
    )
    layout |= {"margin": {"l": 8, "r": 44, "t": 36, "b": 48}}
    layout["xaxis"] = {
        "range": [0, 1.06 * max(baseline, *(bar.value + bar.error for bar in shown))],
        "title": {"text": plain(words[0]), "font": {"size": TICK, "color": palette.muted}, "standoff": 4},
        "fixedrange": True,
        "gridcolor": palette.line,
        "zeroline": False,
        "tickfont": {"size": TICK, "color": palette.ink},
        "ticksuffix": "°",
    }
    layout["yaxis"] = {"range": [len(shown) - 0.5, top], "fixedrange": True, "visible": False}
    layout["shapes"] = [_line(baseline, palette)]
    at_line = {"x": baseline, "y": 1, "yref": "paper", "xanchor": "right", "yanchor": "bottom"}
    layout["annotations"].append(note(plain(words[1]), **at_line, font={"size": TICK, "color": palette.muted}))
    layout["annotations"] += [_name(bar, row, palette, narrow) for row, bar in zip(rows, shown, strict=True)]
    return figure([_trace(shown, palette)], layout)


def _height(narrow: bool) -> float:
    """Of a bar and what stands above it; two fifths of it are the bar."""
    return BAR + 22 * narrow


def _trace(shown: Sequence[Bar], palette: Palette) -> Parts:
    colours = [getattr(palette, STYLES.get(bar.kind, OTHER).colour) for bar in shown]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [bar.value for bar in shown],
        "y": list(range(len(shown))),
        "customdata": [f"{plain(bar.name)}: {plain(bar.source)}" for bar in shown],
        "text": [f"{bar.value:.1f}°" for bar in shown],
        "textposition": "outside",
        "textfont": {"size": TICK, "color": palette.ink},
        "cliponaxis": False,
        "marker": {
            "color": colours,
            "opacity": [FILLED.get(bar.kind, 1.0) for bar in shown],
            "pattern": {"shape": ["/" if bar.hatched else "" for bar in shown], "fgcolor": palette.page, "size": 6},
            "line": {"color": colours, "width": 1.5},
        },
        "hovertemplate": "%{x:.2f}°<extra>%{customdata}</extra>",
    }


def _name(bar: Bar, row: int, palette: Palette, narrow: bool) -> Parts:
    place: Parts = {
        "x": 0,
        "xref": "paper",
        "y": row,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": _height(narrow) / 5,
    }
    text = f"{plain(bar.name)}{'<br>' if narrow else ': '}{plain(bar.source)}"
    return note(text, align="left", **place, font={"size": TICK, "color": palette.ink})


def _line(value: float, palette: Palette) -> Parts:
    line = {"color": palette.muted, "width": 2, "dash": "dot"}
    return {"type": "line", "x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper", "line": line}
