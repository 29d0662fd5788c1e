"""The whole figure: its traces, its frames, and where they stand.

Frames named "1" to "R" are the network's own numbers. Between them stand eased frames with other names, so that the
eye can follow; they say so. Nothing but the frame changes while it plays: axes and colours stay.

All maps are one heat map with gaps, and nothing is drawn that needn't be: each frame draws everything again.
"""

from __future__ import annotations

import plotly.graph_objects as go

from explorer.figures.base import HIDDEN_AXIS, Parts, bare, figure
from explorer.figures.theatre.caption import AXIS, caption
from explorer.figures.theatre.maps import Actor, Grid, bars, headings, layer
from explorer.figures.theatre.plan import Plan, plan
from explorer.figures.theatre.player import moments
from explorer.figures.theatre.scene import Scene, TheatreLabels
from explorer.palette import Palette


def theatre(scene: Scene, labels: TheatreLabels, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """The figure; `narrow`: laid out for a phone.

    It stands at the last iteration, where the answer is read. What `player.controls` tells of plays its frames.
    """
    places = plan(scene.classes, scene.couplings.shape[2:], narrow=narrow)
    actors = _actors(scene, labels, places, palette)
    played = list(moments(len(scene.lengths)))
    traces = list(range(len(actors)))
    return figure(
        [actor.still | actor.at(played[-1]) for actor in actors],
        _layout(scene, places, palette),
        [{"name": m.name, "data": [actor.at(m) for actor in actors], "traces": traces} for m in played],
    )


def _actors(scene: Scene, labels: TheatreLabels, places: Plan, palette: Palette) -> list[Actor]:
    """What moves; the maps come first."""
    _, count, rows, columns = scene.couplings.shape
    grid = Grid((count, rows, columns), places)
    texts = grid.hover_texts(labels.coupling_place, scene.classes, 2**scene.couplings, ".2f")
    maps = layer(
        scene.couplings, scene.coupling_limit, labels.coupling_ticks, texts, grid=grid, plan=places, palette=palette
    )
    return [
        maps,
        bars(scene, grid, palette),
        headings(scene, grid, places, palette),
        caption(labels, len(scene.lengths), places, palette),
    ]


def _layout(scene: Scene, places: Plan, palette: Palette) -> Parts:
    _, count, rows, columns = scene.couplings.shape
    grid = Grid((count, rows, columns), places)
    box = places.caption
    layout = bare(
        places.height,
        palette,
        barmode="overlay",
        hovermode="closest",
        xaxis=HIDDEN_AXIS | {"domain": [places.maps.left, places.maps.right], "range": [-0.5, grid.across - 0.5]},
        yaxis=HIDDEN_AXIS | {"domain": places.domain(places.maps), "range": [grid.down - 0.5, -0.5]},
        **{
            f"xaxis{AXIS}": HIDDEN_AXIS | {"domain": [box.left, box.right], "range": [0, 1], "anchor": f"y{AXIS}"},
            f"yaxis{AXIS}": HIDDEN_AXIS | {"domain": places.domain(box), "range": [-1, 1], "anchor": f"x{AXIS}"},
        },
    )
    layout["margin"] = {"l": 0, "r": 8, "t": 0, "b": 0, "autoexpand": False}
    return layout
