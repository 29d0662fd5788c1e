"""What is worked out from a routing, against plain loops and by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from capsnet import CapsNet
from explorer.arrays import Floats
from explorer.measures import over_iterations, plane
from explorer.measures.answer import looked_at
from explorer.measures.evidence import evidence
from explorer.reading import CapsuleReading, read


@pytest.fixture(params=[1, 10])
def routed(small_model: CapsNet, request: pytest.FixtureRequest) -> CapsuleReading:
    image = np.random.default_rng(5).random((13, 13), dtype=np.float32)
    return read(small_model, image, request.param)


@pytest.fixture
def blank(small_model: CapsNet) -> CapsuleReading:
    return read(small_model, np.zeros((13, 13), np.float32), 3)


def places(reading: CapsuleReading) -> list[tuple[int, int, list[int]]]:
    """Row, column and the primary capsules of each place."""
    channels, rows, columns = reading.grid
    return [
        (row, column, [k * rows * columns + row * columns + column for k in range(channels)])
        for row in range(rows)
        for column in range(columns)
    ]


def test_coupling_maps_are_weighed_means_in_log2(routed: CapsuleReading) -> None:
    maps = over_iterations.coupling_maps(routed)
    for r in range(routed.iterations):
        for j in range(5):
            for row, column, capsules in places(routed):
                weights = [math.sqrt(sum(float(x) ** 2 for x in routed.votes[i, j])) for i in capsules]
                given = sum(w * float(routed.couplings[r, i, j]) for w, i in zip(weights, capsules, strict=True))
                assert maps[r, j, row, column] == pytest.approx(math.log2(5 * given / sum(weights)), abs=1e-5)


def test_the_first_iteration_of_couplings_is_neutral_and_evidence_is_not(reading: CapsuleReading) -> None:
    np.testing.assert_allclose(over_iterations.coupling_maps(reading)[0], 0, atol=1e-6)
    assert np.abs(evidence(reading, 0)).max() > 1e-4


def test_evidence_sums_to_the_length_of_the_sum(routed: CapsuleReading) -> None:
    for step, sums in enumerate(routed.sums):
        summed = evidence(routed, step).sum(axis=(1, 2))
        np.testing.assert_allclose(summed, np.linalg.norm(sums, axis=-1), rtol=1e-4, atol=1e-6)


def test_evidence_is_a_sum_over_channels(reading: CapsuleReading) -> None:
    maps = evidence(reading, 2)
    for row, column, capsules in places(reading):
        for j in range(5):
            direction = reading.poses[2, j] / np.linalg.norm(reading.poses[2, j])
            spoken = sum(float(reading.couplings[2, i, j] * (reading.votes[i, j] @ direction)) for i in capsules)
            assert maps[j, row, column] == pytest.approx(spoken, abs=1e-5)


def test_a_blank_picture_has_no_nan_anywhere(blank: CapsuleReading) -> None:
    silent = replace(blank, votes=np.zeros_like(blank.votes), poses=np.zeros_like(blank.poses))
    for reading in (blank, silent):
        for maps in (over_iterations.coupling_maps(reading), evidence(reading)):
            assert np.isfinite(maps).all()
        flat = plane.vote_plane(reading, 0)
        assert np.isfinite(flat.votes).all()
        assert 0 <= flat.share <= 1
    assert (evidence(silent) == 0).all()


def test_colours_never_end_nearer_than_a_quarter_of_a_doubling() -> None:
    maps = np.zeros((3, 5, 2, 2), np.float32)
    assert over_iterations.coupling_colour_limit(maps) == 0.25
    maps[1, 2, 0, 1] = -0.75
    assert over_iterations.coupling_colour_limit(maps) == 0.75


def test_answers_are_the_longest_after_each_iteration(reading: CapsuleReading) -> None:
    lengths = np.array([[0.1, 0.7, 0.2, 0, 0], [0.3, 0.2, 0.9, 0, 0]], np.float32)
    assert over_iterations.answers(replace(reading, lengths=lengths)) == [1, 2]


def test_most_moved_weighs_by_the_vote(reading: CapsuleReading) -> None:
    moved = [
        abs(float(reading.couplings[-1, i, 3]) - 0.2) * float(np.linalg.norm(reading.votes[i, 3])) for i in range(75)
    ]
    assert over_iterations.most_moved(reading, 3) == int(np.argmax(moved))


def test_the_strongest_at_a_place(reading: CapsuleReading) -> None:
    found = over_iterations.strongest_at(reading, 1, 2, 3, 0)
    pose = reading.poses[0, 1]
    brought = {i: float(reading.votes[i, 1] @ pose) for i in (13, 38, 63)}  # 25 k + 5 * 2 + 3
    sign = math.copysign(1, sum(brought.values()))
    assert found == max(brought, key=lambda i: sign * brought[i])


@pytest.mark.parametrize(
    ("along", "expected"), [((-5.0, 4.0, 3.0), 38), ((-5.0, 4.0, -1.0), 13), ((0.5, 0.2, 0.1), 13)]
)
def test_the_strongest_at_a_place_votes_as_the_place_does(
    reading: CapsuleReading, along: tuple[float, float, float], expected: int
) -> None:
    votes = np.zeros_like(reading.votes)
    for i, share in zip((13, 38, 63), along, strict=True):
        votes[i, 1] = share * reading.poses[2, 1]
    even = np.full_like(reading.couplings, 0.2)
    assert over_iterations.strongest_at(replace(reading, votes=votes, couplings=even), 1, 2, 3, 2) == expected


def test_in_the_plane_x_times_the_length_is_the_last_agreement(routed: CapsuleReading) -> None:
    for j in range(5):
        flat = plane.vote_plane(routed, j)
        agreement = flat.votes[:, 0] * np.linalg.norm(routed.poses[-1, j])
        np.testing.assert_allclose(agreement, routed.agreements[-1, :, j], atol=1e-6)
        assert flat.poses[-1] == pytest.approx([np.linalg.norm(routed.poses[-1, j]), 0], abs=1e-6)


def test_the_planes_second_axis_is_the_first_component_of_the_rest(reading: CapsuleReading) -> None:
    flat = plane.vote_plane(reading, 2)
    votes = reading.votes[:, 2].astype(np.float64)
    along = reading.poses[-1, 2] / np.linalg.norm(reading.poses[-1, 2])
    rest = votes - np.outer(votes @ along, along)
    singular = np.linalg.svd(rest - rest.mean(axis=0), compute_uv=False)
    assert flat.votes[:, 1].var() * len(votes) == pytest.approx(singular[0] ** 2, rel=1e-4)
    whole = ((votes - votes.mean(axis=0)) ** 2).sum()
    assert flat.share == pytest.approx((flat.votes.var(axis=0) * len(votes)).sum() / whole, rel=1e-4)


def test_the_plane_does_not_flip(small_model: CapsNet, reading: CapsuleReading) -> None:
    again = read(small_model, reading.image, reading.iterations)
    np.testing.assert_array_equal(plane.vote_plane(again, 4).votes, plane.vote_plane(reading, 4).votes)


@pytest.mark.parametrize(
    ("focus", "rival", "meant", "expected"),
    [
        (None, None, None, (3, 1)),
        (None, None, 4, (3, 4)),
        (None, 0, 4, (3, 0)),
        (2, None, None, (2, 1)),
        (1, None, None, (1, 3)),
        (None, None, 3, (3, 1)),
        (0, 0, None, (0, 1)),
    ],
)
def test_the_two_capsules_looked_at(
    reading: CapsuleReading, focus: int | None, rival: int | None, meant: int | None, expected: tuple[int, int]
) -> None:
    lengths: Floats = np.array([[0.1, 0.5, 0.2, 0.9, 0.3]], np.float32)
    assert looked_at(replace(reading, lengths=lengths), focus, rival, meant) == expected
