"""Votes in their plane, and a vote beside a pose, by the figures' data."""

from __future__ import annotations

import math

import numpy as np
import pytest

from explorer.figures.style import MEANT, READ
from explorer.figures.vectors import two_vectors
from explorer.figures.votes import LARGEST, Frame, channel_colours, place_colours, vote_plane

VOTES = np.array([[0.5, 0.1], [-2.0, 0.3], [1.5, -0.7]], np.float32)
WEIGHTS = np.array([0.3, 0.01, 1.2], np.float32)
POSES = np.array([[0.2, 0.1], [0.9, 0.0]], np.float32)
FRAME = Frame(across=(-3, 2), up=1.1, heaviest=4.8, reach=2.5)
NAMES = ("a", "b", "c")


def test_points_are_the_votes_and_areas_the_weights() -> None:
    figure = vote_plane(VOTES, WEIGHTS, WEIGHTS, POSES, NAMES, FRAME, colour=READ, axes=("x", "y"), dark=False)
    points = figure.data[0]
    found = {text: (x, y) for text, x, y in zip(points.hovertext, points.x, points.y, strict=True)}
    assert found["b"] == pytest.approx((-2.0, 0.3))
    sizes = dict(zip(points.hovertext, points.marker.size, strict=True))
    assert sizes["c"] == pytest.approx(LARGEST * math.sqrt(1.2 / 4.8))
    assert sizes["c"] / sizes["a"] == pytest.approx(2)  # four times the weight, twice as wide
    assert dict(zip(points.hovertext, points.customdata, strict=True)) == {"a": 0, "b": 1, "c": 2}
    assert list(points.hovertext)[-1] == "c"  # the heaviest on top
    assert (points.marker.cmin, points.marker.cmax) == (-2.5, 2.5)


def test_the_arrow_is_the_last_pose_and_its_trail_the_others() -> None:
    figure = vote_plane(VOTES, WEIGHTS, WEIGHTS, POSES, NAMES, FRAME, colour=MEANT, axes=("x", "y"), dark=True)
    heads = [(arrow.x, arrow.y, arrow.opacity) for arrow in figure.layout.annotations]
    assert heads == [pytest.approx((0.2, 0.1, 0.3)), pytest.approx((0.9, 0.0, 1))]
    assert all((arrow.ax, arrow.ay) == (0, 0) for arrow in figure.layout.annotations)


def test_axes_are_the_frames() -> None:
    figure = vote_plane(VOTES, WEIGHTS, ["red"] * 3, POSES, NAMES, FRAME, colour=READ, axes=("x", "y"), dark=False)
    assert tuple(figure.layout.xaxis.range) == (-3, 2)
    assert tuple(figure.layout.yaxis.range) == (-1.1, 1.1)


def test_votes_need_names_and_frames_need_room() -> None:
    with pytest.raises(ValueError, match="3 votes"):
        vote_plane(VOTES, WEIGHTS, WEIGHTS, POSES, ("a",), FRAME, colour=READ, axes=("x", "y"), dark=False)
    with pytest.raises(ValueError, match="above zero"):
        Frame(across=(0, 1), up=1, heaviest=0, reach=1)


def test_each_place_and_each_channel_has_one_colour() -> None:
    grid = (3, 5, 7)
    places = np.array(place_colours(grid)).reshape(grid)
    assert (places == places[0]).all()
    assert len(set(places[0].ravel())) > 25
    channels = np.array(channel_colours(grid)).reshape(grid)
    assert (channels == channels[:, :1, :1]).all()
    assert len(set(channels.ravel())) == 3


def test_the_vote_stands_at_its_true_angle() -> None:
    figure = two_vectors(2.0, 0.5, 0.6, ("vote", "pose"), READ, dark=False)  # cos = 0.6
    heads = [(arrow.x, arrow.y) for arrow in figure.layout.annotations if arrow.showarrow]
    assert heads == [pytest.approx((0.5, 0)), pytest.approx((1.2, 1.6))]
    assert list(figure.data[1].x) == pytest.approx([1.2, 1.2])  # its shadow


def test_a_vote_of_no_length_is_drawn_and_an_impossible_one_refused() -> None:
    assert two_vectors(0.0, 0.5, 0.0, ("vote", "pose"), READ, dark=True).layout.annotations
    with pytest.raises(ValueError, match="at most"):
        two_vectors(1.0, 1.0, 1.5, ("vote", "pose"), READ, dark=False)
