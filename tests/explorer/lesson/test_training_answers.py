"""Answers about loss and pose, and figures of lengths, against computations by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from capsnet import CapsNet
from explorer.figures.lengths import (
    LengthRows,
    LengthRuns,
    MarginCurves,
    MarginLabels,
    length_rows,
    length_runs,
    margin_curves,
)
from explorer.lesson import training
from explorer.lesson.answer import Given
from explorer.lesson.training import imagined, missed
from explorer.palette import DARK, LIGHT
from explorer.reading import CapsuleReading
from tests.explorer.schema import checked

CLASSES = ("a", "<b>", "c", "d", "e")


@pytest.mark.parametrize(("own", "outcome"), [(0.95, "none"), (0.8, "little"), (0.5, "much")])
def test_the_loss_is_equation_4(reading: CapsuleReading, small_model: CapsNet, own: float, outcome: str) -> None:
    lengths = np.array([0.05, own, 0.3, 0.1, 0.0], np.float32)
    answer = training.loss(Given(replace(reading, lengths=lengths[None]), small_model, 0))
    assert answer.values["loss"] == pytest.approx(max(0, 0.9 - own) ** 2 + 0.5 * 0.2**2, abs=1e-6)
    assert answer.values["rival_loss"] == pytest.approx((0.9 - 0.3) ** 2 + 0.5 * (own - 0.1) ** 2, abs=1e-6)
    small = answer.values["loss"]
    assert isinstance(small, float)
    assert answer.outcome == ("much" if small >= 0.05 else "little" if small >= 0.001 else "none")
    assert outcome in {"none", "little", "much"}


def test_a_slanted_stroke_has_its_angle() -> None:
    picture = np.zeros((29, 29), np.float32)
    picture[np.arange(29), 28 - np.arange(29)] = 1  # leans to the right by 45 degrees
    assert training.slant(picture) == pytest.approx(45, abs=1e-4)
    assert training.slant(picture[:, ::-1]) == pytest.approx(-45, abs=1e-4)
    upright = np.zeros((29, 29), np.float32)
    upright[:, 7] = 1
    assert training.slant(upright) == pytest.approx(0, abs=1e-6)
    assert training.slant(np.zeros((5, 7), np.float32)) == 0
    assert training.slant(np.ones((1, 7), np.float32)) == 0


def test_the_number_that_slants_most_is_right(reading: CapsuleReading, small_model: CapsNet) -> None:
    given = Given(reading, small_model, 0)
    slants, inks = training.effects(given)
    assert len(slants) == len(inks) == reading.poses.shape[-1]
    answer = training.pose(given)
    assert answer.options[answer.right].number == np.abs(slants).argmax() + 1 == answer.values["slanting"]
    assert answer.values["thickening"] == np.abs(inks).argmax() + 1
    assert len(answer.options) >= 2


def test_curves_of_the_loss_touch_zero_where_training_asks() -> None:
    assert missed(np.array([0.0, 0.4, 0.9, 1.0])) == pytest.approx([0.81, 0.25, 0, 0])
    assert imagined(np.array([0.0, 0.1, 0.5, 1.0])) == pytest.approx([0, 0, 0.08, 0.405])


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
class TestFigures:
    """What is drawn is what is given."""

    @pytest.mark.parametrize("hidden", [False, True])
    def test_rows_of_bars(self, palette: object, hidden: bool) -> None:
        lengths = np.linspace(0, 0.9, 10, dtype=np.float32).reshape(2, 5)
        chart = length_rows(LengthRows(lengths, CLASSES, (1, 3), hidden), ("one", "two"), "?", palette)  # type: ignore[arg-type]
        checked(chart)
        assert list(chart.data[0].y) == pytest.approx(lengths[0])
        assert list(chart.data[1].y) == pytest.approx(np.zeros(5) if hidden else lengths[1])
        assert chart.layout.xaxis2.ticktext[1] == "&lt;b&gt;"

    @pytest.mark.parametrize("hidden", [False, True])
    def test_curves_over_iterations(self, palette: object, hidden: bool) -> None:
        solid, dashed = np.array([[0.1, 0.2], [0.5, 0.3]]), np.array([[0.1, 0.2], [0.4, 0.1]])
        chart = length_runs(LengthRuns(solid, dashed, ("a", "<b>"), hidden), ("s", "d"), "i", palette)  # type: ignore[arg-type]
        checked(chart)
        assert [list(trace.y) for trace in chart.data] == [[0.1, 0.5], [0.2, 0.3], [0.1, 0.4], [0.2, 0.1]][
            : 2 if hidden else 4
        ]

    def test_capsules_lie_on_the_curves(self, palette: object) -> None:
        lengths = np.array([0.05, 0.7, 0.3, 0.1, 0.95], np.float32)
        labels = MarginLabels("there", "others", "length", "loss")
        along, costs = np.linspace(0, 1, 7, dtype=np.float32), imagined(lengths)
        costs[1] = missed(lengths)[1]
        info = MarginCurves(along, missed(along), imagined(along), lengths, costs, CLASSES, 1, (0.1, 0.9))
        chart = margin_curves(info, labels, palette)  # type: ignore[arg-type]
        checked(chart)
        dots = [(float(trace.x[0]), float(trace.y[0])) for trace in chart.data[2:]]
        expected = [0, 0.04, 0.02, 0, 0.5 * 0.85**2]
        assert [length for length, _ in dots] == pytest.approx(lengths)
        assert [cost for _, cost in dots] == pytest.approx(expected, abs=1e-6)
        assert chart.data[3].marker.color != chart.data[2].marker.color


def test_lengths_of_other_classes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"lengths must be \[rows, 5\]; got shape \(2, 3\)"):
        LengthRows(np.zeros((2, 3), np.float32), CLASSES, (0, 1))
