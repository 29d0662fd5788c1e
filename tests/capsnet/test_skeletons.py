"""The file of skeletons and the path through a skeleton's points."""

from __future__ import annotations

import numpy as np
import pytest

from capsnet.pen.skeletons import TURN, Skeleton, Stroke, curve, read_skeletons, resampled

SEVEN = """
[[way]]
label = "7"
name = "crossed"
weight = 2.5
strokes = ["14,6 84,4! 40,98", "34,50 82,48.5"]
"""


def test_a_way_is_read_as_it_is_written() -> None:
    strokes = (Stroke(((14, 6), (84, 4), (40, 98)), (1,)), Stroke(((34, 50), (82, 48.5)), ()))
    assert read_skeletons(SEVEN) == (Skeleton("7", "crossed", 2.5, TURN, strokes),)
    assert read_skeletons(SEVEN + "turn = 12\n")[0].turn == 12
    assert read_skeletons("") == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight = 2.5", "weight = 0"),
        ("weight = 2.5", ""),
        ("weight = 2.5", "weight = 1\nturn = -1"),
        ("weight = 2.5", "weight = 1\nwidth = 3"),
        ('"34,50 82,48.5"', '"34,50"'),
        ('"34,50 82,48.5"', '"34,50 82"'),
        ('"34,50 82,48.5"', '"34,50 820,48"'),
        ('"34,50 82,48.5"', '"34,50 nan,48"'),
        ('"34,50 82,48.5"', "3"),
        ('["14,6 84,4! 40,98", "34,50 82,48.5"]', "[]"),
    ],
)
def test_nonsense_is_rejected_with_its_place(old: str, new: str) -> None:
    assert old in SEVEN
    with pytest.raises(ValueError, match=r"way 2 \(7, crossed\) must have label, name, weight above 0, .*; got"):
        read_skeletons(SEVEN + SEVEN.replace(old, new))


def test_two_points_make_a_straight_line_in_even_steps() -> None:
    path = curve(np.array([[0.0, 0.0], [30.0, 40.0]]), (), 5.0)
    assert path.shape == (11, 2)
    assert path == pytest.approx(np.stack([np.linspace(0, 30, 11), np.linspace(0, 40, 11)], axis=1))


def test_a_corner_is_sharp_and_everything_else_smooth() -> None:
    points = np.array([[0.0, 0.0], [60.0, 0.0], [60.0, 80.0]])
    turns = []
    for corners in ((1,), ()):
        path = curve(points, corners, 2.0)
        directions = np.diff(path, axis=0) / np.hypot(*np.diff(path, axis=0).T)[:, None]
        turns.append(np.degrees(np.arccos((directions[:-1] * directions[1:]).sum(axis=1).clip(-1, 1))).max())
        for point in points:
            assert np.hypot(*(path - point).T).min() < 1.5  # the path passes all of them
    assert turns[0] == pytest.approx(90, abs=1)
    assert turns[1] < 30


def test_the_spline_is_even_handed() -> None:
    """Read backwards, it is the same path."""
    points = np.array([[0.0, 0.0], [10.0, 40.0], [70.0, 30.0], [71.0, 90.0]])
    assert curve(points[::-1], (), 3.0)[::-1] == pytest.approx(curve(points, (), 3.0))


def test_steps_are_equally_long() -> None:
    path = resampled(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 9.0], [4.0, 9.0]]), 1.0)
    assert len(path) == 14
    assert path[1] == pytest.approx([1, 0])
    assert np.hypot(*np.diff(path, axis=0).T) == pytest.approx(np.ones(13))


def test_a_dot_is_a_path_too() -> None:
    assert resampled(np.array([[3.0, 4.0], [3.0, 4.0]]), 2.0) == pytest.approx(np.array([[3.0, 4.0]] * 3))
    assert np.isfinite(curve(np.array([[3.0, 4.0]] * 3), (1,), 2.0)).all()
