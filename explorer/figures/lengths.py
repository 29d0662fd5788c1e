"""The lengths of the digit capsules as bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import plotly.graph_objects as go

from explorer.arrays import Floats
from explorer.figures.base import HIDDEN_AXIS, Parts, bare, figure, note, plain
from explorer.palette import Palette

BAR, NARROW_BAR = 24, 20
"""Height of a bar with the space below it, in screen pixels; the second where there are more than ten."""
TOP = 44
"""Room above the bars for two lines of words."""
COLUMN = 1.13
"""Where the numbers stand, right of the longest bar possible."""


@dataclass(frozen=True)
class Lengths:
    """The capsules' lengths, and which of them stand out.

    Raises:
        ValueError: lengths are not [J].
    """

    lengths: Floats
    """|v_j| in [0, 1), [J]."""
    classes: tuple[str, ...]
    winner: int
    """Index of the longest."""
    meant: int | None
    """Index of the one that the person meant, if it was said."""
    margins: tuple[float, float] | None
    """What the margin loss asks of the absent and of the present class, drawn as lines; None: no such loss."""

    def __post_init__(self) -> None:
        if self.lengths.shape != (len(self.classes),):
            raise ValueError(
                f"lengths must be [J], one for each of {len(self.classes)} classes; got shape {self.lengths.shape}"
            )


@dataclass(frozen=True)
class LengthLabels:
    """What is written at the two lines of the margin loss."""

    absent: str
    present: str


def length_bars(info: Lengths, labels: LengthLabels, palette: Palette) -> go.Figure:
    """One bar a capsule, the winner and the one meant in colours of their own."""
    names = [plain(name) for name in info.classes]
    bars = {
        "type": "bar",
        "x": [round(float(length), 4) for length in info.lengths],
        "y": names,
        "orientation": "h",
        "marker": {"color": [_hue(info, j, palette) for j in range(len(names))]},
        "hovertemplate": "%{y}: %{x:.3f}<extra></extra>",
    }
    line = {"dash": "dot", "width": 2, "color": palette.other}
    layout = bare(
        (BAR if len(names) <= 10 else NARROW_BAR) * len(names) + TOP + 4,
        palette,
        bargap=0.25,
        annotations=[*_numbers(info, names), *(_margins(info.margins, labels) if info.margins else ())],
        shapes=[
            {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": line}
            for at in info.margins or ()
        ],
        xaxis=HIDDEN_AXIS | {"range": [0, COLUMN]},
        yaxis={
            "type": "category",
            "autorange": "reversed",
            "fixedrange": True,
            "showgrid": False,
            "tickfont": {"size": 16, "color": palette.ink},
        },
    )
    layout["margin"] |= {"t": TOP}
    return figure([bars], layout)


def _hue(info: Lengths, j: int, palette: Palette) -> str:
    return palette.focus if j == info.winner else palette.rival if j == info.meant else palette.other


def _numbers(info: Lengths, names: list[str]) -> Iterator[Parts]:
    """The lengths in figures, in a column of their own."""
    for j, length in enumerate(info.lengths):
        text = f"<b>{length:.2f}</b>" if j in (info.winner, info.meant) else f"{length:.2f}"
        yield note(text, x=COLUMN, y=names[j], xanchor="right")


def _margins(margins: tuple[float, float], labels: LengthLabels) -> Iterator[Parts]:
    """Words above the two lines, outside of what is between them."""
    for margin, word, side in zip(margins, (labels.absent, labels.present), ("left", "right"), strict=True):
        yield note(word, x=margin, y=1, yref="paper", xanchor=side, yanchor="bottom")
