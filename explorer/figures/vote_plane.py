"""The votes for one digit as points in a plane, and the pose that they agree on as an arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from explorer.figures.style import OTHER, Floats, bare, diverging, page_ink

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
    reach: float
    """Where the colours of agreement end."""

    def __post_init__(self) -> None:
        if not min(self.up, self.heaviest, self.reach) > 0:
            raise ValueError(f"axes, weights and colours need room above zero; got {self}")


def vote_plane(
    votes: Floats,
    weights: Floats,
    colours: Floats | Sequence[str],
    poses: Floats,
    names: Sequence[str],
    frame: Frame,
    *,
    colour: str,
    axes: tuple[str, str],
    dark: bool,
) -> go.Figure:
    """One iteration's votes.

    Args:
        votes: x and y of each, [I, 2].
        weights: coupling times length of each, [I].
        colours: agreement of each, or a colour of its own for each.
        poses: x and y of the pose after each iteration up to the one shown, [r, 2]: the last is the arrow, those
            before it are its trail.
        names: what each vote says where it is pointed at.
        frame: shared by the pictures that are compared.
        colour: of the arrow.
        axes: what is written at them.
        dark: the page is dark.

    Raises:
        ValueError: there are not as many weights or names as votes.
    """
    if not len(votes) == len(weights) == len(names):
        raise ValueError(f"{len(votes)} votes need as many weights and names; got {len(weights)} and {len(names)}")
    order = np.argsort(weights, kind="stable")  # the heaviest are drawn last, on top
    shades = (
        {"color": [colours[i] for i in order]}
        if isinstance(colours[0], str)
        else {
            "color": np.asarray(colours)[order],
            "colorscale": diverging(dark),
            "cmin": -frame.reach,
            "cmax": frame.reach,
        }
    )
    points = go.Scatter(
        x=votes[order, 0],
        y=votes[order, 1],
        mode="markers",
        marker=shades
        | {
            "size": np.maximum(3, LARGEST * np.sqrt(weights[order] / frame.heaviest)).astype(np.float32),
            "opacity": 0.85,
            "line": {"width": 0.6, "color": OTHER},
        },
        customdata=order,
        hovertext=[names[i] for i in order],
        hoverinfo="text",
    )
    figure = bare(go.Figure(points), 340)
    figure.update_layout(annotations=[_arrow(pose, colour, last=False) for pose in poses[:-1]])
    figure.add_annotation(_arrow(poses[-1], colour, last=True))
    faint = {"zeroline": True, "zerolinecolor": OTHER, "showgrid": False, "showticklabels": True, "fixedrange": True}
    figure.update_xaxes(range=frame.across, title={"text": axes[0], "font": {"size": 13}}, **faint)
    figure.update_yaxes(range=[-frame.up, frame.up], title={"text": axes[1], "font": {"size": 13}}, **faint)
    return figure.update_layout(margin={"l": 40, "r": 8, "t": 8, "b": 40}, font_color=page_ink(dark))


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


def _arrow(pose: Floats, colour: str, *, last: bool) -> dict[str, object]:
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
