"""Figures of measurements: what is drawn is what was measured, and networks can be told apart without colours."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.figures.measured import STYLES, Axes, Curve, Panel, Point, curves, spread
from explorer.figures.measured_bars import Bar, bars
from explorer.palette import LIGHT
from tests.explorer.schema import checked

AXES = Axes("degrees", "read correctly")


def curve(kind: str, *shares: float) -> Curve:
    points = [Point(7 * number, share, share - 0.02, share + 0.01) for number, share in enumerate(shares)]
    return Curve(f"net {kind}", kind, tuple(points))


PANELS = [
    Panel("plain", tuple(curve(kind, 0.9, 0.8, 0.7) for kind in STYLES)),
    Panel("drawn", (curve("cnn", 0.5, 0.4), curve("other", 0.3, 0.2))),
]
BARS = [
    Bar("a", "pose", "capsules", 7.5, 0.2),
    Bar("b", "layer", "cnn", 10.0, 0.3),
    Bar("b", "part", "cnn", 12.0, 0.3, hatched=True),
]
SAMPLES: dict[str, Any] = {
    "wide": {},
    "narrow": {"narrow": True},
}


@pytest.mark.parametrize("how", SAMPLES)
def test_every_share_is_drawn_in_percent(how: str) -> None:
    figure = checked(curves(PANELS, AXES, LIGHT, **SAMPLES[how]))
    assert len(figure.data) == len(STYLES) + 2
    assert list(figure.data[0].y) == pytest.approx([90, 80, 70])
    assert list(figure.data[0].x) == [0, 7, 14]
    assert [list(pair) for pair in figure.data[-1].customdata] == [pytest.approx([28, 31]), pytest.approx([18, 21])]
    assert {trace.xaxis for trace in figure.data} == {"x1", "x2"}
    ranges = [figure.layout[axis].range for axis in ("yaxis1", "yaxis2")]
    assert ranges[0] == ranges[1]


def test_networks_are_told_apart_without_colours() -> None:
    figure = curves(PANELS, AXES, LIGHT)
    drawn = {(trace.line.dash, trace.marker.symbol) for trace in figure.data}
    assert len(drawn) == len(STYLES) + 1
    capsules = {STYLES[kind].colour for kind in STYLES if kind.startswith("capsules")}
    assert capsules.isdisjoint(STYLES[kind].colour for kind in ("cnn", "gated"))


def test_names_stand_at_the_ends_or_in_a_legend_once() -> None:
    wide, narrow = curves(PANELS, AXES, LIGHT), curves(PANELS, AXES, LIGHT, narrow=True)
    texts = [one.text for one in wide.layout.annotations]
    assert texts.count("net cnn") == 2
    assert wide.layout.showlegend is False
    assert narrow.layout.showlegend
    named = [trace.name for trace in narrow.data if trace.showlegend]
    assert sorted(named) == sorted({trace.name for trace in narrow.data})


def test_panels_do_not_overlap() -> None:
    wide, narrow = curves(PANELS, AXES, LIGHT), curves(PANELS, AXES, LIGHT, narrow=True)
    assert wide.layout.xaxis1.domain[1] < wide.layout.xaxis2.domain[0]
    assert narrow.layout.yaxis2.domain[1] < narrow.layout.yaxis1.domain[0]
    assert [narrow.layout[axis].showticklabels for axis in ("xaxis1", "xaxis2")] == [False, None]


def test_intervals_are_bars_where_asked() -> None:
    axes = Axes("digits", "read", logarithmic=True, bars=True)
    panel = Panel("few", (Curve("a", "cnn", (Point(100, 0.8, 0.7, 0.85), Point(1000, 0.9, 0.9, 0.9))),))
    figure = checked(curves([panel], axes, LIGHT))
    assert list(figure.data[0].error_y.array) == pytest.approx([5, 0])
    assert list(figure.data[0].error_y.arrayminus) == pytest.approx([10, 0])
    assert figure.layout.xaxis1.type == "log"
    assert list(figure.layout.xaxis1.ticktext) == ["100", "1,000"]


def test_names_below_the_axis_keep_their_order() -> None:
    points = tuple(Point(name, 0.5, 0.4, 0.6) for name in ("b", "a"))
    figure = checked(curves([Panel("parts", (Curve("n", "gated", points),))], Axes("x", "y", names=("b", "a")), LIGHT))
    assert list(figure.layout.xaxis1.categoryarray) == ["b", "a"]
    assert figure.data[0].mode == "markers"


def test_nothing_measured_is_no_figure() -> None:
    for panels in ([], [Panel("empty", ())], [Panel("empty", (Curve("a", "cnn", ()),))]):
        with pytest.raises(ValueError, match="nothing measured"):
            curves(panels, AXES, LIGHT)
    with pytest.raises(ValueError, match="nothing measured"):
        bars([], 22.5, ("x", "mean"), LIGHT)


@given(st.lists(st.floats(0, 300), max_size=7))
def test_names_are_spread_and_keep_their_order(places: list[float]) -> None:
    found = spread(places, 17)
    order = sorted(range(len(places)), key=lambda number: places[number])
    assert all(found[later] - found[earlier] >= 17 - 1e-6 for earlier, later in pairwise(order))


def test_names_that_are_apart_stay() -> None:
    assert spread([100, 0, 50], 17) == pytest.approx([100, 0, 50])
    assert spread([10, 10], 4) == pytest.approx([8, 12])
    assert spread([0, 1, 100], 10) == pytest.approx([-4.5, 5.5, 100])


def test_axes_begin_at_zero_unless_all_shares_are_large() -> None:
    low, high = curves(PANELS, AXES, LIGHT), curves([Panel("high", (curve("cnn", 0.9, 0.8),))], AXES, LIGHT)
    assert low.layout.yaxis1.range[0] == pytest.approx(-2)
    assert high.layout.yaxis1.range[0] == pytest.approx(70 - 0.6)
    assert not low.layout.yaxis2.showticklabels


def test_bars_are_as_long_as_the_error_with_a_line_at_the_baseline() -> None:
    figure = checked(bars(BARS, 22.5, ("error", "mean"), LIGHT))
    assert list(figure.data[0].x) == [7.5, 10, 12]
    assert list(figure.data[0].marker.pattern.shape) == ["", "", "/"]
    assert figure.layout.shapes[0].x0 == 22.5
    assert figure.layout.xaxis.range[1] > 22.5
    assert [one.text for one in figure.layout.annotations] == ["mean", "a: pose", "b: layer", "b: part"]
    narrow = checked(bars(BARS, 22.5, ("error", "mean"), LIGHT, narrow=True))
    assert narrow.layout.annotations[1].text == "a<br>pose"
    assert narrow.layout.height > figure.layout.height
