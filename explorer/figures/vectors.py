"""Why agreement is a dot product: a vote and a pose as two arrows, in the plane that both lie in."""

from __future__ import annotations

import math
from dataclasses import dataclass

import plotly.graph_objects as go

from explorer.figures.base import HIDDEN_AXIS, Parts, bare, figure, note
from explorer.palette import Palette

HEIGHT = 170
"""In screen pixels."""


@dataclass(frozen=True)
class VoteAndPose:
    """Lengths of a vote and of a pose, and the dot product that gives their angle.

    Raises:
        ValueError: the agreement is more than the product of the lengths.
    """

    vote: float
    pose: float
    agreement: float
    rival: bool = False
    """The pose is that of the rival."""

    def __post_init__(self) -> None:
        product = self.vote * self.pose
        if abs(self.agreement) > product * 1.001 + 1e-6:
            raise ValueError(
                f"a dot product is at most the product of the lengths, {product:g}; got {self.agreement:g}"
            )

    @property
    def head(self) -> tuple[float, float]:
        """Where the vote ends, when the pose points along x."""
        product = self.vote * self.pose
        cosine = max(-1.0, min(1.0, self.agreement / product)) if product > 0 else 0.0
        return self.vote * cosine, self.vote * math.sqrt(1 - cosine * cosine)


@dataclass(frozen=True)
class VectorLabels:
    """What is written at the arrows."""

    vote: str
    pose: str


def two_vectors(info: VoteAndPose, labels: VectorLabels, palette: Palette) -> go.Figure:
    """The pose points right; the vote stands at its true angle, and its shadow on the pose's line is dotted."""
    hue = palette.rival if info.rival else palette.focus
    x, y = info.head
    end = 1.15 * max(info.vote, info.pose, 1e-3)
    line = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    return figure(
        [
            line | {"x": [-end, end], "y": [0, 0], "line": {"color": palette.other, "width": 1}},
            line | {"x": [x, x], "y": [0, y], "line": {"color": palette.ink, "width": 1.5, "dash": "dot"}},
        ],
        bare(
            HEIGHT,
            palette,
            annotations=[
                _arrow(info.pose, 0.0, hue, 3.5),
                _arrow(x, y, palette.ink, 2.5),
                note(labels.vote, x=x, y=y, yanchor="bottom", font={"color": palette.ink}),
                note(labels.pose, x=info.pose, y=0.0, yanchor="top", font={"color": hue}),
            ],
            xaxis=HIDDEN_AXIS | {"range": [-end, end], "scaleanchor": "y"},
            yaxis=HIDDEN_AXIS | {"range": [-0.28 * end, max(0.4 * end, y + 0.25 * end)]},
        ),
    )


def _arrow(x: float, y: float, colour: str, width: float) -> Parts:
    """An arrow from the origin."""
    tail = {"ax": 0, "ay": 0, "axref": "x", "ayref": "y"}
    look = {"arrowhead": 2, "arrowwidth": width, "arrowcolor": colour}
    return {"x": x, "y": y, "text": "", "showarrow": True} | tail | look
