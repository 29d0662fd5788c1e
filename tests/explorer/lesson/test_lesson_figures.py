"""Pictures that only the lesson has."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.figures.drawn_votes import DrawnVotes, DrawnVotesLabels, drawn_votes
from explorer.figures.exchanged import Exchanged, ExchangedLabels, exchanged
from explorer.palette import LIGHT

RNG = np.random.default_rng(5)
LENGTHS = np.array([[0.2, 0.9, 0.1], [0.7, 0.3, 0.4]], np.float32)
INFO = Exchanged(RNG.random((2, 5, 5), np.float32), RNG.random((2, 7), np.float32), LENGTHS, ("a", "<b>", "c"))
LABELS = ExchangedLabels(("own", "other"), "strongest", "lengths", "not yet")


def test_the_exchanged_lengths_are_shown_only_once_they_may_be() -> None:
    for hidden in (False, True):
        figure = exchanged(replace(INFO, hidden=hidden), LABELS, LIGHT)
        own, other = (trace for trace in figure.data if trace.type == "bar")
        assert np.array_equal(own.y, LENGTHS[0])
        assert np.array_equal(other.y, np.zeros(3) if hidden else LENGTHS[1])
        assert any(other.text) is not hidden
        assert ("not yet" in [note.text for note in figure.layout.annotations]) is hidden


def test_the_winner_keeps_its_colour_and_the_other_longest_has_the_rivals() -> None:
    own, other = (trace for trace in exchanged(INFO, LABELS, LIGHT).to_dict()["data"] if trace["type"] == "bar")
    assert own["marker"]["color"] == [LIGHT.other, LIGHT.focus, LIGHT.other]
    assert other["marker"]["color"] == [LIGHT.rival, LIGHT.focus, LIGHT.other]


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match=r"lengths must be \[2, 3\]; got shape \(2, 2\)"):
        replace(INFO, lengths=LENGTHS[:, :2])
    with pytest.raises(ValueError, match="of two pictures"):
        replace(INFO, strongest=INFO.strongest[:1])
    with pytest.raises(ValueError, match=r"votes must be \[2, 3, H, W\]"):
        DrawnVotes(np.zeros((3, 2, 2), np.float32), np.zeros((2, 4, 5, 5), np.float32), np.zeros((3, 5, 5), np.float32))


def test_each_vote_stands_below_what_its_part_sees() -> None:
    info = DrawnVotes(
        RNG.random((4, 3, 3), np.float32), RNG.random((2, 4, 5, 5), np.float32), RNG.random((3, 5, 5), np.float32)
    )
    figure = drawn_votes(info, DrawnVotesLabels(("seen", "first", "second"), "all"), LIGHT)
    pictures, layout = figure.data, figure.layout
    assert len(pictures) == 3 * 5
    for column in range(4):
        rows = [pictures[5 * row + column] for row in range(3)]
        lefts = {layout[f"xaxis{trace.xaxis[1:]}"]["domain"][0] for trace in rows}
        assert len(lefts) == 1
        for trace, picture in zip(rows, (info.patches[column], *info.votes[:, column]), strict=True):
            assert trace.z == pytest.approx(picture, abs=0.006)
    assert [note.text for note in layout.annotations] == ["seen", "first", "second", "all"]
