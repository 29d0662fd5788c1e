"""The confusion matrix: pictures of each class, and what they were read as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.figures.base import Parts, bare, figure, plain, text_width
from explorer.palette import Palette

HEIGHT, NARROW_HEIGHT = 430, 380
SIZE = 13
"""Of what is written in cells and on axes."""
STRONGEST = 0.5
"""Share of its colour in the fullest cell: words stay legible on it."""
TURNED = 34
"""Names wider than this are turned, in screen pixels."""


@dataclass(frozen=True)
class Confusion:
    """Who was taken for whom.

    Raises:
        ValueError: the counts are not [J][J], or a cell is none.
    """

    counts: tuple[tuple[int, ...], ...]
    """Pictures of class (row) read as class (column), [J][J]."""
    classes: Sequence[str]
    chosen: tuple[int, int] | None = None
    """The cell that is looked at, framed."""

    def __post_init__(self) -> None:
        count = len(self.classes)
        if len(self.counts) != count or any(len(row) != count for row in self.counts):
            raise ValueError(f"counts must be [{count}][{count}], a row and a column a class")
        if self.chosen and not all(0 <= number < count for number in self.chosen):
            raise ValueError(f"the chosen cell must lie within {count} x {count}; got {self.chosen}")


@dataclass(frozen=True)
class ConfusionLabels:
    """What is written around the matrix."""

    rows: str
    columns: str
    hover: str
    """What pointing says, a template: %{y} the class, %{x} what was read, %{customdata} how many."""


def confusion_matrix(info: Confusion, labels: ConfusionLabels, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """A cell for each pair: what was read rightly in the colour of the digit looked at, mistakes in the rival's."""
    names = [plain(name) for name in info.classes]
    turned = max(text_width(name, SIZE) for name in info.classes) > TURNED
    layout = bare(
        NARROW_HEIGHT if narrow else HEIGHT,
        palette,
        hoverlabel={"align": "left", "font": {"size": SIZE}},
        xaxis={**_axis(labels.columns, palette), "side": "top", "tickangle": -90 if turned else 0},
        yaxis={**_axis(labels.rows, palette), "autorange": "reversed"},
        shapes=_frame(info.chosen, palette),
    )
    counts = np.array(info.counts)
    return figure([_cells(counts, names, labels.hover, palette)], layout)


def levels(counts: NDArray[Any]) -> NDArray[Any]:
    """Places on the colour scale: -1 where pictures were read rightly, 0 where there are none, to 1 for most mistakes.

    By square roots, so that a single mistake is seen beside twenty; [J, J].
    """
    wrong = counts * (1 - np.eye(len(counts), dtype=counts.dtype))
    most = max(1, int(wrong.max()))
    return np.where(np.eye(len(counts), dtype=bool), -1.0, np.sqrt(wrong / most))


def _cells(counts: NDArray[Any], names: list[str], hover: str, palette: Palette) -> Parts:
    return {
        "type": "heatmap",
        "z": levels(counts).tolist(),
        "x": names,
        "y": names,
        "customdata": counts.tolist(),
        "text": [[str(count) if count else "" for count in row] for row in counts.tolist()],
        "texttemplate": "%{text}",
        "textfont": {"size": SIZE, "color": palette.ink},
        "hovertemplate": f"{hover}<extra></extra>",
        "zmin": -1,
        "zmax": 1,
        "colorscale": [
            [0, _mixed(palette.focus, palette.page, 0.25)],
            [0.5, palette.surface],
            [1, _mixed(palette.rival, palette.page, STRONGEST)],
        ],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }


def _axis(title: str, palette: Palette) -> Parts:
    return {
        "type": "category",
        "title": {"text": plain(title), "font": {"size": SIZE + 1, "color": palette.ink}, "standoff": 6},
        "tickfont": {"size": SIZE + 1, "color": palette.ink},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "automargin": True,
    }


def _frame(chosen: tuple[int, int] | None, palette: Palette) -> list[Parts]:
    if chosen is None:
        return []
    row, column = chosen
    place = {"x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5, "y1": row + 0.5}
    return [{"type": "rect", **place, "line": {"color": palette.ink, "width": 3}}]


def _mixed(colour: str, ground: str, share: float) -> str:
    """A colour laid thinly over another, #rrggbb."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02x}" for over, under in pairs)
