"""Figures of the training page: what they draw, by hand-computed values."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.figures.confusion import Confusion, ConfusionLabels, confusion_matrix, levels
from explorer.figures.curves import Curve, CurveLabels, learning_curves
from explorer.figures.film import GAP, MOST_ROWS, Strip, film_strip, shown_epochs
from explorer.palette import DARK, LIGHT
from tests.explorer.schema import checked

CURVE_LABELS = CurveLabels("right", "loss", "rate", "epoch")
OWN = Curve("<own>", (1, 2), (0.5, 0.75), (0.4, 0.2), (1e-3, 1e-4), ((0.5, 0.6), (1.0, 0.3)))
OTHER = Curve("other", (1, 2, 3), (0.1, 0.2, 0.3), (3, 2, 1), (1e-2, 1e-3, 1e-4))
COUNTS = ((7, 4, 0), (1, 5, 0), (0, 0, 3))
CONFUSION_LABELS = ConfusionLabels("is", "read", "%{y}")


def test_curves_show_accuracy_loss_and_rate() -> None:
    traces = checked(learning_curves([OWN, OTHER], CURVE_LABELS, LIGHT)).to_dict()["data"]
    assert [trace["yaxis"] for trace in traces] == ["y1", "y2", "y3", "y2", "y1", "y2", "y3"]
    *others, within, accuracy, loss, rate = traces
    assert [trace["y"] for trace in others] == [[10, 20, 30], [3, 2, 1], [1e-2, 1e-3, 1e-4]]
    assert (accuracy["y"], loss["y"], rate["y"]) == ([50, 75], [0.4, 0.2], [1e-3, 1e-4])
    assert (within["x"], within["y"]) == ([0.5, 1.0], [0.6, 0.3])
    assert accuracy["name"] == "&lt;own&gt;"
    assert {trace["line"]["color"] for trace in others} == {LIGHT.other}
    assert accuracy["line"]["color"] == LIGHT.focus


def test_curves_of_a_run_that_has_just_begun_and_on_a_phone() -> None:
    begun = Curve("own", (), (), (), (), ((0.25, 0.5),))
    assert checked(learning_curves([begun], CURVE_LABELS, DARK)).layout.showlegend is False
    narrow = checked(learning_curves([OWN], CURVE_LABELS, LIGHT, narrow=True)).layout
    domains = [narrow[f"yaxis{number}" if number > 1 else "yaxis"].domain for number in (1, 2, 3)]
    assert domains[0][0] > domains[1][1] > domains[1][0] > domains[2][1]
    assert domains[0][1] == pytest.approx(1)
    assert domains[2][0] == pytest.approx(0)


def test_curves_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValueError, match="for each of its epochs"):
        Curve("own", (1, 2), (0.5,), (0.4, 0.2), (1e-3, 1e-4))
    with pytest.raises(ValueError, match="no curves"):
        learning_curves([], CURVE_LABELS, LIGHT)


def test_confusions_are_coloured_by_the_roots_of_their_counts() -> None:
    np.testing.assert_allclose(levels(np.array(COUNTS)), np.array([[-1, 1, 0], [0.5, -1, 0], [0, 0, -1]]))
    np.testing.assert_array_equal(levels(np.diag([3, 4])), [[-1, 0], [0, -1]])
    info = Confusion(COUNTS, ("a", "b", "c"), chosen=(0, 1))
    figure = checked(confusion_matrix(info, CONFUSION_LABELS, LIGHT)).to_dict()
    assert figure["data"][0]["text"] == [["7", "4", ""], ["1", "5", ""], ["", "", "3"]]
    (frame,) = figure["layout"]["shapes"]
    assert (frame["x0"], frame["x1"], frame["y0"], frame["y1"]) == (0.5, 1.5, -0.5, 0.5)


def test_a_confusion_that_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match=r"counts must be \[2\]\[2\]"):
        Confusion(COUNTS, ("a", "b"))
    with pytest.raises(ValueError, match="must lie within"):
        Confusion(COUNTS, ("a", "b", "c"), chosen=(0, 3))


def test_a_film_strip_has_the_pictures_above_and_epochs_below() -> None:
    pictures = np.arange(2 * 5 * 3, dtype=np.uint8).reshape(2, 5, 3)
    drawings = np.stack([pictures + 40, pictures + 80, pictures + 120])
    strip = Strip(pictures, drawings, ("a", "<b>"), ("given", "1", "2", "3"))
    figure = checked(film_strip(strip, LIGHT))
    sheet = np.asarray(figure.data[0].z)
    height, width = 5 + GAP, 3 + GAP
    assert sheet.shape == (4 * height - GAP, 2 * width - GAP)
    np.testing.assert_array_equal(sheet[:5, :3], pictures[0])
    np.testing.assert_array_equal(sheet[2 * height : 2 * height + 5, width:], drawings[1, 1])
    assert figure.layout.xaxis.ticktext == ("a", "&lt;b&gt;")
    assert figure.layout.xaxis.tickvals == (1, width + 1)


def test_of_many_epochs_some_are_shown() -> None:
    assert shown_epochs(3) == [0, 1, 2]
    assert shown_epochs(20) == [0, 2, 4, 6, 8, 11, 13, 15, 17, 19]
    assert len(set(shown_epochs(1000))) == MOST_ROWS


def test_a_strip_that_does_not_fit_together_is_refused() -> None:
    pictures = np.zeros((2, 5, 3), np.uint8)
    with pytest.raises(ValueError, match=r"drawings \[E, N, H, W\]"):
        Strip(pictures, pictures, ("a", "b"), ("given",))
    with pytest.raises(ValueError, match="need as many names"):
        Strip(pictures, pictures[None], ("a", "b"), ("given",))
