"""The whole figure: its traces, its frames, and where they stand.

Frames named "1" to "R" are the network's own numbers. Between them stand eased frames with other names, so that the
eye can follow; they say so. Nothing but the frame changes while it plays: axes and colours stay.

All maps are one heat map with gaps, and nothing is drawn that needn't be: each frame draws everything again.
"""

from __future__ import annotations

from functools import partial

import plotly.graph_objects as go

from explorer.figures.base import HIDDEN_AXIS, Parts, bare, figure, plain
from explorer.figures.theatre import charts
from explorer.figures.theatre.maps import Actor, Grid, bars, headings, hue, layer
from explorer.figures.theatre.plan import Plan, plan
from explorer.figures.theatre.player import moments
from explorer.figures.theatre.scene import Scene, TheatreLabels
from explorer.palette import Palette


def theatre(scene: Scene, labels: TheatreLabels, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """The figure; `narrow`: laid out for a phone.

    It stands at the last iteration, where the answer is read, and shows the couplings. What `player.controls` tells of
    plays its frames, and shows the other layer of maps: the second heat map.
    """
    places = plan(scene.classes, scene.couplings.shape[2:], (labels.agreement, labels.entropy), narrow=narrow)
    lines = _lines(scene, palette)
    actors = _actors(scene, labels, places, palette)
    played = list(moments(len(scene.lengths)))
    traces = list(range(len(lines), len(lines) + len(actors)))
    return figure(
        lines + [actor.still | actor.at(played[-1]) for actor in actors],
        _layout(scene, places, palette),
        [{"name": m.name, "data": [actor.at(m) for actor in actors], "traces": traces} for m in played],
    )


def _lines(scene: Scene, palette: Palette) -> list[Parts]:
    """What stays: the lines of the two charts."""
    agreements = [
        charts.line(
            scene.agreements[:, j],
            charts.AGREEMENT,
            hue(scene, j, palette, palette.other),
            plain(scene.classes[j]) + ": %{y:.2f}",
        )
        for j in (scene.winner, scene.rival)
    ]
    return [*agreements, charts.line(scene.entropies, charts.ENTROPY, palette.ink, "%{y:.4f}")]


def _actors(scene: Scene, labels: TheatreLabels, places: Plan, palette: Palette) -> list[Actor]:
    """What moves; the two layers of maps come first."""
    _, count, rows, columns = scene.couplings.shape
    grid, pair = Grid((count, rows, columns), places), [scene.winner, scene.rival]
    texts = (
        grid.hover_texts(labels.coupling_place, scene.classes, 2**scene.couplings, ".2f"),
        grid.hover_texts(labels.evidence_place, scene.classes, scene.evidence, "+.2f"),
    )
    laid_out = partial(layer, grid=grid, plan=places, palette=palette)
    coupling = laid_out(scene.couplings, scene.coupling_limit, labels.coupling_ticks, texts[0])
    evidence = laid_out(scene.evidence, scene.evidence_limit, labels.evidence_ticks, texts[1])
    hues = [hue(scene, j, palette, palette.other) for j in pair]
    return [
        Actor(coupling.still | {"visible": True}, coupling.at),
        Actor(evidence.still | {"visible": False}, evidence.at),
        bars(scene, grid, palette),
        headings(scene, grid, places, palette),
        charts.marker(scene.agreements[:, pair], charts.AGREEMENT, hues, palette),
        charts.marker(scene.entropies[:, None], charts.ENTROPY, [palette.ink], palette),
        charts.caption(labels, len(scene.lengths), places, palette),
    ]


def _layout(scene: Scene, places: Plan, palette: Palette) -> Parts:
    steps, count, rows, columns = scene.couplings.shape
    grid = Grid((count, rows, columns), places)
    agreement, entropy = places.agreement, places.entropy
    ceiling = max(1e-3, float(scene.agreements[:, [scene.winner, scene.rival]].max()))
    floor = min(0.97, float(scene.entropies.min()))
    spare = 0.15 * (1 - floor)
    layout = bare(
        places.height,
        palette,
        barmode="overlay",
        hovermode="closest",
        xaxis=HIDDEN_AXIS | {"domain": [places.maps.left, places.maps.right], "range": [-0.5, grid.across - 0.5]},
        yaxis=HIDDEN_AXIS | {"domain": places.domain(places.maps), "range": [grid.down - 0.5, -0.5]},
        **charts.axes(charts.AGREEMENT, agreement, steps, [-0.08 * ceiling, 1.15 * ceiling], places, palette),
        **charts.axes(charts.ENTROPY, entropy, steps, [floor - spare, 1 + spare], places, palette),
        **_caption_axes(places),
        annotations=[
            charts.title(places.titles[0], agreement, places),
            charts.title(places.titles[1], entropy, places),
        ],
    )
    layout["margin"] = {"l": 0, "r": 8, "t": 0, "b": 0, "autoexpand": False}
    return layout


def _caption_axes(places: Plan) -> Parts:
    box, number = places.caption, charts.CAPTION
    return {
        f"xaxis{number}": HIDDEN_AXIS | {"domain": [box.left, box.right], "range": [0, 1], "anchor": f"y{number}"},
        f"yaxis{number}": HIDDEN_AXIS | {"domain": places.domain(box), "range": [-1, 1], "anchor": f"x{number}"},
    }
