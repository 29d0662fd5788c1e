"""Where in the picture votes point along a digit capsule's output, and where the opposite way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from explorer.arrays import Floats
from explorer.figures.base import HIDDEN_AXIS, Parts, bare, figure, note, plain
from explorer.palette import DARK, INK_SCALE, Palette

GAP = 0.04
"""Between two maps, as a share of the width."""
DIMMED = 2.2
"""The value that would be white: ink is drawn darker, so that marks stand out on it."""
LARGEST, SMALLEST = 22, 6
"""Diameters of marks, in screen pixels."""
RIM, HOLLOW = "#000000", "rgba(0,0,0,0.65)"
"""What surrounds a filled mark and fills a hollow one."""
HUES = (DARK.focus, DARK.rival, DARK.other)
"""Of marks: pictures are black in both themes, and bright hues stand out on them."""


@dataclass(frozen=True)
class Evidence:
    """Maps of evidence for one or more digits over one picture.

    Raises:
        ValueError: there are not as many names as maps, or colour_limit is not above 0.
    """

    image: Floats
    """The picture, 0..1, [H, W]."""
    maps: Floats
    """What each place brings along its capsule's output (negative: the opposite way), [K, rows, columns]."""
    names: tuple[str, ...]
    """Of the digits compared, [K]: the one looked at, its rival, others."""
    places: tuple[int, int]
    """The pixel that the first place is centred on, and the pixels from one place to the next."""
    colour_limit: float
    """The value at which marks are largest, the same for all maps."""

    def __post_init__(self) -> None:
        if len(self.names) != len(self.maps):
            raise ValueError(f"{len(self.maps)} maps need as many names as titles; got {len(self.names)}")
        if not self.colour_limit > 0:
            raise ValueError(f"colour_limit must be above 0; got {self.colour_limit:g}")


@dataclass(frozen=True)
class EvidenceLabels:
    """What is said of marks."""

    hover: str
    """What pointing at a mark says, a template: %{text} its value."""


def evidence_figure(info: Evidence, labels: EvidenceLabels, palette: Palette) -> go.Figure:
    """The digit with a mark at the centre of what each place sees: filled along the output, hollow the other way."""
    count, (height, width) = len(info.maps), info.image.shape
    share = (1 - GAP * (count - 1)) / count
    traces: list[Parts] = []
    layout = bare(300, palette, annotations=[])
    layout["margin"] |= {"t": 30}
    for k in range(count):
        axis, left = "" if k == 0 else str(k + 1), k * (share + GAP)
        traces += [_picture(info.image, axis), _marks(info, k, HUES[min(k, 2)], axis, labels)]
        layout[f"xaxis{axis}"] = HIDDEN_AXIS | {
            "domain": [left, left + share],
            "constrain": "domain",
            "range": [-0.5, width - 0.5],
            "anchor": f"y{axis}",
        }
        layout[f"yaxis{axis}"] = HIDDEN_AXIS | {
            "domain": [0, 1],
            "constrain": "domain",
            "range": [height - 0.5, -0.5],
            "scaleanchor": f"x{axis}",
            "anchor": f"x{axis}",
        }
        layout["annotations"].append(
            note(
                f"<b>{plain(info.names[k])}</b>",
                x=left + share / 2,
                y=1,
                xref="paper",
                xanchor="center",
                yref="paper",
                yanchor="bottom",
                font={"size": 17, "color": (palette.focus, palette.rival, palette.ink)[min(k, 2)]},
            )
        )
    return figure(traces, layout)


def _picture(image: Floats, axis: str) -> Parts:
    return {
        "type": "heatmap",
        "z": image,
        "zmin": 0,
        "zmax": DIMMED,
        "colorscale": INK_SCALE,
        "showscale": False,
        "hoverinfo": "skip",
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
    }


def _marks(info: Evidence, k: int, hue: str, axis: str, labels: EvidenceLabels) -> Parts:
    """A mark a place: the larger, the more it brings."""
    values = info.maps[k]
    rows, columns = np.indices(values.shape)
    first, step = info.places
    strengths = (np.abs(values.ravel()) / info.colour_limit).clip(0, 1)
    forward = values.ravel() >= 0
    return {
        "type": "scatter",
        "x": first + step * columns.ravel(),
        "y": first + step * rows.ravel(),
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "mode": "markers",
        "marker": {
            "color": np.where(forward, hue, HOLLOW).tolist(),
            "size": SMALLEST + (LARGEST - SMALLEST) * strengths,
            "line": {"width": np.where(forward, 1.0, 2.0), "color": np.where(forward, RIM, hue).tolist()},
            "opacity": 1,
        },
        "text": [f"{value:+.3f}" for value in values.ravel()],
        "hovertemplate": f"{labels.hover}<extra></extra>",
    }
