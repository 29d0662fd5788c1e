from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from capsnet.card import DoubtThresholds
from explorer.measures import evidence, pictures
from explorer.measures.answer import Doubt, verdict
from explorer.reading import CapsuleReading


def with_lengths(reading: CapsuleReading, *lengths: float) -> CapsuleReading:
    faithful = np.broadcast_to(reading.image, reading.reconstructions.shape)
    last = np.array([lengths], np.float32)
    as_trained = replace(reading, reconstructions=faithful, trained_iterations=reading.iterations)
    return replace(as_trained, lengths=last)


@pytest.mark.parametrize("iteration", range(4))
def test_evidence_adds_up_to_the_length_of_the_sum(reading: CapsuleReading, iteration: int) -> None:
    total = evidence.evidence(reading, iteration).sum(axis=(1, 2))
    np.testing.assert_allclose(total, np.linalg.norm(reading.sums[iteration], axis=-1), rtol=1e-4)


def test_a_capsule_without_a_pose_has_no_evidence(reading: CapsuleReading) -> None:
    silent = replace(reading, poses=np.zeros_like(reading.poses))
    assert not evidence.evidence(silent).any()


def test_evidence_lies_where_its_capsule_looks(reading: CapsuleReading) -> None:
    votes = np.zeros_like(reading.votes)
    channel, row, column = 2, 1, 4
    votes[(channel * 5 + row) * 5 + column, 3] = reading.poses[-1, 3]
    places = evidence.evidence(replace(reading, votes=votes))
    assert np.argwhere(places).tolist() == [[3, row, column]]


@pytest.mark.parametrize(
    ("lengths", "winner", "rival", "doubt"),
    [
        ((0.1, 0.95, 0.2, 0.05, 0.0), 1, 2, Doubt.NONE),
        ((0.1, 0.3, 0.2, 0.05, 0.0), 1, 2, Doubt.SHORT),
        ((0.85, 0.1, 0.2, 0.05, 0.9), 4, 0, Doubt.CLOSE),
    ],
)
def test_verdict(reading: CapsuleReading, lengths: tuple[float, ...], winner: int, rival: int, doubt: Doubt) -> None:
    found = verdict(with_lengths(reading, *lengths), DoubtThresholds())
    assert (found.winner, found.rival, found.doubt) == (winner, rival, doubt)
    assert found.length == pytest.approx(lengths[winner])
    assert found.rival_length == pytest.approx(lengths[rival])


def test_a_digit_that_the_network_would_draw_otherwise_is_doubted(reading: CapsuleReading) -> None:
    sure = with_lengths(reading, 0.1, 0.95, 0.2, 0.05, 0.0)
    for share, doubt in ((0.9, Doubt.NONE), (0.3, Doubt.FAR)):  # squared differences are (1 - share)^2 of squared ink
        drawn = sure.reconstructions.copy()
        drawn[1] *= share
        assert pictures.misfit(replace(sure, reconstructions=drawn), 1) == pytest.approx((1 - share) ** 2, rel=1e-4)
        assert verdict(replace(sure, reconstructions=drawn), DoubtThresholds()).doubt is doubt


def test_doubt_begins_at_the_networks_own_thresholds(reading: CapsuleReading) -> None:
    read = with_lengths(reading, 0.1, 0.5, 0.35, 0.05, 0.0)
    drawn = read.reconstructions.copy()
    drawn[1] *= 0.5  # a misfit of 0.25
    read = replace(read, reconstructions=drawn)
    lenient = DoubtThresholds(length=0.5, lead=0.1, misfit=0.3)
    assert verdict(read, lenient).doubt is Doubt.NONE
    assert verdict(read, replace(lenient, length=0.51)).doubt is Doubt.SHORT
    assert verdict(read, replace(lenient, lead=0.16)).doubt is Doubt.CLOSE
    assert verdict(read, replace(lenient, misfit=0.2)).doubt is Doubt.FAR


@pytest.mark.parametrize(
    ("lengths", "doubt"),
    [
        ((0.1, 0.4, 0.12, 0.05, 0.0), Doubt.UNTRAINED),
        ((0.1, 0.99, 0.2, 0.05, 0.0), Doubt.UNTRAINED),
        ((0.99, 0.1, 0.2, 0.05, 0.93), Doubt.CLOSE),
    ],
    ids=["short", "long", "close"],
)
def test_with_other_iterations_than_trained_all_is_doubted(
    reading: CapsuleReading, lengths: tuple[float, ...], doubt: Doubt
) -> None:
    other = replace(with_lengths(reading, *lengths), iterations=reading.iterations + 1)
    assert verdict(other, DoubtThresholds()).doubt is doubt


def test_reconstruction_error_is_a_sum_of_squares(reading: CapsuleReading) -> None:
    drawn = np.zeros_like(reading.reconstructions)
    drawn[1] = reading.image + 0.5
    assert pictures.reconstruction_error(replace(reading, reconstructions=drawn), 1) == pytest.approx(13 * 13 * 0.25)
