"""The lengths of the digit capsules as bars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from explorer.figures.style import MEANT, OTHER, READ, Floats, bare

BAR, NARROW_BAR = 24, 20
"""Height of a bar with the space below it, in screen pixels; the second where there are more than ten."""
MARGIN_LINE = {"dash": "dot", "width": 2, "color": OTHER}
TOP = 44
"""Room above the bars for two lines of words."""
COLUMN = 1.13
"""Where the numbers stand, right of the longest bar possible."""


def length_bars(
    lengths: Floats,
    classes: tuple[str, ...],
    read: int,
    meant: int | None,
    margins: tuple[float, float],
    words: tuple[str, str],
) -> go.Figure:
    """One bar a capsule, the one read and the one meant in colours of their own.

    Args:
        lengths: |v_j| in [0, 1), [J].
        classes: names of the capsules.
        read: index of the longest.
        meant: index of the one that the person meant, if it was said.
        margins: what the margin loss asks of the absent and of the present class, drawn as lines.
        words: what is written at these lines.

    Raises:
        ValueError: lengths are not [J].
    """
    if lengths.shape != (len(classes),):
        raise ValueError(f"lengths must be [J], one for each of {len(classes)} classes; got shape {lengths.shape}")
    figure = go.Figure(
        go.Bar(
            x=[round(float(length), 4) for length in lengths],
            y=list(classes),
            orientation="h",
            marker_color=[READ if j == read else MEANT if j == meant else OTHER for j in range(len(classes))],
            hovertemplate="%{y}: %{x:.3f}<extra></extra>",
        )
    )
    figure.update_layout(
        annotations=[*_numbers(lengths, classes, {read, meant}), *_margins(margins, words)],
        shapes=[
            {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": MARGIN_LINE}
            for at in margins
        ],
    )  # all at once: each call of add_annotation takes plotly two milliseconds
    figure.update_xaxes(range=[0, COLUMN], fixedrange=True, visible=False)
    figure.update_yaxes(type="category", autorange="reversed", fixedrange=True, showgrid=False, tickfont_size=16)
    return bare(figure, (BAR if len(classes) <= 10 else NARROW_BAR) * len(classes) + TOP + 4).update_layout(
        margin_t=TOP, bargap=0.25
    )


def _numbers(lengths: Floats, classes: tuple[str, ...], bold: set[int | None]) -> Iterator[dict[str, Any]]:
    """The lengths in figures, in a column of their own."""
    for j, length in enumerate(lengths):
        text = f"<b>{length:.2f}</b>" if j in bold else f"{length:.2f}"
        yield {"x": COLUMN, "y": classes[j], "text": text, "showarrow": False, "xanchor": "right"}


def _margins(margins: tuple[float, float], words: tuple[str, str]) -> Iterator[dict[str, Any]]:
    """Words above the two lines, outside of what is between them."""
    for margin, word, side in zip(margins, words, ("left", "right"), strict=True):
        side_of_line = {"xanchor": side, "yanchor": "bottom"}
        yield {"x": margin, "y": 1, "yref": "paper", "text": word, "showarrow": False, **side_of_line}
