"""What flows from the channels to the digits: bands as wide as coupling times vote length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from explorer.arrays import Floats
from explorer.figures.base import CLEAR, HIDDEN_AXIS, Parts, bare, figure, note, plain, text_width
from explorer.palette import Palette

CHANNEL, DIGIT, LEAST = 19, 24, 320
"""The figure's height for each channel or each digit, whichever makes it higher, and its least, in screen pixels."""
TOP, LEFT, RIGHT, MOST_RIGHT = 26, 34, 74, 190
"""Room for the heading and for the names at both sides, in screen pixels; at the right as much as names need, up to the
last of these."""
LABEL, GAP, DIGIT_GAP = 12.5, 1.5, 8.0
"""In screen pixels: what a channel takes at least, so that its number can be read; what is free between two channels,
and at least between two digits."""
NODE = 0.012
"""Width of the bars at both ends; the figure is 1 wide."""
POINTS = np.linspace(0.1, 0.9, 9)
"""Where along a band it can be pointed at, 0 at its channel and 1 at its digit."""


class Band(NamedTuple):
    """What one channel sends to one digit; lengths in pixels, downward from the top."""

    channel: int
    digit: int
    left: float
    """Upper edge where it leaves the channel."""
    right: float
    """Upper edge where it reaches the digit."""
    width: float


class Scale(NamedTuple):
    """Where channels and digits stand, the same for all iterations."""

    channels: Floats
    """Middles, in pixels from the top, [channels]."""
    digits: Floats
    """Middles, in pixels from the top, [J]."""
    unit: float
    """Pixels for a width of 1."""


@dataclass(frozen=True)
class Flow:
    """What flows in one iteration, and which digit is looked at.

    Raises:
        ValueError: widths are not [R, channels, J], or there is no such digit.
    """

    widths: Floats
    """The sum over a channel's places of c_ij |u_hat_j|i|, for all iterations, [R, channels, J]."""
    iteration: int
    """The one shown, an index of R."""
    classes: tuple[str, ...]
    focus: int
    """Index of the digit in colour."""

    def __post_init__(self) -> None:
        count = len(self.classes)
        if self.widths.ndim != 3 or self.widths.shape[-1] != count:
            raise ValueError(f"widths must be [R, channels, J] for {count} classes; got shape {self.widths.shape}")
        if not 0 <= self.focus < count:
            raise ValueError(f"focus must be a digit's index, 0 to {count - 1}; got {self.focus}")


@dataclass(frozen=True)
class FlowLabels:
    """What is written around the bands."""

    hover: str
    """What pointing at a band says, a template: %{customdata[0]} its channel, %{customdata[1]} its width,
    %{customdata[2]} that width in equal shares."""
    channels: str
    """What stands above the channels."""
    digits: str
    """What stands above the digits."""


def flow(info: Flow, labels: FlowLabels, palette: Palette) -> go.Figure:
    """Bands from the channels (left) to the digits (right) in one iteration, those to one digit in colour.

    Places and scale are the same for all iterations. The outline at a digit is what arrived in the first iteration,
    with equal shares; the number is what arrives now.
    """
    count = len(info.classes)
    height = max(LEAST, CHANNEL * info.widths.shape[1], DIGIT * count)
    scale = _scale(info.widths, height)
    bands = _bands(info.widths[info.iteration], scale)
    shapes = [
        _shape(
            [_outline(band) for band in bands if band.digit == digit],
            *((palette.focus, 0.85) if digit == info.focus else (palette.other, 0.28)),
        )
        for digit in sorted(range(count), key=lambda digit: digit == info.focus)  # the coloured ones on top
    ]
    shapes += [*_nodes(info, scale, palette), _first(info.widths[0].sum(axis=0), scale, palette)]
    numbers = [str(channel) for channel in range(len(scale.channels))]
    channels = {"tickvals": list(scale.channels), "ticktext": numbers, "tickfont": {"size": 11, "color": palette.ink}}
    plot_height, right = height + TOP + 4, _right(info.classes)
    layout = bare(
        plot_height,
        palette,
        shapes=shapes,
        annotations=[*_digits(info, scale, palette), *_heading(labels, right)],
        xaxis=HIDDEN_AXIS | {"range": [0, 1 + 2 * NODE]},
        yaxis=channels | {"fixedrange": True, "range": [height, 0], "showgrid": False, "zeroline": False, "ticks": ""},
    )
    layout["margin"] = {"l": LEFT, "r": right, "t": TOP, "b": 4}
    coloured = [band for band in bands if band.digit == info.focus]
    return figure([_pointers(coloured, info, labels.hover, palette)], layout)


def _scale(widths: Floats, height: float) -> Scale:
    """The largest scale at which every iteration fits: as wide as bands can be with each channel's number readable."""
    sent, arrived = widths.sum(axis=2).max(axis=0), widths.sum(axis=1).max(axis=0)
    room = height - DIGIT_GAP * len(arrived)
    units = room / max(float(arrived.sum()), 1e-9) * np.linspace(1, 0, 1001)
    needed = (np.maximum(units[:, None] * sent, LABEL) + GAP).sum(axis=1)  # [1001]
    unit = float(units[int((needed <= height).argmax())])
    slots = np.maximum(unit * sent, LABEL) + GAP
    slots *= height / slots.sum()
    free = (height - unit * arrived.sum()) / len(arrived)
    digits = unit * arrived + free
    return Scale(np.cumsum(slots) - slots / 2, np.cumsum(digits) - digits / 2, unit)


def _bands(widths: Floats, scale: Scale) -> list[Band]:
    """All bands of one iteration, stacked at both ends: by digit at a channel, by channel at a digit."""
    pixels = scale.unit * widths.astype(float)
    left = scale.channels[:, None] - pixels.sum(axis=1, keepdims=True) / 2 + np.cumsum(pixels, axis=1) - pixels
    right = scale.digits - pixels.sum(axis=0) / 2 + np.cumsum(pixels, axis=0) - pixels
    return [
        Band(c, j, float(left[c, j]), float(right[c, j]), float(pixels[c, j])) for c, j in np.ndindex(*pixels.shape)
    ]


def _outline(band: Band) -> str:
    """A band as an SVG path: two curves that leave and arrive level."""
    start, end, low_left, low_right = NODE, 1 - NODE, band.left + band.width, band.right + band.width
    return (
        f"M{start},{band.left:.1f}C0.5,{band.left:.1f} 0.5,{band.right:.1f} {end},{band.right:.1f}"
        f"V{low_right:.1f}C0.5,{low_right:.1f} 0.5,{low_left:.1f} {start},{low_left:.1f}Z"
    )


def _box(left: float, right: float, middle: float, height: float) -> str:
    return f"M{left},{middle - height / 2:.1f}H{right}V{middle + height / 2:.1f}H{left}Z"


def _shape(outlines: list[str], colour: str, opacity: float) -> Parts:
    return {
        "type": "path",
        "path": "".join(outlines),
        "fillcolor": colour,
        "fillrule": "nonzero",  # bands of one shape may overlap
        "opacity": opacity,
        "line": {"width": 0},
    }


def _nodes(info: Flow, scale: Scale, palette: Palette) -> list[Parts]:
    """A bar at each end, as high as what leaves a channel or reaches a digit."""
    widths, focus = info.widths[info.iteration], info.focus
    sent, arriving = scale.unit * widths.sum(axis=1), scale.unit * widths.sum(axis=0)
    channels = [_box(0, NODE, y, size) for y, size in zip(scale.channels, sent, strict=True)]
    digits = [_box(1 - NODE, 1, y, size) for y, size in zip(scale.digits, arriving, strict=True)]
    others = [*channels, *digits[:focus], *digits[focus + 1 :]]
    return [_shape(others, palette.other, 1), _shape([digits[focus]], palette.focus, 1)]


def _first(arrived: Floats, scale: Scale, palette: Palette) -> Parts:
    """What arrived with equal shares, as outlines right of the digits' bars."""
    boxes = [
        _box(1 + NODE / 2, 1 + 1.5 * NODE, y, scale.unit * size) for y, size in zip(scale.digits, arrived, strict=True)
    ]
    line = {"color": palette.other, "width": 1.5}
    return {"type": "path", "path": "".join(boxes), "line": line, "fillcolor": CLEAR}


def _pointers(bands: list[Band], info: Flow, hover: str, palette: Palette) -> Parts:
    """Points that can't be seen, along the middles of the coloured bands: shapes don't answer to pointing."""
    t = POINTS
    along = NODE + (1 - 2 * NODE) * (1.5 * t * (1 - t) + t**3)  # the curve of `_outline`, x and y
    across = 3 * t**2 - 2 * t**3
    rows = list(_facts(bands, info))
    return {
        "type": "scatter",
        "x": np.tile(along, len(bands)),
        "y": np.concatenate([band.left + band.width / 2 + (band.right - band.left) * across for band in bands]),
        "customdata": np.repeat(np.array(rows), len(t), axis=0),
        "mode": "markers",
        "marker": {"opacity": 0, "size": 8},
        "hovertemplate": f"{hover}<extra></extra>",
        "hoverlabel": {"bgcolor": palette.focus, "font": {"color": palette.page}},
    }


def _facts(bands: list[Band], info: Flow) -> Iterator[tuple[float, float, float]]:
    """Channel, width and width in equal shares of each band; 1 where there was nothing to share."""
    for band in bands:
        now, first = (float(info.widths[step, band.channel, band.digit]) for step in (info.iteration, 0))
        yield band.channel, now, now / first if first > 0 else 1.0


def _right(classes: tuple[str, ...]) -> int:
    """Room for the names at the right and the numbers behind them."""
    longest = max(text_width(name, 15) for name in classes)
    return round(min(max(RIGHT, longest + 60), MOST_RIGHT))


def _digits(info: Flow, scale: Scale, palette: Palette) -> Iterator[Parts]:
    """Names of the digits with what arrives at them."""
    arriving = info.widths[info.iteration].sum(axis=0)
    for j, (name, y, value) in enumerate(zip(info.classes, scale.digits, arriving, strict=True)):
        badge = {"bgcolor": palette.focus, "font": {"color": palette.page}, "borderpad": 3} if j == info.focus else {}
        text = f"<b>{plain(name)}</b> {value:.1f}"
        yield note(text, x=1, xref="paper", xshift=5, xanchor="left", y=y, **badge)


def _heading(labels: FlowLabels, right: int) -> Iterator[Parts]:
    """What stands at both sides."""
    above = {"xref": "paper", "y": 0, "yanchor": "bottom", "font": {"size": 13}}
    yield note(labels.channels, x=0, xshift=-LEFT, xanchor="left", **above)
    yield note(labels.digits, x=1, xshift=right, xanchor="right", **above)
