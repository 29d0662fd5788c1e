"""Routing against the paper: an independent implementation, hand-computed values and invariants."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from capsnet.routing import RoutingStep, RoutingTrace, coupling_entropy, lengths, routing_steps, squash
from tests.capsnet import reference
from tests.capsnet.samples import CONFIG, random_pictures, small_model

FIELDS = RoutingStep._fields


def make_votes(seed: int = 0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(3, 13, 5, 7, generator=generator, dtype=torch.float64)  # [B, I, J, D]


def assert_follows_the_paper(trace: RoutingTrace, tolerance: float, beta: float = 1.0) -> None:
    for picture, votes in enumerate(trace.votes.double().numpy()):
        expected = reference.routing(votes, trace.iterations, beta)
        for field in FIELDS:
            wanted = np.stack([getattr(step, field) for step in expected])
            got = getattr(trace, field)[:, picture].double().numpy()
            np.testing.assert_allclose(got, wanted, rtol=0, atol=tolerance, err_msg=field)


@pytest.mark.parametrize("iterations", range(1, 11))
def test_trace_is_the_papers_procedure(iterations: int) -> None:
    model, images = small_model(votes=20), random_pictures(2)
    assert_follows_the_paper(model.trace(images, iterations), 1e-4)
    trace = model.double().trace(images.double(), iterations)
    assert trace.iterations == iterations
    assert_follows_the_paper(trace, 1e-10)
    if iterations > 2:  # else the test would say little
        assert float((trace.couplings[-1] - 1 / 5).abs().max()) > 0.2


def test_couplings_start_equal_and_sum_to_one_over_digits() -> None:
    trace = small_model(votes=20).trace(random_pictures(2), 4)
    assert torch.equal(trace.couplings[0], torch.full((2, 75, 5), 1 / 5))
    torch.testing.assert_close(trace.couplings.sum(dim=-1), torch.ones(4, 2, 75))
    assert float((trace.couplings[-1].sum(dim=1) - 1).abs().min()) > 0.1  # not over primary capsules


def test_logits_gather_agreements() -> None:
    trace = small_model(votes=20).trace(random_pictures(2), 5)
    assert torch.count_nonzero(trace.logits[0]) == 0
    assert torch.equal(trace.logits[1:], trace.logits[:-1] + trace.agreements[:-1])


def test_couplings_move_to_the_capsule_the_votes_agree_on() -> None:
    votes = torch.zeros(1, 3, 2, 5)  # unanimous about j = 0, silent about j = 1
    votes[:, :, 0, 0] = 1.0
    start, settled = routing_steps(votes, iterations=2)
    assert torch.equal(start.couplings, torch.full((1, 3, 2), 0.5))
    assert start.poses[0, 0, 0].item() == pytest.approx(2.25 / 3.25)  # squash of 3 * 0.5
    share = np.exp(2.25 / 3.25) / (np.exp(2.25 / 3.25) + 1)
    assert settled.couplings[0, :, 0].tolist() == pytest.approx([share] * 3)


def test_more_iterations_only_go_on() -> None:
    short, long = list(routing_steps(make_votes(), 3)), list(routing_steps(make_votes(), 7))
    assert (len(short), len(long)) == (3, 7)
    for one, other in zip(short, long[:3], strict=True):
        assert all(torch.equal(getattr(one, field), getattr(other, field)) for field in FIELDS)


@given(st.randoms(use_true_random=False), st.integers(0, 2**32))
def test_the_order_of_capsules_means_nothing(random: Random, seed: int) -> None:
    votes = make_votes(seed)
    primary, digits = list(range(13)), list(range(5))
    random.shuffle(primary)
    random.shuffle(digits)
    *_, plain = routing_steps(votes, 4)
    *_, mixed = routing_steps(votes[:, primary][:, :, digits], 4)
    torch.testing.assert_close(mixed.poses, plain.poses[:, digits], rtol=0, atol=1e-10)
    torch.testing.assert_close(mixed.couplings, plain.couplings[:, primary][:, :, digits], rtol=0, atol=1e-10)


def test_pictures_are_routed_apart() -> None:
    votes = make_votes()
    *_, together = routing_steps(votes, 5)
    for picture in range(3):
        *_, alone = routing_steps(votes[picture : picture + 1], 5)
        for field in FIELDS:
            torch.testing.assert_close(
                getattr(alone, field)[0], getattr(together, field)[picture], rtol=0, atol=1e-10, msg=field
            )


def test_squash_by_hand() -> None:
    got = squash(torch.tensor([[3.0, 4.0], [0.0, 0.0]], dtype=torch.float64))
    torch.testing.assert_close(got, torch.tensor([[3 * 5 / 26, 4 * 5 / 26], [0, 0]], dtype=torch.float64))


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=7))
def test_squash_keeps_the_direction_and_ends_below_one(numbers: list[float]) -> None:
    vector = torch.tensor(numbers, dtype=torch.float64)
    got = squash(vector)
    length = float(lengths(vector))
    assert float(lengths(got)) == pytest.approx(length**2 / (1 + length**2))
    assert float(lengths(got)) <= 1
    torch.testing.assert_close(got * length, vector * float(lengths(got)))


@pytest.mark.parametrize("function", [squash, lengths])
def test_gradients_are_finite_at_the_zero_vector(function: object) -> None:
    vectors = torch.zeros(2, 7, requires_grad=True)
    assert callable(function)
    (gradient,) = torch.autograd.grad(function(vectors).sum(), vectors)
    assert torch.equal(gradient, torch.zeros(2, 7))


def test_lengths_of_a_trace() -> None:
    trace = small_model().trace(random_pictures(3), 4)
    assert trace.lengths.shape == (4, 3, CONFIG.digit_capsules)
    torch.testing.assert_close(trace.lengths, trace.poses.square().sum(dim=-1).sqrt())


def test_gradients_take_the_couplings_as_given() -> None:
    votes = make_votes().requires_grad_()
    *_, last = routing_steps(votes, 3)
    assert not last.logits.requires_grad
    assert not last.couplings.requires_grad
    weights = torch.randn(last.poses.shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    (got,) = torch.autograd.grad((last.poses * weights).sum(), votes)
    fixed = votes.detach().requires_grad_()
    poses = squash((last.couplings[..., None] * fixed).sum(dim=1))
    (wanted,) = torch.autograd.grad((poses * weights).sum(), fixed)
    assert float(wanted.abs().min()) > 0
    torch.testing.assert_close(got, wanted, rtol=0, atol=1e-12)


def test_unrolled_gradients_are_the_true_ones() -> None:
    votes = 0.5 * make_votes()[:1, :5, :3]
    weights = torch.randn(1, 3, 7, dtype=torch.float64, generator=torch.Generator().manual_seed(1))

    def value(votes: Tensor) -> Tensor:
        *_, last = routing_steps(votes, 3, 2.5, unrolled=True)
        return (last.poses * weights).sum()

    assert torch.autograd.gradcheck(value, votes.requires_grad_())


def test_an_inverse_temperature_by_hand() -> None:
    votes = torch.zeros(1, 3, 2, 5)
    votes[:, :, 0, 0] = 1.0
    _, settled = routing_steps(votes, 2, 7.0)
    agreement = 2.25 / 3.25
    share = np.exp(7 * agreement) / (np.exp(7 * agreement) + 1)
    assert settled.logits[0, :, 0].tolist() == pytest.approx([agreement] * 3)  # the logits themselves are the paper's
    assert settled.couplings[0, :, 0].tolist() == pytest.approx([share] * 3)


def test_a_network_routes_with_its_own_inverse_temperature() -> None:
    images = random_pictures(2).double()
    model = small_model(replace(CONFIG, inverse_temperature=7.0), votes=20).double()
    trace = model.trace(images, 4)
    assert_follows_the_paper(trace, 1e-10, beta=7.0)
    torch.testing.assert_close(model(images, iterations=4).poses, trace.poses[-1], rtol=0, atol=0)
    assert float((trace.couplings[-1] - 1 / 5).abs().max()) > 0.2


@pytest.mark.parametrize("beta", [0.0, -1.0, float("nan")])
def test_an_inverse_temperature_that_is_none_is_refused(beta: float) -> None:
    with pytest.raises(ValueError, match="inverse_temperature must be above 0"):
        next(routing_steps(make_votes(), 3, beta))


@pytest.mark.parametrize("iterations", [0, -3])
def test_no_iterations_are_refused(iterations: int) -> None:
    with pytest.raises(ValueError, match=rf"iterations must be at least 1 .* got {iterations}"):
        next(routing_steps(make_votes(), iterations))


def test_votes_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"votes must be \[B, I, J, D\].*got shape \(13, 5, 7\)"):
        next(routing_steps(make_votes()[0], 3))


def test_entropy_of_couplings_by_hand() -> None:
    couplings = torch.tensor([[0.25, 0.25, 0.25, 0.25], [0.5, 0.5, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]])
    assert coupling_entropy(couplings).tolist() == pytest.approx([1, 0.5, 0])
