"""The theatre by its data: every frame is the reading's numbers, or eased between two of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from capsnet import CapsNet
from explorer import captions
from explorer.arrays import Floats
from explorer.figures.theatre import Scene, TheatreLabels, controls, moments
from explorer.figures.theatre import theatre as made
from explorer.measures import over_iterations
from explorer.measures.answer import two_longest
from explorer.palette import DARK, LIGHT, Palette
from explorer.reading import CapsuleReading, read
from explorer.text import Say
from tests.explorer.schema import checked

LABELS = TheatreLabels(
    play="play",
    slowly="slowly",
    play_slowly="play slowly",
    pause="pause",
    back="back",
    on="on",
    slider="iteration",
    coupling_ticks=((-0.2, "less"), (0, "equal"), (0.2, "more")),
    iteration="iteration {step} of {steps}",
    between="between {step} and {next}",
    spoken=("one", "two", "three"),
    coupling_place="{name} {row} {column}: {values}",
)


def theatre(
    scene: Scene, labels: TheatreLabels = LABELS, palette: Palette = LIGHT, *, narrow: bool = False
) -> go.Figure:
    return checked(made(scene, labels, palette, narrow=narrow))


def scene(reading: CapsuleReading) -> Scene:
    maps = over_iterations.coupling_maps(reading)
    limit = over_iterations.coupling_colour_limit(maps)
    return Scene(maps, reading.lengths, limit, reading.classes, *two_longest(reading))


@pytest.fixture(params=[1, 4, 10])
def played(small_model: CapsNet, request: pytest.FixtureRequest) -> Scene:
    image = np.random.default_rng(5).random((13, 13), dtype=np.float32)
    return scene(read(small_model, image, request.param))


def cells(heatmap: Any) -> Floats:
    """The numbers of the maps that lie in one heat map, in its own order."""
    values = np.asarray(heatmap.z, np.float32)
    return values[np.isfinite(values)]


def by_place(heatmap: Any, like: go.Heatmap) -> Floats:
    """The same in the order (digit, row, column), by which clicks are known."""
    numbers = np.array([[np.nan if n is None else n for n in row] for row in like.customdata], np.float64)
    order = numbers[np.isfinite(numbers)].argsort()
    return cells(heatmap)[order]


def heatmap(figure: go.Figure) -> go.Heatmap:
    (found,) = (trace for trace in figure.data if trace.type == "heatmap")
    return found


@pytest.mark.parametrize("narrow", [False, True])
def test_frames_named_1_to_r_are_the_iterations(played: Scene, narrow: bool) -> None:
    figure = theatre(played, narrow=narrow)
    coupling = heatmap(figure)
    frames = {frame.name: frame for frame in figure.frames}
    steps = len(played.lengths)
    assert [name for name in frames if re.fullmatch(r"\d+", name)] == [str(r + 1) for r in range(steps)]
    for r in range(steps):
        maps = [trace for trace in frames[str(r + 1)].data if trace.type == "heatmap"]
        np.testing.assert_allclose(by_place(maps[0], coupling), played.couplings[r].ravel(), atol=1e-6)
        bars = next(trace for trace in frames[str(r + 1)].data if trace.type == "bar")
        np.testing.assert_allclose(np.asarray(bars.x)[-5:] / played.couplings.shape[-1], played.lengths[r], atol=1e-6)
        written = [text for trace in frames[str(r + 1)].data if trace.type == "scatter" for text in trace.text or ()]
        assert f"<b>iteration {r + 1} of {steps}</b>" in written
        assert [f"{length:.2f}" for length in played.lengths[r]] == written[5:10]


def test_it_stands_at_the_last_iteration(played: Scene) -> None:
    coupling = heatmap(theatre(played))
    np.testing.assert_allclose(by_place(coupling, coupling), played.couplings[-1].ravel(), atol=1e-6)


def test_colours_hold_for_all_frames_and_end_symmetrically(played: Scene) -> None:
    coupling = heatmap(theatre(played))
    assert (coupling.zmin, coupling.zmax) == (-played.coupling_limit, played.coupling_limit)
    for frame in theatre(played).frames:
        assert all(trace.zmax is None for trace in frame.data if trace.type == "heatmap")


def test_the_first_frame_of_couplings_is_neutral(played: Scene) -> None:
    first = next(frame for frame in theatre(played).frames if frame.name == "1")
    np.testing.assert_allclose(cells(first.data[0]), 0, atol=1e-6)


def test_motion_is_eased_named_otherwise_and_never_overshoots() -> None:
    values = np.array([[0.0], [1.0], [5.0]], np.float32)
    found = list(moments(3))
    assert [moment.name for moment in found if moment.true] == ["1", "2", "3"]
    assert len({moment.name for moment in found}) == len(found)
    path = [float(moment.of(values)[0]) for moment in found]
    assert path == sorted(path)
    assert path[0] == 0
    assert path[-1] == 5
    steps = np.diff(path[: len(path) // 2 + 1])
    assert steps[0] < steps[len(steps) // 2] / 3  # slow at the start


def test_a_cell_says_its_history(played: Scene) -> None:
    coupling = heatmap(theatre(played))
    texts = {text for row in coupling.hovertext for text in row if text}
    shares = " → ".join(f"{2**value:.2f}" for value in played.couplings[:, 2, 1, 3])
    assert f"bag 1 3: {shares}" in texts
    assert len(texts) == played.couplings[0].size
    assert any(text.startswith("dress 4 0:") for text in texts)


def test_what_plays_it_knows_its_frames_and_says_its_lengths(played: Scene) -> None:
    told = controls(played, captions.theatre_labels(played, Say()))
    assert told["frames"] == [frame.name for frame in theatre(played).frames]
    assert [text.partition(":")[0] for text in told["spoken"]] == [
        f"iteration {r} of {len(played.lengths)}" for r in range(1, len(played.lengths) + 1)
    ]
    names = played.classes[played.winner], played.classes[played.rival]
    lengths = [
        f"{names[0]} has length {r[played.winner]:.2f}, {names[1]} {r[played.rival]:.2f}" for r in played.lengths
    ]
    assert [text.partition(": ")[2] for text in told["spoken"]] == lengths


def test_buttons_are_not_drawn_in_the_figure(played: Scene) -> None:
    """Plotly's own ones take no keys, and screen readers do not find them."""
    layout = theatre(played).to_dict()["layout"]
    assert not {"updatemenus", "sliders"} & layout.keys()


def random_scene(iterations: int, classes: int) -> Scene:
    rng = np.random.default_rng(2)
    maps = rng.normal(size=(iterations, classes, 6, 6)).astype(np.float32)
    lengths = rng.random((iterations, classes)).astype(np.float32)
    names = tuple(f"class number {j}" for j in range(classes))
    return Scene(maps, lengths, 1.0, names, classes - 1, 0)


@pytest.mark.parametrize(("iterations", "most"), [(3, 300_000), (10, 1_000_000)])
def test_it_is_small_enough_to_send(iterations: int, most: int) -> None:
    assert len(theatre(random_scene(iterations, 10)).to_json()) < most


@pytest.mark.parametrize("narrow", [False, True])
def test_twenty_classes_have_room(narrow: bool) -> None:
    played = random_scene(3, 20)
    coupling = heatmap(theatre(played, narrow=narrow))
    np.testing.assert_allclose(by_place(coupling, coupling), played.couplings[-1].ravel())


def test_maps_of_several_pictures_are_refused(played: Scene) -> None:
    with pytest.raises(ValueError, match=r"\[R, J, rows, columns\]"):
        replace(played, couplings=played.couplings[None])


def test_a_bar_of_colours_is_written_on_where_it_means_what_is_written(played: Scene) -> None:
    for limit in (0.25, 0.6, 2.47, 3.3):
        labels = captions.theatre_labels(replace(played, coupling_limit=limit), Say())
        coupling = heatmap(theatre(replace(played, coupling_limit=limit), labels))
        for value, text in zip(coupling.colorbar.tickvals, coupling.colorbar.ticktext, strict=True):
            assert -limit < value < limit
            times, said = 2**value, re.findall(r"[\d.]+", text)
            assert not said or float(said[0]) == pytest.approx(times if value > 0 else 1 / times)
        assert coupling.colorbar.tickvals[1] == 0


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_winner_and_its_rival_have_their_hues_everywhere(palette: Palette) -> None:
    played = random_scene(3, 5)
    figure = theatre(played, palette=palette)
    bars = next(trace for trace in figure.data if trace.type == "bar")
    assert list(bars.marker.color)[5:] == [palette.rival, *[palette.other] * 3, palette.focus]
    names = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text")
    assert list(names.textfont.color) == [palette.rival, *[palette.ink] * 3, palette.focus, *[palette.ink] * 5]
    assert heatmap(figure).colorscale == palette.difference_scale


def test_names_are_no_markup(played: Scene) -> None:
    classes = ("<b>a", "b & c", "d", "e", "f")
    figure = theatre(replace(played, classes=classes), captions.theatre_labels(replace(played, classes=classes), Say()))
    names = next(trace.text for trace in figure.frames[0].data if trace.type == "scatter")
    assert list(names[:2]) == ["<b>&lt;b&gt;a</b>", "<b>b &amp; c</b>"]
    coupling = heatmap(figure)
    assert any(text.startswith("<b>&lt;b&gt;a</b>, row") for row in coupling.hovertext for text in row)
    assert "<b>a" not in figure.to_json()
