from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from capsnet import CapsNet, CapsNetConfig
from explorer import captions
from explorer.figures.matrix import LEVELS, Couplings, MatrixLabels, coupling_matrix
from explorer.measures.couplings import Sorting, sorted_capsules
from explorer.palette import DARK, LIGHT, Palette
from explorer.reading import CapsuleReading, read
from explorer.text import Say
from tests.explorer.schema import checked


def silent(names: Sequence[str]) -> MatrixLabels:
    return MatrixLabels(names, "", ("", "", ""), "")


def drawn(
    reading: CapsuleReading,
    iteration: int = -1,
    sorting: Sorting = Sorting.CHANNEL,
    palette: Palette = LIGHT,
    *,
    narrow: bool = False,
    **options: Any,
) -> go.Figure:
    order = sorted_capsules(reading, sorting)
    info = Couplings(reading.couplings[iteration], order, reading.classes, 1.0, **options)
    labels = captions.matrix_labels(reading, sorting, 1.0, Say())
    return checked(coupling_matrix(info, labels, palette, narrow=narrow))


@pytest.mark.parametrize("sorting", Sorting)
@pytest.mark.parametrize("iteration", range(4))
def test_each_cell_is_the_coupling_of_its_row_and_column(
    reading: CapsuleReading, iteration: int, sorting: Sorting
) -> None:
    cells = drawn(reading, iteration, sorting).data[0]
    assert list(cells.x) == list(reading.classes)
    for row, i in enumerate(sorted_capsules(reading, sorting)):
        channel, place = divmod(int(i), 25)
        assert cells.y[row] == f"channel {channel}, row {place // 5}, column {place % 5}"
        for j in range(5):
            coupling = float(reading.couplings[iteration, i, j])
            assert cells.customdata[row][j] == pytest.approx(coupling, rel=1e-6)
            assert cells.text[row][j] == pytest.approx(5 * coupling, rel=1e-6)
            assert cells.z[row][j] / LEVELS == pytest.approx(np.log2(5 * coupling), abs=0.5 / LEVELS + 1e-6)


def test_the_first_iteration_is_neutral_everywhere(reading: CapsuleReading) -> None:
    assert not np.any(drawn(reading, 0).data[0].z)


def test_colours_end_where_the_caller_says() -> None:
    couplings = np.array([[0.5, 0.25, 0.25], [1.0, 0.0, 0.0]], np.float32)
    figure = checked(coupling_matrix(Couplings(couplings, np.array([1, 0]), ("x", "y", "z"), 0.5), silent("ab"), LIGHT))
    cells = figure.data[0]
    assert (cells.zmin, cells.zmax) == (-LEVELS, LEVELS)
    expected = [[LEVELS, -LEVELS, -LEVELS], [LEVELS, round(LEVELS * np.log2(0.75) / 0.5), -105]]
    assert np.asarray(cells.z).tolist() == expected  # 2 ** -0.5 is 0.71 of an equal share: 0.75 is not yet the end


def test_columns_are_summed_below(reading: CapsuleReading) -> None:
    texts = [note.text for note in drawn(reading).layout.annotations]
    assert texts == [*(f"{total:.1f}" for total in reading.couplings[-1].sum(axis=0)), "sum"]


def test_the_digit_looked_at_and_the_capsule_followed_are_shown(reading: CapsuleReading) -> None:
    figure = drawn(reading, sorting=Sorting.PLACE, focus=3, followed=31)  # 31: channel 1 at place 6
    badge, arrow = figure.layout.annotations[0], figure.layout.annotations[-1]
    assert (badge.x, badge.text) == (3, "<b>shirt</b>")
    assert (arrow.y, arrow.text) == (6 * 3 + 1, "◀")


def test_marks_never_stand_on_a_row(reading: CapsuleReading) -> None:
    axis = drawn(reading).layout.yaxis
    assert list(axis.ticktext) == ["channel 0", "channel 1", "channel 2"]
    assert drawn(reading, sorting=Sorting.MOVED).layout.yaxis.ticktext is None
    assert all(abs(at - round(at)) > 0.2 for at in axis.tickvals)


def test_the_first_rows_can_fill_the_figure(reading: CapsuleReading) -> None:
    assert list(drawn(reading, rows=7).layout.yaxis.range) == [6.5, -0.5]
    assert list(drawn(reading).layout.yaxis.range) == [74.5, -0.5]
    assert list(drawn(reading, rows=1000).layout.yaxis.range) == [74.5, -0.5]


def test_a_phone_scrolls_the_page_and_shows_no_names(reading: CapsuleReading) -> None:
    narrow, wide = drawn(reading, narrow=True).layout, drawn(reading).layout
    assert (narrow.dragmode, narrow.yaxis.fixedrange, narrow.yaxis.showticklabels) == (False, True, False)
    assert (wide.dragmode, wide.yaxis.fixedrange, wide.yaxis.showticklabels) == ("zoom", False, True)


@pytest.mark.parametrize("iterations", [1, 10])
def test_a_blank_picture_has_a_matrix(small_model: CapsNet, iterations: int) -> None:
    figure = drawn(read(small_model, np.zeros((13, 13), np.float32), iterations))
    assert np.isfinite(np.asarray(figure.data[0].z)).all()
    assert len(figure.data[0].y) == 75


def test_the_papers_network_makes_a_small_figure() -> None:
    config = CapsNetConfig()
    couplings = np.random.default_rng(5).dirichlet(np.ones(10), config.primary_capsules).astype(np.float32)
    names = [f"channel {channel}, row {row}, column {column}" for channel, row, column in np.ndindex(32, 6, 6)]
    figure = coupling_matrix(Couplings(couplings, np.arange(1152), config.classes, 1.0), silent(names), LIGHT)
    assert len(figure.to_json()) < 250_000


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"couplings": np.ones((5, 2), np.float32)}, r"\[2, 5\]"),
        ({"order": np.array([0, 0])}, "each of the 2 rows once"),
        ({"colour_limit": 0.0}, "above 0"),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, Any], message: str) -> None:
    info = Couplings(np.full((2, 5), 0.2, np.float32), np.array([0, 1]), tuple("vwxyz"), 1.0)
    with pytest.raises(ValueError, match=message):
        replace(info, **changes)
    with pytest.raises(ValueError, match="2 rows need as many names"):
        coupling_matrix(info, silent("a"), LIGHT)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_colours_are_those_of_differences(reading: CapsuleReading, palette: Palette) -> None:
    figure = drawn(reading, palette=palette, focus=1, followed=3)
    assert figure.data[0].colorscale == palette.difference_scale
    badge, arrow = figure.layout.annotations[0], figure.layout.annotations[-1]
    assert (badge.bgcolor, arrow.bgcolor, arrow.bordercolor) == (palette.focus, palette.follow, palette.ink)


def test_long_names_are_turned_and_have_room(reading: CapsuleReading) -> None:
    clothes = replace(reading, classes=tuple(f"a <b>woollen {garment}" for garment in "abcde"))
    turned, flat = drawn(clothes, narrow=True, focus=2).layout, drawn(reading, narrow=True, focus=2).layout
    assert (turned.xaxis.tickangle, flat.xaxis.tickangle) == (-90, 0)
    assert turned.margin.t - flat.margin.t == turned.height - flat.height > 100
    assert turned.annotations[0].text == "<b>a &lt;b&gt;woollen c</b>"
    assert turned.annotations[0].textangle == -90
