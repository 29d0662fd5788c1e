"""What flows from the channels to the digits: bands as wide as coupling times vote length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from explorer.figures.style import OTHER, READ, Floats, bare

CHANNEL, DIGIT, LEAST = 19, 24, 320
"""The figure's height for each channel or each digit, whichever makes it higher, and its least, in screen pixels."""
TOP, LEFT, RIGHT = 26, 34, 74
"""Room for the heading and for the names at both sides, in screen pixels."""
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


class FlowWords(NamedTuple):
    """What is written around the bands."""

    hover: str
    """What pointing at a band says, a template: %{customdata[0]} its channel, %{customdata[1]} its width,
    %{customdata[2]} that width in equal shares."""
    heading: tuple[str, str]
    """What stands above the channels and above the digits."""


def flow(widths: Floats, iteration: int, classes: tuple[str, ...], focus: int, words: FlowWords) -> go.Figure:
    """Bands from the channels (left) to the digits (right) in one iteration, those to one digit in colour.

    Places and scale are the same for all iterations. The outline at a digit is what arrived in the first iteration,
    with equal shares; the number is what arrives now.

    Args:
        widths: the sum over a channel's places of c_ij |u_hat_j|i|, for all iterations, [R, channels, J].
        iteration: the one shown, an index of R.
        classes: names of the digits.
        focus: index of the digit in colour.
        words: what is written and said.

    Raises:
        ValueError: widths are not [R, channels, J], or there is no such digit.
    """
    if widths.ndim != 3 or widths.shape[-1] != len(classes):
        raise ValueError(f"widths must be [R, channels, J] for {len(classes)} classes; got shape {widths.shape}")
    if not 0 <= focus < len(classes):
        raise ValueError(f"focus must be a digit's index, 0 to {len(classes) - 1}; got {focus}")
    height = max(LEAST, CHANNEL * widths.shape[1], DIGIT * len(classes))
    scale = _scale(widths, height)
    bands = _bands(widths[iteration], scale)
    figure = go.Figure(_pointers([band for band in bands if band.digit == focus], widths, iteration, words.hover))
    for digit in sorted(range(len(classes)), key=lambda digit: digit == focus):  # the coloured ones on top
        colour, opacity = (READ, 0.85) if digit == focus else (OTHER, 0.28)
        _draw(figure, [_outline(band) for band in bands if band.digit == digit], colour, opacity)
    _draw_nodes(figure, widths[iteration], scale, focus)
    _draw_first(figure, widths[0].sum(axis=0), scale)
    _label(figure, widths[iteration].sum(axis=0), classes, scale, focus, words.heading)
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, 1 + 2 * NODE])
    figure.update_yaxes(fixedrange=True, range=[height, 0], showgrid=False, zeroline=False, ticks="")
    return bare(figure, height + TOP + 4).update_layout(margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": 4})


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


def _draw(figure: go.Figure, outlines: list[str], colour: str, opacity: float) -> None:
    figure.add_shape(
        type="path",
        path="".join(outlines),
        fillcolor=colour,
        fillrule="nonzero",  # bands of one shape may overlap
        opacity=opacity,
        line_width=0,
    )


def _draw_nodes(figure: go.Figure, widths: Floats, scale: Scale, focus: int) -> None:
    """A bar at each end, as high as what leaves a channel or reaches a digit."""
    sent, arriving = scale.unit * widths.sum(axis=1), scale.unit * widths.sum(axis=0)
    channels = [_box(0, NODE, y, size) for y, size in zip(scale.channels, sent, strict=True)]
    digits = [_box(1 - NODE, 1, y, size) for y, size in zip(scale.digits, arriving, strict=True)]
    _draw(figure, [*channels, *digits[:focus], *digits[focus + 1 :]], OTHER, 1)
    _draw(figure, [digits[focus]], READ, 1)


def _draw_first(figure: go.Figure, arrived: Floats, scale: Scale) -> None:
    """What arrived with equal shares, as outlines right of the digits' bars."""
    boxes = [
        _box(1 + NODE / 2, 1 + 1.5 * NODE, y, scale.unit * size) for y, size in zip(scale.digits, arrived, strict=True)
    ]
    figure.add_shape(type="path", path="".join(boxes), line={"color": OTHER, "width": 1.5}, fillcolor="rgba(0,0,0,0)")


def _pointers(bands: list[Band], widths: Floats, iteration: int, hover: str) -> go.Scatter:
    """Points that can't be seen, along the middles of the coloured bands: shapes don't answer to pointing."""
    t = POINTS
    along = NODE + (1 - 2 * NODE) * (1.5 * t * (1 - t) + t**3)  # the curve of `_outline`, x and y
    across = 3 * t**2 - 2 * t**3
    rows = list(_facts(bands, widths, iteration))
    return go.Scatter(
        x=np.tile(along, len(bands)),
        y=np.concatenate([band.left + band.width / 2 + (band.right - band.left) * across for band in bands]),
        customdata=np.repeat(np.array(rows), len(t), axis=0),
        mode="markers",
        marker={"opacity": 0, "size": 8},
        hovertemplate=hover + "<extra></extra>",
        hoverlabel={"bgcolor": READ, "font_color": "#ffffff"},
    )


def _facts(bands: list[Band], widths: Floats, iteration: int) -> Iterator[tuple[float, float, float]]:
    """Channel, width and width in equal shares of each band; 1 where there was nothing to share."""
    for band in bands:
        now, first = (float(widths[step, band.channel, band.digit]) for step in (iteration, 0))
        yield band.channel, now, now / first if first > 0 else 1.0


def _label(
    figure: go.Figure, arriving: Floats, classes: tuple[str, ...], scale: Scale, focus: int, heading: tuple[str, str]
) -> None:
    """Numbers of the channels, names of the digits with what arrives at them, and what both are."""
    numbers = [str(channel) for channel in range(len(scale.channels))]
    figure.update_yaxes(tickvals=list(scale.channels), ticktext=numbers, tickfont_size=11)
    for j, (name, y, value) in enumerate(zip(classes, scale.digits, arriving, strict=True)):
        badge = {"bgcolor": READ, "font_color": "#ffffff", "borderpad": 3} if j == focus else {}
        text = f"<b>{name}</b> {value:.1f}"
        figure.add_annotation(x=1, xref="paper", xshift=5, xanchor="left", y=y, text=text, showarrow=False, **badge)
    for x, side, word in zip((0, 1), ("left", "right"), heading, strict=True):
        shift = -LEFT if side == "left" else RIGHT
        figure.add_annotation(
            x=x,
            xref="paper",
            xshift=shift,
            xanchor=side,
            y=0,
            yanchor="bottom",
            text=word,
            showarrow=False,
            font_size=13,
        )
