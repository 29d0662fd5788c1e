"""The votes for one digit as points in a plane, and the pose that they agree on as an arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from explorer.arrays import Floats
from explorer.figures.base import CLEAR, Parts, bare, figure
from explorer.palette import Palette

HEIGHT = 340
"""In screen pixels."""
LARGEST = 30
"""Diameter of the heaviest vote, in screen pixels; areas are as the weights."""


@dataclass(frozen=True)
class Frame:
    """What all pictures of votes that are to be compared have in common.

    Raises:
        ValueError: a number is not above zero.
    """

    across: tuple[float, float]
    """Ends of the x axis."""
    up: float
    """Both ends of the y axis."""
    heaviest: float
    """The weight that is drawn largest."""

    def __post_init__(self) -> None:
        if not min(self.up, self.heaviest) > 0:
            raise ValueError(f"axes and weights need room above zero; got {self}")


@dataclass(frozen=True)
class Votes:
    """One iteration's votes for one digit.

    Raises:
        ValueError: there are not as many weights, agreements or colours as votes.
    """

    points: Floats
    """x and y of each, [I, 2]."""
    weights: Floats
    """Coupling times length of each, [I]."""
    agreements: Floats
    """Of each with the pose, [I]: above 0 a vote is filled, else it is hollow."""
    poses: Floats
    """x and y of the pose after each iteration up to the one shown, [r, 2]: the last is the arrow, those before it are
    its trail."""
    frame: Frame
    """Shared by the pictures that are compared."""
    rival: bool = False
    """The digit is the rival of the one looked at."""
    colours: Sequence[str] | None = None
    """One for each vote, [I]; None: the digit's own."""

    def __post_init__(self) -> None:
        counts = [len(part) for part in (self.weights, self.agreements, self.colours) if part is not None]
        if set(counts) != {len(self.points)}:
            raise ValueError(f"{len(self.points)} votes need as many weights, agreements and colours; got {counts}")


@dataclass(frozen=True)
class VoteLabels:
    """What is written around the votes."""

    names: Sequence[str]
    """What each vote says where it is pointed at, [I]."""
    x: str
    y: str
    """What is written at the axes."""


def vote_plane(info: Votes, labels: VoteLabels, palette: Palette) -> go.Figure:
    """Votes as circles, filled where they agree and hollow where they don't; the pose as an arrow from the origin.

    Raises:
        ValueError: there are not as many names as votes.
    """
    if len(labels.names) != len(info.points):
        raise ValueError(f"{len(info.points)} votes need as many names; got {len(labels.names)}")
    hue = palette.rival if info.rival else palette.focus
    last = len(info.poses) - 1
    layout = bare(
        HEIGHT,
        palette,
        annotations=[_arrow(pose, hue, last=step == last) for step, pose in enumerate(info.poses)],
        xaxis=_axis(labels.x, list(info.frame.across), palette),
        yaxis=_axis(labels.y, [-info.frame.up, info.frame.up], palette),
    )
    layout["margin"] = {"l": 40, "r": 8, "t": 8, "b": 40}
    return figure([_circles(info, labels, hue)], layout)


def place_colours(grid: tuple[int, int, int]) -> list[str]:
    """A colour for each primary capsule by its place: the hue goes round the middle of the picture, pale inside."""
    channels, rows, columns = grid
    down, right = np.meshgrid(np.linspace(-1, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
    hue, away = np.degrees(np.arctan2(-down, right)) % 360, np.hypot(down, right) / np.sqrt(2)
    colours = [f"hsl({h:.0f},{20 + 70 * a:.0f}%,50%)" for h, a in zip(hue.ravel(), away.ravel(), strict=True)]
    return colours * channels


def channel_colours(grid: tuple[int, int, int]) -> list[str]:
    """A colour for each primary capsule by its channel; neighbours in number are far apart in hue."""
    channels, rows, columns = grid
    return [f"hsl({137.5 * k % 360:.0f},65%,50%)" for k in range(channels) for _ in range(rows * columns)]


def _circles(info: Votes, labels: VoteLabels, hue: str) -> Parts:
    order = np.argsort(info.weights, kind="stable")  # the heaviest are drawn last, on top
    own = np.array([hue] * len(order) if info.colours is None else info.colours)[order]
    forward = info.agreements[order] > 0
    return {
        "type": "scatter",
        "x": info.points[order, 0],
        "y": info.points[order, 1],
        "mode": "markers",
        "marker": {
            "color": np.where(forward, own, CLEAR).tolist(),
            "size": np.maximum(3, LARGEST * np.sqrt(info.weights[order] / info.frame.heaviest)).astype(np.float32),
            "opacity": 0.85,
            "line": {"width": 1.2, "color": own.tolist()},
        },
        "customdata": order,
        "hovertext": [labels.names[i] for i in order],
        "hoverinfo": "text",
    }


def _axis(title: str, ends: list[float], palette: Palette) -> Parts:
    return {
        "range": ends,
        "title": {"text": title, "font": {"size": 13, "color": palette.ink}},
        "tickfont": {"color": palette.muted},
        "zeroline": True,
        "zerolinecolor": palette.other,
        "showgrid": False,
        "fixedrange": True,
    }


def _arrow(pose: Floats, colour: str, *, last: bool) -> Parts:
    x, y = (float(value) for value in pose)
    return {
        "x": x,
        "y": y,
        "ax": 0,
        "ay": 0,
        "axref": "x",
        "ayref": "y",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 0.9,
        "arrowwidth": 3.5 if last else 2.5,
        "arrowcolor": colour,
        "opacity": 1 if last else 0.3,
    }
