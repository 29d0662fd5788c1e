"""Votes in their plane, and a vote beside a pose, by the figures' data."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.base import CLEAR
from explorer.figures.vectors import VectorLabels, VoteAndPose, two_vectors
from explorer.figures.vote_plane import (
    LARGEST,
    Frame,
    VoteLabels,
    Votes,
    channel_colours,
    place_colours,
    vote_plane,
)
from explorer.palette import DARK, LIGHT, Palette
from tests.explorer.schema import checked

VOTES = Votes(
    points=np.array([[0.5, 0.1], [-2.0, 0.3], [1.5, -0.7]], np.float32),
    weights=np.array([0.3, 0.01, 1.2], np.float32),
    agreements=np.array([0.4, -1.6, 1.1], np.float32),
    poses=np.array([[0.2, 0.1], [0.9, 0.0]], np.float32),
    frame=Frame(across=(-3, 2), up=1.1, heaviest=4.8),
)
LABELS = VoteLabels(("a", "b", "c"), "along", "across")


def drawn(votes: Votes, palette: Palette = LIGHT) -> go.Figure:
    return checked(vote_plane(votes, LABELS, palette))


def test_points_are_the_votes_and_areas_the_weights() -> None:
    points = drawn(VOTES).data[0]
    found = {text: (x, y) for text, x, y in zip(points.hovertext, points.x, points.y, strict=True)}
    assert found["b"] == pytest.approx((-2.0, 0.3))
    sizes = dict(zip(points.hovertext, points.marker.size, strict=True))
    assert sizes["c"] == pytest.approx(LARGEST * math.sqrt(1.2 / 4.8))
    assert sizes["c"] / sizes["a"] == pytest.approx(2)  # four times the weight, twice as wide
    assert dict(zip(points.hovertext, points.customdata, strict=True)) == {"a": 0, "b": 1, "c": 2}
    assert list(points.hovertext)[-1] == "c"  # the heaviest on top


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_votes_that_agree_are_filled_in_the_digits_hue_and_others_hollow(palette: Palette) -> None:
    for rival, hue in ((False, palette.focus), (True, palette.rival)):
        figure = drawn(replace(VOTES, rival=rival), palette)
        marker = figure.data[0].marker
        assert list(marker.color) == [CLEAR, hue, hue]  # b, a, c
        assert list(marker.line.color) == [hue] * 3
        assert figure.layout.annotations[-1].arrowcolor == hue


def test_colours_of_their_own_are_filled_or_hollow_too() -> None:
    marker = drawn(replace(VOTES, colours=("#aa0000", "#00bb00", "#0000cc"))).data[0].marker
    assert list(marker.color) == [CLEAR, "#aa0000", "#0000cc"]
    assert list(marker.line.color) == ["#00bb00", "#aa0000", "#0000cc"]


def test_the_arrow_is_the_last_pose_and_its_trail_the_others() -> None:
    figure = drawn(VOTES)
    heads = [(arrow.x, arrow.y, arrow.opacity) for arrow in figure.layout.annotations]
    assert heads == [pytest.approx((0.2, 0.1, 0.3)), pytest.approx((0.9, 0.0, 1))]
    assert all((arrow.ax, arrow.ay) == (0, 0) for arrow in figure.layout.annotations)


def test_axes_are_the_frames() -> None:
    layout = drawn(VOTES).layout
    assert (tuple(layout.xaxis.range), layout.xaxis.title.text) == ((-3, 2), "along")
    assert (tuple(layout.yaxis.range), layout.yaxis.title.text) == ((-1.1, 1.1), "across")


def test_votes_need_names_and_frames_need_room() -> None:
    with pytest.raises(ValueError, match="3 votes need as many names"):
        vote_plane(VOTES, replace(LABELS, names=("a",)), LIGHT)
    with pytest.raises(ValueError, match="3 votes need as many weights"):
        replace(VOTES, weights=VOTES.weights[:2])
    with pytest.raises(ValueError, match="above zero"):
        Frame(across=(0, 1), up=1, heaviest=0)


def test_each_place_and_each_channel_has_one_colour() -> None:
    grid = (3, 5, 7)
    places = np.array(place_colours(grid)).reshape(grid)
    assert (places == places[0]).all()
    assert len(set(places[0].ravel())) > 25
    channels = np.array(channel_colours(grid)).reshape(grid)
    assert (channels == channels[:, :1, :1]).all()
    assert len(set(channels.ravel())) == 3


@pytest.mark.parametrize(("rival", "hue"), [(False, LIGHT.focus), (True, LIGHT.rival)])
def test_the_vote_stands_at_its_true_angle(rival: bool, hue: str) -> None:
    info = VoteAndPose(2.0, 0.5, 0.6, rival)  # cos = 0.6
    figure = checked(two_vectors(info, VectorLabels("vote", "pose"), LIGHT))
    arrows = [arrow for arrow in figure.layout.annotations if arrow.showarrow]
    assert [(arrow.x, arrow.y) for arrow in arrows] == [pytest.approx((0.5, 0)), pytest.approx((1.2, 1.6))]
    assert [arrow.arrowcolor for arrow in arrows] == [hue, LIGHT.ink]
    assert list(figure.data[1].x) == pytest.approx([1.2, 1.2])  # its shadow


def test_a_vote_of_no_length_is_drawn_and_an_impossible_one_refused() -> None:
    figure = checked(two_vectors(VoteAndPose(0.0, 0.5, 0.0), VectorLabels("vote", "pose"), DARK))
    assert [(arrow.x, arrow.y) for arrow in figure.layout.annotations if arrow.showarrow] == [(0.5, 0), (0, 0)]
    with pytest.raises(ValueError, match="at most"):
        VoteAndPose(1.0, 1.0, 1.5)
