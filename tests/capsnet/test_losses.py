"""Losses against values worked out by hand, and gradients where they could break."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from capsnet.data import NOTHING
from capsnet.losses import TermWeights, agreement_loss, long_votes, margin_loss, reconstruction_error, total_loss
from capsnet.model import CapsNetOutput
from tests.capsnet.samples import CONFIG, random_pictures, small_model


def test_margin_loss_by_hand() -> None:
    lengths = torch.tensor([[0.5, 0.3, 0.05], [0.95, 0.1, 0.6], [0.2, 0.9, 0.1]])
    labels = torch.tensor([0, 1, 1])
    expected = [
        0.4**2 + 0.5 * 0.2**2,  # too short, one other too long, one short enough
        0.8**2 + 0.5 * 0.85**2 + 0.5 * 0.5**2,
        0.5 * 0.1**2,  # long enough costs nothing
    ]
    assert margin_loss(lengths, labels).tolist() == pytest.approx(expected)


def test_where_nothing_is_all_capsules_shall_be_short() -> None:
    lengths = torch.tensor([[0.5, 0.3, 0.05], [0.1, 0.02, 0.0]])
    assert margin_loss(lengths, torch.tensor([NOTHING, NOTHING])).tolist() == pytest.approx(
        [0.5 * (0.4**2 + 0.2**2), 0]
    )


def test_margin_loss_has_the_gradient_of_a_square() -> None:
    lengths = torch.tensor([[0.5, 0.3, 0.05]], requires_grad=True)
    (gradient,) = torch.autograd.grad(margin_loss(lengths, torch.tensor([0])).sum(), lengths)
    assert gradient.tolist()[0] == pytest.approx([-2 * 0.4, 0.5 * 2 * 0.2, 0])


def test_reconstruction_error_is_a_sum_over_pixels() -> None:
    images = torch.zeros(2, 1, 28, 28)
    drawn = torch.full((2, 1, 28, 28), 0.5)
    drawn[1] = 0
    drawn[1, 0, 3, 5] = 0.75
    assert reconstruction_error(drawn, images).tolist() == pytest.approx([784 * 0.25, 0.5625])


def output_of(lengths: Tensor) -> CapsNetOutput:
    """Two pictures, two classes, three primary capsules; drawn as even grey."""
    primary, votes = torch.zeros(2, 3, 5), torch.zeros(2, 3, 2, 7)
    votes[1, 2, 1, 4] = 3.0
    primary[:, :2, 0] = torch.tensor([[0.2, 0.6], [0.5, 0.5]])
    couplings = torch.tensor([[[0.5, 0.5], [0.25, 0.75], [1.0, 0.0]], [[0.5, 0.5], [0.5, 0.5], [0.0, 1.0]]])
    drawn = torch.full((2, 1, 28, 28), 0.5)
    return CapsNetOutput(torch.zeros(2, 2, 3), lengths, drawn, primary, votes, couplings)


def test_agreement_loss_by_hand() -> None:
    output = output_of(torch.zeros(2, 2))
    got = agreement_loss(output.couplings, output.primary, torch.tensor([0, NOTHING]))
    # -log2 of 0.5 and 0.25, weighed by the lengths 0.2 and 0.6; the third capsule is silent
    assert got.tolist() == pytest.approx([(0.2 * 1 + 0.6 * 2) / 0.8, 0])


def test_equal_shares_cost_one_and_a_capsule_that_gives_all_nothing() -> None:
    couplings, primary = torch.full((1, 3, 5), 0.2), torch.ones(1, 3, 7)
    assert agreement_loss(couplings, primary, torch.tensor([4])).item() == pytest.approx(1)
    couplings[..., :4], couplings[..., 4] = 0, 1
    assert agreement_loss(couplings, primary, torch.tensor([4])).item() == 0
    assert agreement_loss(couplings, primary, torch.tensor([3])).item() < 30  # none of it is infinite


def test_a_capsule_cannot_escape_the_agreement_loss_by_growing_short() -> None:
    primary = torch.rand(1, 3, 7).requires_grad_()
    couplings = torch.full((1, 3, 5), 0.2).requires_grad_()
    agreement_loss(couplings, primary, torch.tensor([4])).sum().backward()
    assert primary.grad is None
    assert couplings.grad is not None
    assert bool((couplings.grad[..., 4] < 0).all())


def test_votes_up_to_length_one_are_free() -> None:
    votes = torch.zeros(2, 3, 2, 7)
    votes[0, 0, 0, :2] = torch.tensor([0.6, 0.8])
    votes[1, 0, 0, :2] = torch.tensor([1.2, 1.6])
    votes[1, 2, 1, 3] = -1.5
    assert long_votes(votes).tolist() == pytest.approx([0, 1 + 0.25])


def test_further_terms_join_with_their_weights() -> None:
    output, images, labels = (
        output_of(torch.tensor([[0.9, 0.1], [0.9, 0.1]])),
        torch.zeros(2, 1, 28, 28),
        torch.tensor([0, 0]),
    )
    plain = total_loss(output, images, labels)
    agreement = agreement_loss(output.couplings, output.primary, labels).mean()
    got = total_loss(output, images, labels, TermWeights(agreement=0.3, long_votes=0.01))
    assert got.item() == pytest.approx(float(plain + 0.3 * agreement + 0.01 * 4 / 2))


def test_total_loss_by_hand() -> None:
    lengths = torch.tensor([[0.9, 0.3], [0.5, 0.1]])
    output = output_of(lengths)
    images = torch.zeros(2, 1, 28, 28)
    images[1] = 0.5  # drawn without error
    expected = ((0.5 * 0.2**2 + 0.0005 * 784 * 0.25) + 0.4**2) / 2
    assert total_loss(output, images, torch.tensor([0, 0])).item() == pytest.approx(expected)


def test_where_nothing_is_no_reconstruction_counts() -> None:
    lengths = torch.tensor([[0.9, 0.3], [0.3, 0.1]])
    output = output_of(lengths)
    expected = ((0.5 * 0.2**2 + 0.0005 * 784 * 0.25) + 0.5 * 0.2**2) / 2
    assert total_loss(output, torch.zeros(2, 1, 28, 28), torch.tensor([0, NOTHING])).item() == pytest.approx(expected)


@pytest.mark.parametrize("bias", [True, False], ids=["random biases", "no biases: every vector is zero"])
def test_a_training_step_on_a_black_picture_keeps_all_numbers_finite(bias: bool) -> None:
    model = small_model().train()
    for layer in model.modules():
        if isinstance(layer, nn.Conv2d) and layer.bias is not None and not bias:
            nn.init.zeros_(layer.bias)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    images, labels = torch.zeros(2, 1, 13, 13), torch.tensor([1, 3])
    for _ in range(2):
        loss = total_loss(model(images, labels), images, labels)
        optimizer.zero_grad()
        loss.backward()
        gradients = [weight.grad for weight in model.parameters()]
        assert all(gradient is not None and gradient.isfinite().all() for gradient in gradients)
        optimizer.step()
    assert all(weight.isfinite().all() for weight in model.parameters())
    assert loss.isfinite()


def test_every_weight_is_trained() -> None:
    model, images = small_model(votes=5).train(), random_pictures(7)
    labels = torch.arange(7) % CONFIG.digit_capsules
    total_loss(model(images, labels), images, labels).backward()
    assert [name for name, weight in model.named_parameters() if not weight.grad.any()] == []  # type: ignore[union-attr]


def test_the_reconstruction_teaches_the_labels_capsule_alone() -> None:
    model, images = small_model().train(), random_pictures(2)
    output = model(images, torch.tensor([1, 4]))
    (gradient,) = torch.autograd.grad(reconstruction_error(output.reconstructions, images).sum(), output.poses)
    assert gradient.abs().sum(dim=2).nonzero().tolist() == [[0, 1], [1, 4]]
