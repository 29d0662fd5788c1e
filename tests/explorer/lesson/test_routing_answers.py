"""Answers about routing, against computations by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from capsnet import CapsNet
from explorer.lesson import routing
from explorer.lesson.answer import Given
from explorer.lesson.variants import routed_otherwise, routed_without
from explorer.measures.evidence import contributions
from explorer.reading import CapsuleReading
from tests.explorer.routed import random_votes, routed


@pytest.fixture(scope="module")
def found() -> CapsuleReading:
    """Routing of random votes, prime sizes."""
    return routed(random_votes())


@pytest.fixture
def given(found: CapsuleReading, small_model: CapsNet) -> Given:
    return Given(found, small_model, 0)


def squashed(sums: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(sums, axis=-1, keepdims=True)
    return np.asarray(sums * length / (1 + length**2))


def by_hand(reading: CapsuleReading, count: int, axis: int, keeps: float) -> np.ndarray:
    """The lengths after `count` iterations: softmax over an axis of [I, J], `keeps` of b kept."""
    logits, lengths = np.zeros(reading.votes.shape[:2]), np.zeros(0)
    for _ in range(count):
        shares = np.exp(reading.inverse_temperature * logits)
        shares /= shares.sum(axis=axis, keepdims=True)
        poses = squashed(np.einsum("ij,ijd->jd", shares, reading.votes))
        logits = keeps * logits + np.einsum("ijd,jd->ij", reading.votes, poses)
        lengths = np.linalg.norm(poses, axis=-1)
    return lengths


def test_other_routings_are_what_they_say(found: CapsuleReading) -> None:
    right = routed_otherwise(found, found.iterations)
    assert right == pytest.approx(found.lengths, abs=1e-5)
    mistaken = routed_otherwise(found, 3, over_primary=True)
    assert mistaken[-1] == pytest.approx(by_hand(found, 3, 0, 1.0), abs=1e-5)
    forgetting = routed_otherwise(found, 5, forgets=True)
    assert forgetting[-1] == pytest.approx(by_hand(found, 5, 1, 0.0), abs=1e-5)
    assert forgetting[:2] == pytest.approx(routed_otherwise(found, 2), abs=1e-6)  # the first b is one agreement


def test_without_none_all_stays_and_without_all_nothing_is_left(found: CapsuleReading) -> None:
    assert routed_without(found, []) == pytest.approx(found.poses[-1], abs=1e-5)
    assert not routed_without(found, list(range(len(found.primary)))).any()


@pytest.mark.parametrize(
    ("lengths", "right", "outcome"),
    [
        ([[0.2, 0.3], [0.1, 0.95]], "second", "stayed"),
        ([[0.3, 0.2], [0.1, 0.95]], "second", "changed"),
        ([[0.3, 0.2], [0.92, 0.1]], "first", "stayed"),
        ([[0.3, 0.2], [0.89, 0.1]], "neither", "neither"),
    ],
)
def test_the_leader_must_be_long(given: Given, lengths: list[list[float]], right: str, outcome: str) -> None:
    everything = np.zeros((2, len(given.reading.classes)), np.float32)
    everything[:, [3, 5]] = lengths
    answer = routing.leader(replace(given, reading=replace(given.reading, lengths=everything, iterations=2)))
    assert answer.options[answer.right].key == right
    assert answer.outcome == outcome
    assert [answer.values["first"], answer.values["second"]] == [given.reading.classes[j] for j in (3, 5)]


def test_what_a_digit_receives_is_any_amount(given: Given) -> None:
    reading = given.reading
    count, classes = reading.votes.shape[:2]
    answer = routing.sums(given)
    received = reading.couplings[-1, :, given.pair[0]].sum()
    assert answer.values["received"] == pytest.approx(received)
    assert answer.outcome == ("share" if abs(received / (count / classes) - 1) < 0.01 else "any")
    equal = replace(reading, couplings=np.full_like(reading.couplings, 1 / classes))
    assert routing.sums(replace(given, reading=equal)).outcome == "share"
    skewed = np.full_like(reading.couplings, 0)
    skewed[..., given.pair[0]] = 1
    assert routing.sums(replace(given, reading=replace(reading, couplings=skewed))).outcome == "any"


def test_memory_compares_the_winner(given: Given) -> None:
    answer, winner = routing.memory(given), given.pair[0]
    adding, forgetting = (by_hand(given.reading, 5, 1, keeps)[winner] for keeps in (1.0, 0.0))
    assert [answer.values["adding"], answer.values["forgetting"]] == pytest.approx([adding, forgetting], abs=1e-5)
    gain = forgetting - adding
    assert answer.outcome == ("same" if abs(gain) < 0.05 else "longer" if gain > 0 else "shorter")


def test_the_strongest_are_those_that_pull_most(given: Given) -> None:
    pulls = contributions(given.reading)[:, given.pair[0]]
    silenced = routing.strongest_of(given)
    assert len(silenced) == min(20, len(pulls) // 10)
    assert min(pulls[silenced]) >= max(np.delete(pulls, silenced))


@pytest.mark.parametrize(("rest", "outcome"), [(-0.7, "turned"), (0.7, "same"), (0.0, "falls")])
def test_what_is_left_can_point_the_other_way(small_model: CapsNet, rest: float, outcome: str) -> None:
    votes = np.zeros_like(random_votes())
    votes[:10, 0, 0] = 9  # a tenth of all: they outweigh the others
    votes[10:, 0, 0] = rest
    answer = routing.strongest(Given(routed(votes), small_model, 0))
    assert answer.outcome == outcome
    assert answer.values["count"] == 10
    assert answer.values["cosine"] == pytest.approx(np.sign(rest), abs=1e-5)


def test_routing_starts_at_equal_shares(given: Given) -> None:
    answer = routing.learning(given)
    assert answer.outcome == "equal"
    assert answer.values["share"] == pytest.approx(given.reading.couplings[0].mean())
    count, classes, pose = given.reading.votes.shape
    assert answer.values["weights"] == count * classes * pose * given.reading.primary.shape[-1]
