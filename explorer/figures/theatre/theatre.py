"""Routing as it happens: maps, lengths and agreement of one digit, animated over the iterations in the browser.

Frames named "1" to "R" are the network's own numbers. Between them stand eased frames with other names, so that the
eye can follow; they say so. Nothing but the frame changes while it plays: axes and colours stay.

All maps are one heat map with gaps, and nothing is drawn that needn't be: each frame draws everything again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from explorer.figures.player import Moment, moments, player, scrubber, switch
from explorer.figures.style import OTHER, TRACK, Floats, accents, bare, diverging, page_ink

HEAD, FOOT = 2, 1
"""Rows of the grid above a map, for the digit's name and length, and below it, for the bar of its length."""


@dataclass(frozen=True)
class Scene:
    """What the theatre shows, for each iteration.

    Raises:
        ValueError: the layers of maps differ in shape, or are not of one picture.
    """

    couplings: Floats
    """log2 of the couplings against an equal share, [R, J, rows, columns]."""
    evidence: Floats
    """What each place says for each digit, [R, J, rows, columns]."""
    lengths: Floats
    """|v_j|, [R, J]."""
    agreements: Floats
    """Total agreement with each digit's capsule, [R, J]."""
    entropies: Floats
    """How evenly couplings are shared, 0..1, [R]."""
    reaches: tuple[float, float]
    """Where the colours of the two layers of maps end."""
    classes: tuple[str, ...]
    winner: int
    rival: int

    def __post_init__(self) -> None:
        if self.couplings.ndim != 4 or self.couplings.shape != self.evidence.shape:
            shapes = f"{self.couplings.shape} and {self.evidence.shape}"
            raise ValueError(f"both layers must be [R, J, rows, columns], of one picture; got {shapes}")


class Words(NamedTuple):
    """What is written in the theatre."""

    player: tuple[str, str, str]
    """Play, play slowly, pause."""
    layers: tuple[str, str]
    """Coupling, evidence."""
    coupling_scale: tuple[str, str, str]
    evidence_scale: tuple[str, str, str]
    """What the colours mean: at the low end, in the middle, at the high end."""
    agreement: str
    entropy: str
    iteration: str
    """With {step} and {steps}."""
    between: str
    """With {step} and {next}."""
    coupling_place: str
    evidence_place: str
    """What a cell says where it is pointed at, with {name}, {row}, {column} and {values}."""


class _Plan(NamedTuple):
    """Where everything stands, in screen pixels from the top and in shares of the width."""

    height: int
    tiles: tuple[int, int]
    across: int
    right: float
    """Where the maps end."""
    controls: tuple[int, int]
    """Top of the player and of the switch between layers."""
    scale: int
    scrubber: int
    caption: tuple[float, int]
    lines: tuple[tuple[float, float, int, int], tuple[float, float, int, int]]
    """Left, right, top and bottom of the two line charts."""
    text: int
    """Size of the words."""

    def up(self, pixels: float) -> float:
        """A position as Plotly counts it: 0 at the bottom, 1 at the top."""
        return 1 - pixels / self.height


def _wide(count: int, cells: int) -> _Plan:
    across = min(5, count)
    end = 44 + -(-count // across) * cells * 18
    half = (end + 40) // 2
    lines = (0.77, 1.0, 82, half - 18), (0.77, 1.0, half + 38, end - 8)
    return _Plan(end + 96, (44, end), across, 0.71, (0, 0), end + 4, end + 46, (0.735, 15), lines, 16)


def _narrow(count: int, cells: int) -> _Plan:
    across = min(4, count)
    end = 44 + -(-count // across) * cells * 13
    top = end + 180
    lines = (0.08, 0.45, top, top + 90), (0.62, 1.0, top, top + 90)
    return _Plan(top + 116, (44, end), across, 1.0, (end + 48, 0), end + 4, end + 96, (0.0, 15), lines, 14)


def theatre(scene: Scene, words: Words, *, narrow: bool = False, dark: bool = False) -> go.Figure:
    """The figure with its player; `narrow`: laid out for a phone, `dark`: for a dark page.

    It stands at the last iteration, where the answer is read; play begins at the first.
    """
    stage = _Stage(scene, words, narrow, dark)
    scenery, actors = stage.scenery(), stage.actors()
    last = list(moments(stage.steps))[-1]
    traces = list(range(len(scenery), len(scenery) + len(actors)))
    figure = go.Figure(
        data=scenery + [actor | now for actor, now in zip(actors, stage.moving(last), strict=True)],
        layout=stage.layout((traces[0], traces[1])),
        frames=[{"name": m.name, "data": stage.moving(m), "traces": traces} for m in moments(stage.steps)],
    )
    return bare(figure, stage.plan.height).update_layout(
        margin={"l": 0, "r": 8, "t": 0, "b": 0, "autoexpand": False}, hovermode="closest"
    )


class _Stage:
    """The traces: scenery, which stays, and actors, which move. Positions among the maps are in cells of their grid."""

    def __init__(self, scene: Scene, words: Words, narrow: bool, dark: bool) -> None:
        self.scene, self.words, self.dark = scene, words, dark
        self.ink, self.accents = page_ink(dark), accents(dark)
        self.steps, count, self.rows, self.columns = scene.couplings.shape
        self.pitch = self.rows + HEAD + FOOT
        self.plan = (_narrow if narrow else _wide)(count, self.pitch)
        tile = np.arange(count)
        self.tops = tile // self.plan.across * self.pitch + HEAD
        self.lefts = tile % self.plan.across * (self.columns + 1)
        self.grid = int(self.tops[-1]) + self.rows + FOOT, self.plan.across * (self.columns + 1) - 1  # down, across
        self.names = [f"<b>{name}</b>" for name in scene.classes]
        self.pair = [scene.winner, scene.rival]

    def scenery(self) -> list[dict[str, Any]]:
        """The two line charts."""
        scene = self.scene
        return [
            *(
                self._line(scene.agreements[:, j], 2, self._colour(j), scene.classes[j] + ": %{y:.2f}")
                for j in self.pair
            ),
            self._line(scene.entropies, 3, self.ink, "%{y:.4f}"),
        ]

    def actors(self) -> list[dict[str, Any]]:
        """What moves, without what `moving` says of it."""
        reaches, words = self.scene.reaches, self.words
        shares = 2**self.scene.couplings
        return [
            self._layer(reaches[0], words.coupling_scale, self._told(words.coupling_place, shares, ".2f"), True),
            self._layer(
                reaches[1], words.evidence_scale, self._told(words.evidence_place, self.scene.evidence, "+.2f"), False
            ),
            self._bars(),
            self._headings(),
            self._marker(2, [self._colour(j) for j in self.pair]),
            self._marker(3, [self.ink]),
            _WRITING
            | {"x": [0], "y": [0], "xaxis": "x4", "yaxis": "y4", "textposition": "middle right"}
            | {"textfont": {"size": self.plan.text + 4, "color": self.ink}},
        ]

    def moving(self, moment: Moment) -> list[dict[str, Any]]:
        """What each actor does in a frame."""
        scene = self.scene
        lengths = moment.of(scene.lengths)
        return [
            {"type": "heatmap", "z": self._grid(moment.of(scene.couplings))},
            {"type": "heatmap", "z": self._grid(moment.of(scene.evidence))},
            {"type": "bar", "x": np.append(np.ones_like(lengths), lengths) * self.columns},
            {"type": "scatter", "text": [*self.names, *(f"{length:.2f}" for length in lengths)]},
            {"type": "scatter", "x": [moment.time] * 2, "y": moment.of(scene.agreements)[self.pair]},
            {"type": "scatter", "x": [moment.time], "y": moment.of(scene.entropies[:, None])},
            {"type": "scatter", "text": [self._caption(moment)]},
        ]

    def layout(self, layers: tuple[int, int]) -> dict[str, Any]:
        """Axes, titles and controls."""
        plan, words, scene = self.plan, self.words, self.scene
        player_top, switch_top = plan.controls
        ceiling = max(1e-3, float(scene.agreements[:, self.pair].max()))
        floor = min(0.97, float(scene.entropies.min()))
        hidden = {"visible": False, "fixedrange": True}
        down, across = self.grid
        x, y = plan.caption
        small = {"size": plan.text - 2}
        return {
            "barmode": "overlay",
            "xaxis": hidden | {"domain": [0, plan.right], "range": [-0.5, across - 0.5]},
            "yaxis": hidden | {"domain": [plan.up(top) for top in reversed(plan.tiles)], "range": [down - 0.5, -0.5]},
            **self._line_axes(2, [-0.08 * ceiling, 1.15 * ceiling]),
            **self._line_axes(3, [floor - 0.15 * (1 - floor), 1 + 0.15 * (1 - floor)]),
            "xaxis4": hidden | {"domain": [x, 1], "range": [0, 1], "anchor": "y4"},
            "yaxis4": hidden | {"domain": [plan.up(y + 15), plan.up(y - 15)], "range": [-1, 1], "anchor": "x4"},
            "annotations": [self._title(0, words.agreement), self._title(1, words.entropy)],
            "updatemenus": [
                player(self.steps, words.player, x=0, xanchor="left", y=plan.up(player_top)),
                switch(words.layers, layers, x=plan.right, xanchor="right", y=plan.up(switch_top)),
            ],
            "sliders": [scrubber(self.steps, x=0, len=plan.right, y=plan.up(plan.scrubber), yanchor="top", font=small)],
        }

    def _layer(self, reach: float, scale: tuple[str, str, str], told: list[list[str]], visible: bool) -> dict[str, Any]:
        plan = self.plan
        return {
            "type": "heatmap",
            "zmin": -reach,
            "zmax": reach,
            "colorscale": diverging(self.dark),
            "hovertext": told,
            "hoverinfo": "text",
            "hoverongaps": False,
            "customdata": self._numbers(),
            "visible": visible,
            "colorbar": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "xpad": 0,
                "y": plan.up(plan.scale),
                "yanchor": "top",
                "ypad": 0,
                "len": plan.right,
                "thickness": 10,
                "outlinewidth": 0,
                "tickvals": [-0.8 * reach, 0, 0.8 * reach],
                "ticktext": list(scale),
                "tickfont": {"size": plan.text - 2},
                "ticks": "",
            },
        }

    def _told(self, words: str, values: Floats, form: str) -> list[list[str]]:
        """What each cell says where it is pointed at: its value after each iteration."""
        told = [[""] * self.grid[1] for _ in range(self.grid[0])]
        for (j, row, column), history in zip(
            np.ndindex(values.shape[1:]), values.reshape(self.steps, -1).T, strict=True
        ):
            told[self.tops[j] + row][self.lefts[j] + column] = words.format(
                name=self.scene.classes[j],
                row=row,
                column=column,
                values=" → ".join(format(value, form) for value in history.tolist()),
            )
        return told

    def _numbers(self) -> list[list[int | None]]:
        """Each cell's place in (digit, row, column), by which a click is known."""
        count = len(self.scene.classes) * self.rows * self.columns
        grid = self._grid(np.arange(count, dtype=np.float32).reshape(-1, self.rows, self.columns))
        return [[None if np.isnan(number) else int(number) for number in row] for row in grid]

    def _grid(self, maps: Floats) -> Floats:
        """All maps [J, rows, columns] in one, nothing between them."""
        grid = np.full(self.grid, np.nan, np.float32)
        for places, top, left in zip(maps, self.tops, self.lefts, strict=True):
            grid[top : top + self.rows, left : left + self.columns] = places
        return grid

    def _bars(self) -> dict[str, Any]:
        """Below each map a track as wide as the map, which is length 1, and on it the capsule's length."""
        count = len(self.names)
        return {
            "type": "bar",
            "orientation": "h",
            "base": np.tile(self.lefts - 0.5, 2),
            "y": np.tile(self.tops + self.rows - 0.05, 2),
            "width": 0.55,
            "marker": {"color": [TRACK] * count + [self._colour(j) for j in range(count)]},
            "hoverinfo": "skip",
        }

    def _headings(self) -> dict[str, Any]:
        """Above each map, left the digit's name and right its length."""
        count, size = len(self.names), self.plan.text
        return _WRITING | {
            "x": np.append(self.lefts - 0.5, self.lefts + self.columns - 0.55),
            "y": np.tile(self.tops - 0.6 * HEAD, 2),
            "textposition": ["middle right"] * count + ["middle left"] * count,
            "textfont": {
                "size": [size + 3] * count + [size] * count,
                "color": [self._colour(j, self.ink) for j in range(count)] + [self.ink] * count,
            },
        }

    def _line(self, values: Floats, axis: int, colour: str, told: str) -> dict[str, Any]:
        return {
            "type": "scatter",
            "x": np.arange(1, self.steps + 1),
            "y": values,
            "xaxis": f"x{axis}",
            "yaxis": f"y{axis}",
            "mode": "lines+markers",
            "line": {"color": colour, "width": 2.5},
            "marker": {"size": 5},
            "hovertemplate": f"{told}<extra></extra>",
        }

    def _marker(self, axis: int, colours: list[str]) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "markers",
            "xaxis": f"x{axis}",
            "yaxis": f"y{axis}",
            "marker": {"size": 14, "color": colours, "line": {"color": "#fff", "width": 2}},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }

    def _line_axes(self, axis: int, reach: list[float]) -> dict[str, Any]:
        left, right, top, bottom = self.plan.lines[axis - 2]
        steps = {
            "tickmode": "linear",
            "dtick": 1,
            "range": [0.7, self.steps + 0.3],
            "showgrid": False,
            "zeroline": False,
        }
        return {
            f"xaxis{axis}": steps | {"domain": [left, right], "anchor": f"y{axis}", "fixedrange": True},
            f"yaxis{axis}": {
                "domain": [self.plan.up(bottom), self.plan.up(top)],
                "anchor": f"x{axis}",
                "range": reach,
                "nticks": 4,
                "zeroline": False,
                "fixedrange": True,
            },
        }

    def _title(self, chart: int, text: str) -> dict[str, Any]:
        left, _, top, _ = self.plan.lines[chart]
        return {
            "text": text,
            "x": left - 0.04,
            "y": self.plan.up(top - 6),
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": self.plan.text - 2},
        }

    def _colour(self, j: int, other: str = OTHER) -> str:
        read, rival = self.accents
        return read if j == self.scene.winner else rival if j == self.scene.rival else other

    def _caption(self, moment: Moment) -> str:
        if moment.true:
            return f"<b>{self.words.iteration.format(step=moment.start + 1, steps=self.steps)}</b>"
        return f"<i>{self.words.between.format(step=moment.start + 1, next=moment.start + 2)}</i>"


_WRITING: dict[str, Any] = {"type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False}
