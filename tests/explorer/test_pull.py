"""How votes pull: sums that are exactly |s|, their order, and what is told of a race."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.measures import pull
from explorer.measures.evidence import contributions
from explorer.reading import CapsuleReading
from tests.explorer.routed import random_votes, routed


@pytest.fixture(params=[1, 4, 9])
def raced(request: pytest.FixtureRequest) -> CapsuleReading:
    return routed(random_votes(), request.param)


def test_pulls_sum_to_the_length_of_the_sum_for_every_digit_and_iteration(raced: CapsuleReading) -> None:
    pulled = pull.pulls(raced)
    assert pulled.shape == (raced.iterations, 105, 11)
    expected = np.linalg.norm(raced.sums, axis=-1)
    np.testing.assert_allclose(pulled.sum(axis=1), expected, rtol=0, atol=1e-5)
    forward, back = pull.sums(pulled)
    assert forward.min() > 0
    assert back.min() > 0
    np.testing.assert_allclose(forward - back, expected, rtol=0, atol=1e-5)


def test_where_no_votes_are_nothing_pulls() -> None:
    votes = random_votes()
    votes[:, 4] = 0
    pulled = pull.pulls(routed(votes))
    assert not pulled[:, :, 4].any()
    assert pulled[:, :, 3].any()
    silent = routed(np.zeros_like(votes))
    assert not pull.pulls(silent).any()
    np.testing.assert_allclose(pull.shares(silent), 1 / 11)
    assert pull.race_facts(silent).half == 0


def test_votes_that_cancel_pull_nowhere() -> None:
    votes = np.zeros((105, 11, 6), np.float32)
    votes[0, 5, 0], votes[1, 5, 0] = 3, -3
    assert not pull.pulls(routed(votes, 1)).any()


@pytest.mark.parametrize(
    ("pulled", "half"), [([5, 1, 1, 1, -9], 1), ([1, 1, 1, 1], 2), ([2, 3, 4, -1], 2), ([-1, -2], 0), ([0, 0, 7], 1)]
)
def test_the_fewest_capsules_that_make_half(pulled: list[float], half: int) -> None:
    assert pull.half(np.array(pulled, np.float32)) == half


def test_steps_are_ordered_by_the_last_iteration_and_equals_stay() -> None:
    pulled = np.zeros((2, 5, 2), np.float32)
    pulled[0] = np.arange(10).reshape(5, 2)  # forgotten
    pulled[1, :, 0] = [0.5, -2, 3, 0.5, -1]
    assert pull.step_order(pulled).tolist() == [[2, 0, 3, 4, 1], [0, 1, 2, 3, 4]]


def test_every_step_is_laid_once(raced: CapsuleReading) -> None:
    order = pull.step_order(pull.pulls(raced))
    assert order.shape == (11, 105)
    assert (np.sort(order, axis=-1) == np.arange(105)).all()


def test_across_lies_across_the_output() -> None:
    votes = np.zeros((105, 11, 6), np.float32)
    votes[:, 3, 0] = 1  # all along the first axis
    votes[:, 3, 2] = np.linspace(-2, 2, 105)  # most across it along the third
    votes[:, 3, 4] = np.tile([0.01, -0.01, 0], 35)
    across = pull.across(routed(votes))
    np.testing.assert_allclose(np.abs(across[:, 3]), np.abs(votes[:, 3, 2]), atol=1e-3)


def test_shares_of_a_place_are_weighed_by_how_long_votes_are_and_sum_to_one(raced: CapsuleReading) -> None:
    found = pull.shares(raced)
    assert found.shape == (raced.iterations, 11, 3, 5)
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(found[0], 1 / 11, atol=1e-6)
    here = [channel * 15 + 1 * 5 + 3 for channel in range(7)]
    weights = np.linalg.norm(raced.votes, axis=-1).sum(axis=-1)[here]
    expected = (weights[:, None] * raced.couplings[-1, here]).sum(axis=0) / weights.sum()
    np.testing.assert_allclose(found[-1, :, 1, 3], expected, atol=1e-5)


@pytest.mark.parametrize(
    ("longest", "path", "overtakes"), [([3, 3, 3], (3,), 1), ([3, 8, 3], (3, 8, 3), 3), ([4, 9, 9], (4, 9), 2)]
)
def test_the_way_of_a_race(longest: list[int], path: tuple[int, ...], overtakes: int) -> None:
    reading = routed(random_votes(), 3)
    lengths = np.full((3, 11), 0.1, np.float32)
    lengths[range(3), longest] = 0.6
    facts = pull.race_facts(replace(reading, lengths=lengths))
    assert (facts.winner, facts.path, facts.overtakes) == (longest[-1], path, overtakes)
    assert facts.half == pull.half(contributions(reading)[:, longest[-1]])
