from __future__ import annotations

import numpy as np
import pytest

from explorer.figures.evidence import evidence_maps
from explorer.figures.lengths import length_bars
from explorer.figures.pixels import compared, painted
from explorer.figures.style import ACTIVITY, INK, MEANT, OTHER, READ

NAMES = ("boot", "coat", "bag")


def test_bars_are_the_lengths_in_the_classes_order() -> None:
    figure = length_bars(np.array([0.2, 0.91, 0.5], np.float32), NAMES, 1, 2, (0.1, 0.9), ("low", "high"))
    bars = figure.data[0]
    assert list(bars.y) == list(NAMES)
    assert list(bars.x) == pytest.approx([0.2, 0.91, 0.5], abs=1e-4)
    assert list(bars.marker.color) == [OTHER, READ, MEANT]
    assert [shape.x0 for shape in figure.layout.shapes] == [0.1, 0.9]
    assert {"0.20", "<b>0.91</b>", "<b>0.50</b>", "low", "high"} == {a.text for a in figure.layout.annotations}


def test_bars_refuse_lengths_of_several_iterations() -> None:
    with pytest.raises(ValueError, match=r"\[J\]"):
        length_bars(np.zeros((2, 3), np.float32), NAMES, 0, None, (0.1, 0.9), ("", ""))


def test_ink_is_painted_from_black_to_white() -> None:
    pixels = painted(np.array([[-1.0, 0.0, 0.5, 1.0, 7.0]], np.float32), INK, 0, 1)
    assert pixels.shape == (1, 5, 3)
    assert pixels[0, :, 0].tolist() == [0, 0, pytest.approx(128, abs=2), 255, 255]


def test_a_scale_has_a_low_and_a_high_end() -> None:
    with pytest.raises(ValueError, match="low < high"):
        painted(np.zeros((2, 3), np.float32), ACTIVITY, 1, 1)


def test_added_ink_is_red_and_lost_ink_is_blue() -> None:
    image, drawn = np.zeros((3, 5), np.float32), np.zeros((3, 5), np.float32)
    drawn[0, 1] = 1
    image[2, 4] = 1
    given, redrawn, difference = compared(image, drawn).astype(int)
    assert given[2, 4].tolist() == redrawn[0, 1].tolist() == [255, 255, 255]
    assert difference[0, 1, 0] > difference[0, 1, 2] + 50
    assert difference[2, 4, 2] > difference[2, 4, 0] + 50
    assert len({tuple(pixel) for pixel in difference[1]}) == 1


def test_only_pictures_of_one_shape_are_compared() -> None:
    with pytest.raises(ValueError, match="one shape"):
        compared(np.zeros((3, 5), np.float32), np.zeros((5, 3), np.float32))


def test_evidence_stands_at_the_centre_of_what_a_place_sees() -> None:
    evidence = np.zeros((2, 6, 6), np.float32)
    evidence[1, 2, 5] = -0.7
    figure = evidence_maps(np.zeros((28, 28), np.float32), evidence, ["4", "9"], (8, 2), 1.0)
    marks = figure.data[3]
    at = [index for index, value in enumerate(marks.marker.color) if value]
    assert [(marks.y[index], marks.x[index]) for index in at] == [(8 + 2 * 2, 8 + 2 * 5)]
    assert (marks.marker.cmin, marks.marker.cmax) == (-1, 1)


def test_evidence_needs_a_title_for_each_map() -> None:
    with pytest.raises(ValueError, match="titles"):
        evidence_maps(np.zeros((28, 28), np.float32), np.zeros((2, 6, 6), np.float32), ["4"], (8, 2), 1.0)
