"""The two line charts of the theatre with the markers that move along them, and the caption that says the iteration."""

from __future__ import annotations

import numpy as np

from explorer.arrays import Floats
from explorer.figures.base import Parts, note
from explorer.figures.theatre.maps import Actor, writing
from explorer.figures.theatre.plan import Box, Plan
from explorer.figures.theatre.player import Moment
from explorer.figures.theatre.scene import TheatreLabels
from explorer.palette import Palette

TITLE_LEFT = 0.04
"""How far left of its chart a title begins, as a share of the width."""
AGREEMENT, ENTROPY, CAPTION = 2, 3, 4
"""Numbers of the axes."""


def line(values: Floats, axis: int, colour: str, hover: str) -> Parts:
    """Values after each iteration, [R]."""
    return {
        "type": "scatter",
        "x": np.arange(1, len(values) + 1),
        "y": values,
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "mode": "lines+markers",
        "line": {"color": colour, "width": 2.5},
        "marker": {"size": 5},
        "hovertemplate": f"{hover}<extra></extra>",
    }


def marker(values: Floats, axis: int, colours: list[str], palette: Palette) -> Actor:
    """A dot on each of K lines, [R, K]."""
    still = {
        "type": "scatter",
        "mode": "markers",
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "marker": {"size": 14, "color": colours, "line": {"color": palette.page, "width": 2}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return Actor(still, lambda moment: {"type": "scatter", "x": [moment.time] * len(colours), "y": moment.of(values)})


def caption(labels: TheatreLabels, steps: int, plan: Plan, palette: Palette) -> Actor:
    """Which iteration is shown, or that it is none."""
    still = writing(palette) | {
        "x": [0],
        "y": [0],
        "xaxis": f"x{CAPTION}",
        "yaxis": f"y{CAPTION}",
        "textposition": "middle right",
        "textfont": {"size": plan.text + 4, "color": palette.ink},
    }

    def at(moment: Moment) -> Parts:
        before, after = moment.start + 1, moment.start + 2
        if moment.true:
            return {"type": "scatter", "text": [f"<b>{labels.iteration.format(step=before, steps=steps)}</b>"]}
        return {"type": "scatter", "text": [f"<i>{labels.between.format(step=before, next=after)}</i>"]}

    return Actor(still, at)


def axes(number: int, box: Box, steps: int, ends: list[float], plan: Plan, palette: Palette) -> Parts:
    """The two axes of a chart over iterations."""
    small = {"size": plan.text - 3, "color": palette.ink}
    x = {
        "tickmode": "linear",
        "dtick": 1,
        "range": [0.7, steps + 0.3],
        "showgrid": False,
        "zeroline": False,
        "domain": [box.left, box.right],
        "anchor": f"y{number}",
        "fixedrange": True,
        "tickfont": small,
    }
    y = {
        "domain": plan.domain(box),
        "anchor": f"x{number}",
        "range": ends,
        "nticks": 4,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": small,
        "gridcolor": palette.line,
    }
    return {f"xaxis{number}": x, f"yaxis{number}": y}


def title(text: str, box: Box, plan: Plan) -> Parts:
    """What stands above a chart."""
    return note(
        text,
        x=box.left - TITLE_LEFT,
        y=plan.up(box.top - 6),
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        align="left",
        font={"size": plan.text - 2},
    )
