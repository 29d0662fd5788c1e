"""The moving part of the theatre: maps of all digits in one heat map, their headings, and the bars of the lengths."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from explorer.arrays import Floats
from explorer.figures.base import Parts, plain
from explorer.figures.theatre.plan import FOOT, Plan
from explorer.figures.theatre.player import Moment
from explorer.figures.theatre.scene import Scene, Ticks
from explorer.palette import Palette


class Actor(NamedTuple):
    """A trace that moves."""

    still: Parts
    """What it always is."""
    at: Callable[[Moment], Parts]
    """What it is at a moment."""


class Grid:
    """All maps [J, rows, columns] laid out in one grid, nothing between them; positions are in its cells."""

    def __init__(self, shape: tuple[int, int, int], plan: Plan) -> None:
        self.count, self.rows, self.columns = shape
        tile = np.arange(self.count)
        self.tops = tile // plan.tiles.across * (plan.tiles.head + self.rows + FOOT) + plan.tiles.head
        self.lefts = tile % plan.tiles.across * (self.columns + 1)
        self.down = int(self.tops[-1]) + self.rows + FOOT
        self.across = plan.tiles.across * (self.columns + 1) - 1

    def joined(self, maps: Floats) -> Floats:
        """The maps in their places, [down, across]."""
        grid = np.full((self.down, self.across), np.nan, np.float32)
        for places, top, left in zip(maps, self.tops, self.lefts, strict=True):
            grid[top : top + self.rows, left : left + self.columns] = places
        return grid

    def numbers(self) -> list[list[int | None]]:
        """Each cell's place in (digit, row, column), by which a click is known."""
        counted = np.arange(self.count * self.rows * self.columns, dtype=np.float32)
        grid = self.joined(counted.reshape(-1, self.rows, self.columns))
        return [[None if np.isnan(number) else int(number) for number in row] for row in grid]

    def hover_texts(self, template: str, classes: tuple[str, ...], values: Floats, form: str) -> list[list[str]]:
        """What each cell says where it is pointed at: its values [R, J, rows, columns] after each iteration."""
        texts = [[""] * self.across for _ in range(self.down)]
        histories = values.reshape(len(values), -1).T
        for (j, row, column), history in zip(np.ndindex(values.shape[1:]), histories, strict=True):
            texts[self.tops[j] + row][self.lefts[j] + column] = template.format(
                name=plain(classes[j]),
                row=row,
                column=column,
                values=" → ".join(format(value, form) for value in history.tolist()),
            )
        return texts


def layer(
    maps: Floats, limit: float, ticks: Ticks, hover_texts: list[list[str]], *, grid: Grid, plan: Plan, palette: Palette
) -> Actor:
    """All maps [R, J, rows, columns], their colours ending at `limit` on both sides."""
    still = {
        "type": "heatmap",
        "zmin": -limit,
        "zmax": limit,
        "colorscale": palette.difference_scale,
        "hovertext": hover_texts,
        "hoverinfo": "text",
        "hoverongaps": False,
        "customdata": grid.numbers(),
        "colorbar": _colour_bar(ticks, plan, palette),
    }
    return Actor(still, lambda moment: {"type": "heatmap", "z": grid.joined(moment.of(maps))})


def _colour_bar(ticks: Ticks, plan: Plan, palette: Palette) -> Parts:
    return {
        "orientation": "h",
        "x": plan.maps.left,
        "xanchor": "left",
        "xpad": 0,
        "y": plan.up(plan.colours),
        "yanchor": "top",
        "ypad": 0,
        "len": plan.maps.right - plan.maps.left,
        "thickness": 10,
        "outlinewidth": 0,
        "tickvals": [value for value, _ in ticks],
        "ticktext": [text for _, text in ticks],
        "tickfont": {"size": plan.text - 2, "color": palette.ink},
        "ticks": "",
    }


def bars(scene: Scene, grid: Grid, palette: Palette) -> Actor:
    """Below each map a track as wide as the map, which is length 1, and on it the capsule's length."""
    hues = [hue(scene, j, palette, palette.other) for j in range(grid.count)]
    still = {
        "type": "bar",
        "orientation": "h",
        "base": np.tile(grid.lefts - 0.5, 2),
        "y": np.tile(grid.tops + grid.rows - 0.05, 2),
        "width": 0.55,
        "marker": {"color": [palette.track] * grid.count + hues},
        "hoverinfo": "skip",
    }

    def at(moment: Moment) -> Parts:
        lengths = moment.of(scene.lengths)
        return {"type": "bar", "x": np.append(np.ones_like(lengths), lengths) * grid.columns}

    return Actor(still, at)


def headings(scene: Scene, grid: Grid, plan: Plan, palette: Palette) -> Actor:
    """Above each map the digit's name at the left, and its length at the right, on one line or on two."""
    count, size = grid.count, plan.text
    line = 0.35 * (36 if size > 14 else 26) / plan.tiles.cell
    lengths_at = grid.tops - 0.5 - line
    names_at = lengths_at - (1.25 * size / plan.tiles.cell if plan.tiles.stacked else 0)
    hues = [hue(scene, j, palette, palette.ink) for j in range(count)]
    names = [f"<b>{plain(name)}</b>" for name in plan.tiles.names]
    still = writing(palette) | {
        "x": np.append(grid.lefts - 0.5, grid.lefts + grid.columns - 0.55),
        "y": np.append(names_at, lengths_at),
        "textposition": ["middle right"] * count + ["middle left"] * count,
        "textfont": {"size": [plan.tiles.name_size] * count + [size] * count, "color": hues + [palette.ink] * count},
    }

    def at(moment: Moment) -> Parts:
        return {"type": "scatter", "text": names + [f"{length:.2f}" for length in moment.of(scene.lengths)]}

    return Actor(still, at)


def hue(scene: Scene, j: int, palette: Palette, other: str) -> str:
    """The colour of a digit; `other` for all but the winner and its rival."""
    return palette.focus if j == scene.winner else palette.rival if j == scene.rival else other


def writing(palette: Palette) -> Parts:
    """A trace that is words."""
    return {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "textfont": {"color": palette.ink},
    }
