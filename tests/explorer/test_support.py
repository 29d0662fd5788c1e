"""What an answer rests on: against hand-computed cases, a network without the capsule, and `capsnet.agreement`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from capsnet import CapsNet, agreement
from capsnet.routing import routing_steps
from explorer.arrays import Floats
from explorer.measures.evidence import contributions
from explorer.measures.support import effective_number, support
from explorer.reading import CapsuleReading, lengths_without, read

ITERATIONS = 4


def routed(reading: CapsuleReading, votes: Floats, beta: float = 1.0) -> CapsuleReading:
    """What routing makes of votes [I, J, D]."""
    steps = zip(*routing_steps(torch.tensor(votes)[None], ITERATIONS, beta), strict=True)
    logits, couplings, sums, poses, agreements = (torch.stack(values)[:, 0].numpy() for values in steps)
    lengths = np.linalg.norm(poses, axis=-1)
    return replace(
        reading,
        iterations=ITERATIONS,
        inverse_temperature=beta,
        votes=votes,
        logits=logits,
        couplings=couplings,
        sums=sums,
        poses=poses,
        agreements=agreements,
        lengths=lengths,
    )


def loud(reading: CapsuleReading) -> CapsuleReading:
    """Capsule 31 shouts for digit 3, seven others say digit 1 and agree."""
    votes = np.zeros((75, 5, 11), np.float32)
    votes[31, 3, 4] = 19
    votes[[2, 3, 5, 7, 11, 13, 17], 1, 6] = 2.5
    return routed(reading, votes)


def test_the_effective_number_by_hand() -> None:
    for brought, expected in (([3, 3, 3, -5], 3), ([4, 0, 0], 1), ([1, 2, 0, -9], 9 / 5), ([0, -1], 0), ([0, 0], 0)):
        assert effective_number(np.array(brought, np.float32)) == pytest.approx(expected)


def test_contributions_by_hand(reading: CapsuleReading) -> None:
    votes = np.zeros((2, 3, 5), np.float32)
    votes[0, 1], votes[1, 1] = (0, 3, 0, 4, 0), (0, 0, 0, -2, 0)
    couplings, poses = np.full((1, 2, 3), 0.25, np.float32), np.zeros((1, 3, 5), np.float32)
    poses[0, 1, 3] = 0.7
    found = contributions(replace(reading, votes=votes, couplings=couplings, poses=poses))
    assert found.tolist() == [[0, 1, 0], [0, -0.5, 0]]


def test_an_answer_of_one_capsule_does_not_stand_without_it(reading: CapsuleReading) -> None:
    found = support(loud(reading))
    assert (found.moved, found.capsules) == (8, 75)
    assert found.effective == pytest.approx(1)
    assert found.strongest == pytest.approx(1)
    assert found.without == 1
    alone = loud(reading).votes.copy()
    alone[31] = 0
    assert found.length_without == pytest.approx(float(routed(reading, alone).lengths[-1, 1]), rel=1e-5)


def test_an_answer_of_many_stands_without_the_strongest(reading: CapsuleReading) -> None:
    votes = np.zeros((75, 5, 11), np.float32)
    votes[:, 2, 7] = 0.5
    votes[19, 2, 7] = 0.75
    found = support(routed(reading, votes, beta=10))
    assert found.moved == found.capsules == 75
    assert found.effective == pytest.approx((74 * 0.5 + 0.75) ** 2 / (74 * 0.25 + 0.5625), rel=1e-3)
    assert found.strongest == pytest.approx(0.75 / (74 * 0.5 + 0.75), rel=1e-3)
    assert (found.without, found.length_without > 0.99) == (2, True)


def test_the_network_itself_without_the_capsule_says_the_same(small_model: CapsNet) -> None:
    image = np.random.default_rng(3).random((13, 13), dtype=np.float32)
    for iterations in (1, 3):
        read_whole = read(small_model, image, iterations)
        present = torch.ones(1, 75, dtype=torch.bool)
        present[0, 23] = False
        with torch.no_grad():
            output = small_model(torch.tensor(image)[None, None], iterations=iterations, present=present)
        np.testing.assert_allclose(lengths_without(read_whole, 23), output.lengths[0], rtol=1e-5)
        assert read_whole.votes[23].any()


@pytest.mark.parametrize("beta", [1.0, 40.0])
def test_it_agrees_with_the_measures_of_the_card(reading: CapsuleReading, small_model: CapsNet, beta: float) -> None:
    again = routed(reading, 9 * reading.votes, beta)
    trace = small_model.trace(torch.tensor(reading.image)[None, None], ITERATIONS)
    arrays = {name: torch.tensor(getattr(again, name))[:, None] for name in ("couplings", "sums", "poses")}
    trace = replace(trace, votes=torch.tensor(again.votes)[None], **arrays)
    brought, found = agreement.contributions(trace), support(again)
    assert found.moved == int(agreement.moved(trace.couplings[-1]).sum())
    assert found.moved > 0
    assert found.effective == pytest.approx(float(agreement.effective_number(brought)), rel=1e-4)
    assert found.strongest == pytest.approx(float(brought.max() / brought.sum()), rel=1e-4)


def test_without_votes_there_is_nothing(reading: CapsuleReading) -> None:
    found = support(routed(reading, np.zeros_like(reading.votes)))
    assert (found.moved, found.effective, found.strongest, found.length_without) == (0, 0, 0, 0)
