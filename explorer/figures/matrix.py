"""All couplings of one iteration: a row a primary capsule, a column a digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.figures.style import MEANT, READ, Floats, bare, diverging

TOP, BOTTOM, RIGHT = 66, 24, 16
"""Room for the legend and the digits above, the sums below, and the arrow at the right, in screen pixels."""
LEVELS = 127
"""Colours on each side of the equal share."""


class MatrixWords(NamedTuple):
    """What is written around the matrix."""

    hover: str
    """What pointing says, a template: %{y} the capsule, %{x} the digit, %{customdata} the coupling, %{text} the
    coupling in equal shares."""
    legend: tuple[str, str, str]
    """What stands at the low end of the colours, at the equal share and at the high end."""
    total: str
    """What stands left of the sums."""


def coupling_matrix(
    couplings: Floats,
    order: NDArray[np.intp],
    names: Sequence[str],
    classes: tuple[str, ...],
    reach: float,
    words: MatrixWords,
    *,
    marks: Sequence[tuple[float, str]] = (),
    focus: int | None = None,
    followed: int | None = None,
    rows: int | None = None,
    narrow: bool = False,
    dark: bool = False,
    height: int = 560,
) -> go.Figure:
    """Couplings as colours: near the page's colour at the equal share 1 / J, orange above, blue below, by log2(J c_ij).

    Drag over rows to enlarge them; a double-click goes back, another one shows all rows. Below each column stands its
    sum: a row sums to 1.

    Args:
        couplings: c_ij of one iteration, [I, J].
        order: the primary capsule i in each row, top down, [I].
        names: of the primary capsules, by i.
        classes: of the digits.
        reach: the |log2(J c_ij)| at which the colours end; above 0.
        words: what is written and said.
        marks: what stands beside rows, and at which height in rows; without any, the capsules' names.
        focus: the digit looked at, in a colour of its own.
        followed: the primary capsule that is followed, pointed at.
        rows: as many rows fill the figure at first; None: all.
        narrow: for a phone: no names beside the rows, and nothing that dragging does but scroll the page.
        dark: the page is dark.
        height: of the figure, in screen pixels.

    Raises:
        ValueError: couplings are not [I, J] with a name for each, order is no order of I rows, or reach is not above 0.
    """
    _check(couplings, order, names, classes, reach)
    sorted_couplings = couplings[order].astype(np.float32)
    shares = sorted_couplings * np.float32(len(classes))  # in equal shares
    figure = go.Figure(
        go.Heatmap(
            z=_levels(shares, reach),
            x=list(classes),
            y=[names[i] for i in order],
            customdata=sorted_couplings,
            text=shares,
            hovertemplate=words.hover + "<extra></extra>",
            zmin=-LEVELS,
            zmax=LEVELS,
            colorscale=diverging(dark),
            colorbar=_legend(words.legend),
            xgap=1,
        )
    )
    bare(figure, height)
    figure.update_layout(
        margin={"l": 4, "r": RIGHT, "t": TOP, "b": BOTTOM},
        dragmode=False if narrow else "zoom",
        hoverlabel_align="left",
    )
    _label_columns(figure, classes, focus)
    _label_rows(figure, marks, len(order), rows or len(order), narrow)
    _sum_columns(figure, couplings.sum(axis=0), "" if narrow else words.total)
    if followed is not None:
        _point_at(figure, int(np.flatnonzero(order == followed)[0]))
    return figure


def _check(
    couplings: Floats, order: NDArray[np.intp], names: Sequence[str], classes: tuple[str, ...], reach: float
) -> None:
    if couplings.shape != (len(names), len(classes)):
        raise ValueError(
            f"couplings must be [I, J] = [{len(names)}, {len(classes)}], a row a name, a column a class; "
            f"got shape {couplings.shape}"
        )
    if sorted(order.tolist()) != list(range(len(names))):
        raise ValueError(f"order must hold each of the {len(names)} rows once")
    if reach <= 0:
        raise ValueError(f"reach must be above 0; got {reach:g}")


def _levels(shares: Floats, reach: float) -> NDArray[np.int8]:
    """Log2 of shares as whole numbers from -LEVELS to LEVELS, where the colours end: a quarter of a float's size."""
    distances = np.log2(shares.clip(np.finfo(np.float32).tiny))
    levels: NDArray[np.int8] = np.round(LEVELS * (distances / reach).clip(-1, 1)).astype(np.int8)
    return levels


def _legend(words: tuple[str, str, str]) -> dict[str, Any]:
    """A bar of colours above the matrix, its ends and its middle in words."""
    return {
        "orientation": "h",
        "thickness": 10,
        "len": 0.8,
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "ypad": 2,
        "tickvals": [-LEVELS, 0, LEVELS],
        "ticktext": list(words),
        "outlinewidth": 0,
    }


def _label_columns(figure: go.Figure, classes: tuple[str, ...], focus: int | None) -> None:
    """The digits above their columns, the one looked at on a ground of its own."""
    figure.update_xaxes(
        type="category",
        side="top",
        tickangle=0,
        ticks="",
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        tickfont={"size": 16, "weight": "bold"},
    )
    if focus is not None:
        badge = {"text": f"<b>{classes[focus]}</b>", "font": {"size": 16, "color": "#ffffff"}, "bgcolor": READ}
        figure.add_annotation(
            x=focus, y=1, yref="paper", yanchor="bottom", yshift=1, borderpad=3, showarrow=False, **badge
        )


def _sum_columns(figure: go.Figure, sums: Floats, word: str) -> None:
    """The sum of each column below it, and left of them what they are."""
    below = {"y": 0, "yref": "paper", "yanchor": "top", "showarrow": False, "font_size": 12}
    for j, value in enumerate(sums):
        figure.add_annotation(x=j, text=f"{value:.1f}", **below)
    figure.add_annotation(x=0, xref="paper", xanchor="right", text=word, **below)


def _label_rows(figure: go.Figure, marks: Sequence[tuple[float, str]], rows: int, shown: int, narrow: bool) -> None:
    """The axis down the matrix, its first rows filling the figure."""
    figure.update_yaxes(
        type="category",
        range=[min(shown, rows) - 0.5, -0.5],
        fixedrange=narrow,
        showgrid=False,
        zeroline=False,
        ticks="",
        tickfont_size=12,
        showticklabels=not narrow,
        automargin=not narrow,
    )
    if marks:  # beside rows, never on one: a mark on a row would take its name's place when it is pointed at
        figure.update_yaxes(tickvals=[row + 0.26 for row, _ in marks], ticktext=[text for _, text in marks])


def _point_at(figure: go.Figure, row: int) -> None:
    """An arrow at the right of a row."""
    arrow = {"text": "◀", "font": {"color": MEANT, "size": 13}, "showarrow": False}
    figure.add_annotation(x=1, xref="paper", xanchor="left", y=row, yanchor="middle", **arrow)
