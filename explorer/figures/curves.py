"""Learning curves: accuracy, loss and learning rate, epoch by epoch, of one training or of two beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from explorer.figures.base import Parts, bare, figure, note, plain, still_axis
from explorer.palette import Palette

HEIGHT, NARROW_HEIGHT = 300, 640
"""Of the panels side by side, and below each other, in screen pixels."""
TITLE, TICK = 15, 13
"""Sizes of the panels' titles, and of what stands on their axes."""
WIDTHS = (0.42, 0.27, 0.17)
"""Of the panels side by side, as shares; what is left of 1 lies between them."""
HEIGHTS = (0.28, 0.24, 0.2)
"""The same for panels below each other."""


@dataclass(frozen=True)
class Curve:
    """How one training went.

    Raises:
        ValueError: there are not as many accuracies, losses and rates as epochs.
    """

    name: str
    epochs: tuple[float, ...]
    """Those that are done, from 1."""
    accuracies: tuple[float, ...]
    """Share of the pictures read rightly after each, 0..1."""
    losses: tuple[float, ...]
    """Mean loss over each."""
    rates: tuple[float, ...]
    """Learning rate at the end of each."""
    within: tuple[tuple[float, float], ...] = ()
    """Losses within epochs: places on the axis of epochs, and losses."""

    def __post_init__(self) -> None:
        counts = [len(values) for values in (self.epochs, self.accuracies, self.losses, self.rates)]
        if len(set(counts)) > 1:
            raise ValueError(f"a curve needs an accuracy, a loss and a rate for each of its epochs; got {counts}")


@dataclass(frozen=True)
class CurveLabels:
    """What is written around the curves."""

    accuracy: str
    loss: str
    rate: str
    epoch: str
    """Below the axes, and what pointing says before an epoch's number."""


def learning_curves(
    curves: Sequence[Curve], labels: CurveLabels, palette: Palette, *, narrow: bool = False
) -> go.Figure:
    """Three panels: accuracy in percent, loss, and learning rate.

    The first curve is drawn strongly, others in grey and dashed. `narrow`, for a phone: panels below each other.

    Raises:
        ValueError: there are no curves.
    """
    if not curves:
        raise ValueError("there are no curves to draw")
    last = max([place for curve in curves for place in (*curve.epochs, *(x for x, _ in curve.within))], default=1)
    layout = bare(
        NARROW_HEIGHT if narrow else HEIGHT,
        palette,
        hoverlabel={"align": "left", "font": {"size": TICK}},
        legend={"orientation": "h", "x": 0, "y": 1, "yref": "container", "yanchor": "top", "font": _font(palette)},
        annotations=[],
    )
    layout |= {"showlegend": len(curves) > 1, "margin": {"l": 44, "r": 12, "t": 62, "b": 36}}
    for number, title in enumerate((labels.accuracy, labels.loss, labels.rate), 1):
        across, up = _place(number - 1, narrow)
        layout[f"xaxis{number}"] = _epochs(across, number, last, labels.epoch, palette)
        layout[f"yaxis{number}"] = _values(up, number, palette)
        place = {"x": across[0], "y": up[1], "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        layout["annotations"].append(note(f"<b>{plain(title)}</b>", **place, font={"size": TITLE}, yshift=4))
    traces = [
        trace for rank, curve in reversed(list(enumerate(curves))) for trace in _traces(curve, rank, labels, palette)
    ]
    return figure(traces, layout)


def _traces(curve: Curve, rank: int, labels: CurveLabels, palette: Palette) -> list[Parts]:
    colour = palette.other if rank else palette.focus
    line = {"color": colour, "width": 2 if rank else 3, "dash": "dash" if rank else "solid"}
    panels = (
        ([100 * share for share in curve.accuracies], ".2f", "%"),
        (curve.losses, ".4f", ""),
        (curve.rates, ".1e", ""),
    )
    found = [_within(curve, colour)] if curve.within else []
    for number, (values, form, unit) in enumerate(panels, 1):
        found.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": plain(curve.name),
                "legendgroup": str(rank),
                "legendrank": rank + 1,
                "showlegend": number == 1,
                "x": list(curve.epochs),
                "y": list(values),
                "xaxis": f"x{number}",
                "yaxis": f"y{number}",
                "line": line,
                "marker": {"size": 5 if rank else 7, "color": colour},
                "hovertemplate": f"{plain(labels.epoch)} %{{x}}: %{{y:{form}}}{unit}<extra>{plain(curve.name)}</extra>",
            }
        )
    return found


def _within(curve: Curve, colour: str) -> Parts:
    """The losses within epochs, fine, behind their means."""
    return {
        "type": "scatter",
        "mode": "lines",
        "showlegend": False,
        "x": [place for place, _ in curve.within],
        "y": [loss for _, loss in curve.within],
        "xaxis": "x2",
        "yaxis": "y2",
        "line": {"color": colour, "width": 1.2},
        "opacity": 0.7,
        "hoverinfo": "skip",
    }


def _place(panel: int, narrow: bool) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a panel lies, across and up, as shares of the figure."""
    if narrow:
        gap = (1 - sum(HEIGHTS)) / 2
        top = 1 - sum(HEIGHTS[:panel]) - gap * panel
        return (0.0, 1.0), (max(0.0, top - HEIGHTS[panel]), top)
    gap = (1 - sum(WIDTHS)) / 2
    left = sum(WIDTHS[:panel]) + gap * panel
    return (left, min(1.0, left + WIDTHS[panel])), (0.0, 1.0)


def _epochs(across: tuple[float, float], number: int, last: float, title: str, palette: Palette) -> Parts:
    return {
        "domain": list(across),
        "anchor": f"y{number}",
        "range": [0, last + max(0.5, 0.03 * last)],
        "dtick": 1 if last <= 10 and number == 1 else 5 if last <= 30 else 10 * max(1, round(last / 60)),
        "title": {"text": plain(title), "font": _font(palette), "standoff": 4},
        **_axis(palette),
    }


def _values(up: tuple[float, float], number: int, palette: Palette) -> Parts:
    """Accuracies as they lie, up to 100%; losses and rates from 0."""
    own: Parts = {"ticksuffix": "%"} if number == 1 else {"rangemode": "tozero", "nticks": 5}
    if number == 3:
        own |= {"exponentformat": "power"}
    return {"domain": list(up), "anchor": f"x{number}", **own, **_axis(palette)}


def _axis(palette: Palette) -> Parts:
    return still_axis(palette, TICK) | {"automargin": True}


def _font(palette: Palette) -> Parts:
    return {"size": TICK, "color": palette.ink}
