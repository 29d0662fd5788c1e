from __future__ import annotations

import re

import numpy as np
import plotly.graph_objects as go
import pytest

from capsnet import CapsNet
from explorer import captions
from explorer.arrays import Floats
from explorer.figures.flow import NODE, POINTS, Flow, flow
from explorer.measures.couplings import flow_widths
from explorer.palette import DARK, LIGHT, Palette
from explorer.reading import CapsuleReading, read
from explorer.text import Say
from tests.explorer.schema import checked

NUMBER = r"(-?[\d.]+)"
BAND = re.compile(rf"M{NUMBER},{NUMBER}C0.5,{NUMBER} 0.5,{NUMBER} {NUMBER},{NUMBER}V{NUMBER}C[^Z]*? {NUMBER},{NUMBER}Z")


def drawn(widths: Floats, iteration: int, classes: tuple[str, ...], focus: int, palette: Palette = LIGHT) -> go.Figure:
    info = Flow(widths, iteration, classes, focus)
    return checked(flow(info, captions.flow_labels(classes[focus], Say()), palette))


def bands(figure: go.Figure, shape: int) -> Floats:
    """Of each band in a shape its edges, in pixels: upper left, upper right, lower right, lower left; [channels, 4]."""
    found = BAND.findall(figure.layout.shapes[shape].path)
    return np.array([[float(band[k]) for k in (1, 5, 6, 8)] for band in found], np.float32)


@pytest.mark.parametrize("iteration", range(4))
def test_bands_are_as_wide_as_the_flow_on_one_scale(reading: CapsuleReading, iteration: int) -> None:
    widths = flow_widths(reading)
    figure = drawn(widths, iteration, reading.classes, 2)
    digits = [0, 1, 3, 4, 2]  # the one looked at is drawn last
    edges = np.stack([bands(figure, shape) for shape in range(5)])  # [J, channels, 4]
    expected = widths[iteration].T[digits]
    left, right = edges[..., 3] - edges[..., 0], edges[..., 2] - edges[..., 1]
    unit = float(left.sum() / expected.sum())
    np.testing.assert_allclose(left, unit * expected, atol=0.11)
    np.testing.assert_allclose(right, unit * expected, atol=0.11)


def test_nothing_moves_or_changes_scale_from_one_iteration_to_the_next(reading: CapsuleReading) -> None:
    widths = flow_widths(reading)
    ticks = [tuple(drawn(widths, step, reading.classes, 0).layout.yaxis.tickvals) for step in range(4)]
    assert len(set(ticks)) == 1
    outlines = [drawn(widths, step, reading.classes, 0).layout.shapes[-1].path for step in range(4)]
    assert len(set(outlines)) == 1


def test_outlines_are_as_high_as_what_arrived_with_equal_shares(reading: CapsuleReading) -> None:
    widths = flow_widths(reading)
    figure = drawn(widths, 3, reading.classes, 2)
    edges = re.findall(rf"M{NUMBER},{NUMBER}H{NUMBER}V{NUMBER}H", figure.layout.shapes[-1].path)
    heights = [float(low) - float(high) for _, high, _, low in edges]
    whole = np.stack([bands(figure, shape) for shape in range(5)])
    unit = float((whole[..., 3] - whole[..., 0]).sum() / widths[3].sum())
    np.testing.assert_allclose(heights, unit * widths[0].sum(axis=0), atol=0.11)


def test_bands_at_a_node_do_not_overlap(reading: CapsuleReading) -> None:
    figure = drawn(flow_widths(reading), 3, reading.classes, 4)
    edges = np.stack([bands(figure, shape) for shape in range(5)])  # [J, channels, 4]
    leaving, arriving = edges[..., [0, 3]].transpose(1, 0, 2), edges[..., 1:3]
    np.testing.assert_allclose(leaving[:, 1:, 0], leaving[:, :-1, 1], atol=0.11)
    np.testing.assert_allclose(arriving[:, 1:, 0], arriving[:, :-1, 1], atol=0.11)
    assert (leaving[1:, 0, 0] > leaving[:-1, -1, 1]).all()
    assert (arriving[1:, 0, 0] > arriving[:-1, -1, 1]).all()
    assert edges.min() >= 0
    assert edges.max() <= figure.layout.yaxis.range[0]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_only_the_digit_looked_at_is_coloured(reading: CapsuleReading, palette: Palette) -> None:
    figure = drawn(flow_widths(reading), 3, reading.classes, 1, palette)
    colours = [shape.fillcolor for shape in figure.layout.shapes[:7]]
    assert colours == [palette.other] * 4 + [palette.focus] + [
        palette.other,
        palette.focus,
    ]  # bands, then the bars at their ends
    badges = [note.text for note in figure.layout.annotations if note.bgcolor == palette.focus]
    assert len(badges) == 1
    assert badges[0].startswith("<b>coat</b>")


def test_names_stand_with_what_arrives(reading: CapsuleReading) -> None:
    widths = flow_widths(reading)
    texts = [note.text for note in drawn(widths, 2, reading.classes, 0).layout.annotations]
    arriving = widths[2].sum(axis=0)
    assert texts == [
        *(f"<b>{name}</b> {arriving[j]:.1f}" for j, name in enumerate(reading.classes)),
        "channel",
        "arrives at",
    ]


def test_pointing_tells_channel_width_and_equal_shares() -> None:
    widths = np.array([[[1, 2], [3, 4], [5, 0]], [[1.5, 1], [3, 8], [5, 0]]], np.float32)  # [2, 3, 2]
    points = drawn(widths, 1, ("a", "b"), 1).data[0]
    told = np.asarray(points.customdata).reshape(3, len(POINTS), 3)
    assert (told == told[:, :1]).all()
    assert told[:, 0].tolist() == [[0, 1, 0.5], [1, 8, 2], [2, 0, 1]]


def test_points_lie_on_the_middle_of_their_band(reading: CapsuleReading) -> None:
    figure = drawn(flow_widths(reading), 3, reading.classes, 2)
    edges, points = bands(figure, 4), figure.data[0]
    middle = len(POINTS) // 2  # half-way a band is half-way between its ends
    assert np.asarray(points.x).reshape(3, -1)[:, middle] == pytest.approx(0.5)
    assert np.asarray(points.y).reshape(3, -1)[:, middle] == pytest.approx(edges.mean(axis=1), abs=0.11)
    assert min(points.x) > NODE


def test_names_are_no_markup_and_have_room() -> None:
    widths = np.ones((1, 7, 2), np.float32)
    figure = drawn(widths, 0, ("<b>&", "a woollen garment"), 0)
    assert figure.layout.annotations[0].text == "<b>&lt;b&gt;&amp;</b> 7.0"
    assert "→ &lt;b&gt;&amp;:" in figure.data[0].hovertemplate
    assert figure.layout.margin.r > drawn(widths, 0, ("4", "9"), 0).layout.margin.r


@pytest.mark.parametrize("iterations", [1, 10])
def test_a_blank_picture_flows(small_model: CapsNet, iterations: int) -> None:
    blank = read(small_model, np.zeros((13, 13), np.float32), iterations)
    figure = drawn(flow_widths(blank), iterations - 1, blank.classes, 0)
    assert np.isfinite(bands(figure, 0)).all()


def test_where_nothing_flows_nothing_is_drawn_wide() -> None:
    figure = drawn(np.zeros((1, 7, 3), np.float32), 0, ("a", "b", "c"), 0)
    edges = bands(figure, 0)
    np.testing.assert_allclose(edges[:, 3], edges[:, 0])


def test_channels_are_far_enough_apart_to_be_read() -> None:
    widths = np.random.default_rng(2).gamma(0.2, 3, (4, 32, 10)).astype(np.float32)
    ticks = drawn(widths, 3, tuple("0123456789"), 7).layout.yaxis.tickvals
    assert np.diff(ticks).min() >= 12.5


def test_the_papers_network_makes_a_small_figure() -> None:
    widths = np.random.default_rng(2).gamma(0.2, 3, (10, 32, 10)).astype(np.float32)
    assert len(drawn(widths, 9, tuple("0123456789"), 7).to_json()) < 100_000


def test_what_does_not_fit_is_refused(reading: CapsuleReading) -> None:
    widths = flow_widths(reading)
    with pytest.raises(ValueError, match=r"\[R, channels, J\]"):
        drawn(widths[0], 0, reading.classes, 0)
    with pytest.raises(ValueError, match="0 to 4"):
        Flow(widths, 0, reading.classes, 5)
