from __future__ import annotations

import numpy as np
import pytest

from explorer.figures.base import note, plain
from explorer.figures.evidence import HOLLOW, RIM, Evidence, EvidenceLabels, evidence_figure
from explorer.figures.lengths import LengthLabels, Lengths, length_bars
from explorer.palette import DARK, LIGHT, Palette
from tests.explorer.colour_vision import contrast
from tests.explorer.schema import checked

NAMES = ("boot", "coat", "bag")
LENGTHS = Lengths(np.array([0.2, 0.91, 0.5], np.float32), NAMES, 1, 2, (0.1, 0.9))
IMAGE = np.zeros((36, 36), np.float32)


def test_what_plotly_does_not_know_is_found_by_the_tests() -> None:
    figure = length_bars(LENGTHS, LengthLabels("low", "high"), LIGHT)
    figure.layout._props["colour"] = "red"
    with pytest.raises(ValueError, match="colour"):
        checked(figure)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_bars_are_the_lengths_in_the_classes_order(palette: Palette) -> None:
    figure = checked(length_bars(LENGTHS, LengthLabels(absent="low", present="high"), palette))
    bars = figure.data[0]
    assert list(bars.y) == list(NAMES)
    assert list(bars.x) == pytest.approx([0.2, 0.91, 0.5], abs=1e-4)
    assert list(bars.marker.color) == [palette.other, palette.focus, palette.rival]
    assert [shape.x0 for shape in figure.layout.shapes] == [0.1, 0.9]
    texts = [(note.x, note.text) for note in figure.layout.annotations]
    assert [text for _, text in texts[:3]] == ["0.20", "<b>0.91</b>", "<b>0.50</b>"]
    assert texts[3:] == [(0.1, "low"), (0.9, "high")]


def test_bars_refuse_lengths_of_several_iterations() -> None:
    with pytest.raises(ValueError, match=r"\[J\]"):
        Lengths(np.zeros((2, 3), np.float32), NAMES, 0, None, (0.1, 0.9))


def test_names_are_no_markup() -> None:
    names = ("<b>h</b>", "a & b")
    info = Lengths(np.array([0.2, 0.9], np.float32), names, 1, None, (0.1, 0.9))
    bars = checked(length_bars(info, LengthLabels("", ""), LIGHT)).data[0]
    assert list(bars.y) == ["&lt;b&gt;h&lt;/b&gt;", "a &amp; b"]
    assert plain("T-shirt/top") == "T-shirt/top"


def test_evidence_stands_at_the_centre_of_what_a_place_sees() -> None:
    maps = np.zeros((2, 6, 5), np.float32)
    maps[1, 2, 4] = -0.7
    figure = checked(evidence_figure(Evidence(IMAGE, maps, ("4", "<9>"), (9, 3), 1.4), EvidenceLabels(""), LIGHT))
    marks = figure.data[3]
    at = [index for index, text in enumerate(marks.text) if text != "+0.000"]
    assert [(marks.y[index], marks.x[index], marks.text[index]) for index in at] == [(9 + 3 * 2, 9 + 3 * 4, "-0.700")]
    assert marks.marker.size[at[0]] == 14  # half-way from the smallest to the largest
    assert [tuple(axis.range) for axis in (figure.layout.xaxis, figure.layout.yaxis2)] == [(-0.5, 35.5), (35.5, -0.5)]
    assert [title.text for title in figure.layout.annotations] == ["<b>4</b>", "<b>&lt;9&gt;</b>"]


@pytest.mark.parametrize("palette", [LIGHT, DARK])  # pictures are black in both
def test_marks_for_a_digit_are_filled_in_its_hue_and_marks_against_it_hollow(palette: Palette) -> None:
    maps = np.array([[[0.3, -0.2]], [[-0.7, 0.1]]], np.float32)
    figure = checked(evidence_figure(Evidence(IMAGE, maps, ("4", "9"), (9, 3), 1.0), EvidenceLabels(""), palette))
    marks = [(trace.marker.color, trace.marker.line.color) for trace in figure.data if trace.type == "scatter"]
    assert marks == [
        ((DARK.focus, HOLLOW), (RIM, DARK.focus)),
        ((HOLLOW, DARK.rival), (DARK.rival, RIM)),
    ]
    titles = [note.font.color for note in figure.layout.annotations]
    assert titles == [palette.focus, palette.rival]
    assert all(contrast(hue, RIM) >= 7 for hue in (DARK.focus, DARK.rival))


def test_evidence_needs_a_name_for_each_map_and_a_limit() -> None:
    with pytest.raises(ValueError, match="titles"):
        Evidence(IMAGE, np.zeros((2, 6, 6), np.float32), ("4",), (8, 2), 1.0)
    with pytest.raises(ValueError, match="above 0"):
        Evidence(IMAGE, np.zeros((1, 6, 6), np.float32), ("4",), (8, 2), 0.0)


def test_a_note_has_no_arrow() -> None:
    assert note("word", x=1) == {"text": "word", "showarrow": False, "x": 1}
