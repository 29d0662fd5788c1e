"""The whole network: the paper's sizes, what forward and trace return, and that they cannot drift apart."""

from __future__ import annotations

from dataclasses import asdict

import pytest
import torch

from capsnet.model import CapsNet
from capsnet.routing import routing_steps
from tests.capsnet.samples import CONFIG, random_pictures, small_model

I, J, D = CONFIG.primary_capsules, CONFIG.digit_capsules, CONFIG.digit_pose  # noqa: E741


@pytest.fixture(scope="module")
def paper_network() -> CapsNet:
    return CapsNet().eval()


def test_the_papers_network_has_as_many_parameters_as_stated(paper_network: CapsNet) -> None:
    assert sum(weight.numel() for weight in paper_network.parameters()) == 8_215_568


def test_shapes_in_the_papers_network(paper_network: CapsNet) -> None:
    trace = paper_network.trace(torch.rand(2, 1, 28, 28))
    assert {name: tuple(value.shape) for name, value in asdict(trace).items()} == {
        "features": (2, 256, 20, 20),
        "primary": (2, 1152, 8),
        "votes": (2, 1152, 10, 16),
        "logits": (3, 2, 1152, 10),
        "couplings": (3, 2, 1152, 10),
        "agreements": (3, 2, 1152, 10),
        "sums": (3, 2, 10, 16),
        "poses": (3, 2, 10, 16),
    }
    assert paper_network.reconstruct(trace.poses[-1], torch.tensor([3, 7])).shape == (2, 1, 28, 28)


def test_shapes_in_another_network() -> None:
    output = small_model()(random_pictures(7))
    assert (output.poses.shape, output.lengths.shape) == ((7, J, D), (7, J))
    assert output.reconstructions.shape == (7, 1, 13, 13)


@pytest.mark.parametrize("iterations", [None, 1, 4])
def test_the_last_poses_of_a_trace_are_exactly_those_of_forward(iterations: int | None) -> None:
    model, images = small_model(votes=20), random_pictures(7)
    trace, output = model.trace(images, iterations), model(images, iterations=iterations)
    assert trace.iterations == (iterations or CONFIG.iterations)
    assert torch.equal(trace.poses[-1], output.poses)
    assert torch.equal(trace.lengths[-1], output.lengths)


def test_a_trace_leaves_nothing_behind() -> None:
    model, images = small_model(), random_pictures(3)
    before, kept = model(images), set(vars(model))
    trace = model.trace(images, 5)
    assert not any(value.requires_grad for value in asdict(trace).values())
    assert set(vars(model)) == kept
    assert torch.equal(model(images).poses, before.poses)


def test_a_picture_alone_is_read_as_in_a_batch() -> None:
    model, images = small_model(votes=20).double(), random_pictures(7).double()
    together, traced = model(images), model.trace(images)
    for row in range(7):
        alone, alone_traced = model(images[row : row + 1]), model.trace(images[row : row + 1])
        for name in together._fields:
            torch.testing.assert_close(getattr(alone, name)[0], getattr(together, name)[row], rtol=0, atol=1e-10)
        torch.testing.assert_close(alone_traced.couplings[:, 0], traced.couplings[:, row], rtol=0, atol=1e-10)


def test_absent_primary_capsules_vote_for_nothing() -> None:
    model, images = small_model(votes=20), random_pictures(2)
    present = torch.arange(2 * I).view(2, I) % 3 > 0
    output = model(images, present=present)
    assert bool((output.votes[~present] == 0).all())
    assert torch.equal(output.votes[present], model(images).votes[present])
    all_there = model(images, present=torch.ones(2, I, dtype=torch.bool))
    assert torch.equal(all_there.poses, model(images).poses)
    assert not model(images, present=torch.zeros(2, I, dtype=torch.bool)).lengths.any()


def test_present_must_name_each_primary_capsule() -> None:
    with pytest.raises(ValueError, match=r"present must be \[2, 75\] bool; got torch.bool \(75,\)"):
        small_model()(random_pictures(2), present=torch.ones(I, dtype=torch.bool))


def test_a_vote_is_a_matrix_times_a_pose() -> None:
    model, images = small_model(), random_pictures(2)
    trace = model.trace(images)
    matrices = model.digit_capsules.transforms
    assert matrices.shape == (I, J, D, CONFIG.primary_pose)
    for b, i, j in ((0, 0, 0), (1, 74, 4), (0, 31, 3), (1, 52, 1)):
        torch.testing.assert_close(trace.votes[b, i, j], matrices[i, j] @ trace.primary[b, i])


def test_features_are_a_convolution_with_relu() -> None:
    model, images = small_model(), random_pictures(2)
    features = model.trace(images).features
    patch, kernel = images[1, 0, 4:7, 8:11], model.convolution.weight[16, 0]
    assert model.convolution.bias is not None
    expected = torch.relu((patch * kernel).sum() + model.convolution.bias[16])
    torch.testing.assert_close(features[1, 16, 4, 8], expected)
    assert features.min() == 0


def test_lengths_are_lengths_and_no_softmax() -> None:
    output = small_model(votes=20)(random_pictures(7))
    torch.testing.assert_close(output.lengths, output.poses.square().sum(dim=-1).sqrt())
    assert float((output.lengths.detach().sum(dim=1) - 1).abs().min()) > 0.1


def test_only_the_convolutions_are_in_bfloat16_under_autocast() -> None:
    model, images = small_model(votes=20), random_pictures(3)
    with torch.autocast("cpu", torch.bfloat16):
        trace, output = model.trace(images, 3), model(images, iterations=3)
    assert {name: value.dtype for name, value in asdict(trace).items() if value.dtype != torch.float32} == {
        "features": torch.bfloat16
    }
    *_, last = routing_steps(trace.votes, 3)
    assert torch.equal(trace.poses[-1], last.poses)
    assert {value.dtype for value in output} == {torch.float32}
