"""The caption of the theatre: which iteration it shows."""

from __future__ import annotations

from explorer.figures.base import Parts
from explorer.figures.theatre.maps import Actor, writing
from explorer.figures.theatre.plan import Plan
from explorer.figures.theatre.player import Moment
from explorer.figures.theatre.scene import TheatreLabels
from explorer.palette import Palette

AXIS = 2
"""Number of its axes."""


def caption(labels: TheatreLabels, steps: int, plan: Plan, palette: Palette) -> Actor:
    """Which iteration is shown, or that it is none."""
    still = writing(palette) | {
        "x": [0],
        "y": [0],
        "xaxis": f"x{AXIS}",
        "yaxis": f"y{AXIS}",
        "textposition": "middle right",
        "textfont": {"size": plan.text + 4, "color": palette.ink},
    }

    def at(moment: Moment) -> Parts:
        before, after = moment.start + 1, moment.start + 2
        if moment.true:
            return {"type": "scatter", "text": [f"<b>{labels.iteration.format(step=before, steps=steps)}</b>"]}
        return {"type": "scatter", "text": [f"<i>{labels.between.format(step=before, next=after)}</i>"]}

    return Actor(still, at)
