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
    """A bar for each value, from the top, and a line at the baseline.

    Args:
        shown: the values.
        baseline: what would be reached without any network.
        words: below the axis, and at the line.
        palette: of the page.
        narrow: for a phone: names above their bars.

    Raises:
        ValueError: there is nothing to show.
    """
    if not shown:
        raise ValueError("there is nothing measured to draw")
    rows = list(range(len(shown)))
    each = BAR + 18 if narrow else BAR
    layout = bare(each * len(shown) + 84, palette, annotations=[], barmode="overlay", bargap=0.5 if narrow else 0.3)
    layout |= {"margin": {"l": 8 if narrow else 330, "r": 44, "t": 30, "b": 48}}
    layout["xaxis"] = {
        "range": [0, 1.06 * max(baseline, *(bar.value + bar.error for bar in shown))],
        "title": {"text": plain(words[0]), "font": {"size": TICK, "color": palette.muted}, "standoff": 4},
        "fixedrange": True,
        "gridcolor": palette.line,
        "zeroline": False,
        "tickfont": {"size": TICK, "color": palette.ink},
        "ticksuffix": "°",
    }
    layout["yaxis"] = {"range": [len(shown) - 0.5, -0.5], "fixedrange": True, "visible": False}
    layout["shapes"] = [_line(baseline, palette)]
    at_line = {"x": baseline, "y": 1, "yref": "paper", "xanchor": "right", "yanchor": "bottom"}
    layout["annotations"].append(note(plain(words[1]), **at_line, font={"size": TICK, "color": palette.muted}))
    layout["annotations"] += [_name(bar, row, palette, narrow) for row, bar in zip(rows, shown, strict=True)]
    return figure([_trace(shown, palette)], layout)


def _trace(shown: Sequence[Bar], palette: Palette) -> Parts:
    colours = [getattr(palette, STYLES.get(bar.kind, OTHER).colour) for bar in shown]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [bar.value for bar in shown],
        "y": list(range(len(shown))),
        "customdata": [plain(bar.name) for bar in shown],
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
    side: Parts = {"x": 0, "xref": "paper", "y": row, "font": {"size": TICK, "color": palette.ink}}
    if narrow:
        return note(plain(bar.name), **side, xanchor="left", yanchor="bottom", yshift=BAR / 2 - 4)
    return note(plain(bar.name), **side, xanchor="right", xshift=-8)


def _line(value: float, palette: Palette) -> Parts:
    line = {"color": palette.muted, "width": 2, "dash": "dot"}
    return {"type": "line", "x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper", "line": line}
