"""Convolutional networks with max pooling, plain and gated: sizes, gates, dropout and loss, worked out by hand."""

from __future__ import annotations

import math
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from capsnet import CapsNet, CapsNetConfig, checkpoint
from capsnet.architectures import ARCHITECTURES, Batch, architecture_of
from capsnet.convolutional import ChannelGate, Cnn, CnnConfig, GatedCnn, GatedConfig, Stage
from capsnet.data import NOTHING
from capsnet.losses import cross_entropy
from capsnet.network import Network
from capsnet.recipe import Recipe
from capsnet.reports import card_text
from capsnet.resume import TrainingStopped
from capsnet.training import train
from tests.capsnet.runs import RECIPE, STEPS, assert_same_training
from tests.capsnet.samples import CLASSES, CONFIG, barred_pictures, make_card, random_pictures

PLAIN = CnnConfig(image_size=13, kernel_size=3, channels=(7, 11), hidden=(17, 19), classes=CLASSES)
"""A network in which no two axes of a tensor are equally long: maps of 13 x 13, 6 x 6 and 3 x 3 pixels."""
GATED = GatedConfig(**{**PLAIN.to_dict(), "channels": (7, 11), "hidden": (17, 19), "classes": CLASSES}, reduction=3)
BOTH = pytest.mark.parametrize("config", [PLAIN, GATED], ids=["cnn", "gated"])


def made(config: CnnConfig) -> Network:
    """A network with random weights, in eval mode."""
    torch.manual_seed(1)
    return architecture_of(config).network(config).eval()


def parameters(model: nn.Module) -> int:
    return sum(weights.numel() for weights in model.parameters())


def test_parameters_by_hand() -> None:
    convolutions = 48 * (25 + 1) + 96 * (48 * 25 + 1) + 192 * (96 * 25 + 1)
    dense = 656 * (192 * 3 * 3 + 1) + 320 * (656 + 1) + 10 * (320 + 1)
    gates = 2 * (48 * 6 + 96 * 12 + 192 * 24)
    assert parameters(Cnn()) == convolutions + dense == 1_925_210
    assert parameters(GatedCnn()) == convolutions + dense + gates == 1_937_306


def test_a_capsule_network_of_their_size() -> None:
    config = CapsNetConfig(feature_channels=96, primary_stride=3, primary_channels=16, decoder_hidden=(256, 512))
    with torch.device("meta"):
        capsules = parameters(CapsNet(config))
    places = 4 * 4  # (20 - 9) // 3 + 1 each way
    convolutions = 96 * (81 + 1) + 16 * 8 * (96 * 81 + 1)
    decoder = 256 * (160 + 1) + 512 * (256 + 1) + 784 * (512 + 1)
    assert capsules == convolutions + places * 16 * 10 * 16 * 8 + decoder == 1_906_000
    sizes = [capsules, parameters(Cnn()), parameters(GatedCnn())]
    assert max(sizes) / min(sizes) < 1.05
    assert 2 * max(sizes) < 4e6 - 50_000  # bytes at rest, with the card


@BOTH
def test_shapes(config: CnnConfig) -> None:
    output = made(config)(random_pictures(23))
    assert (output.scores.shape, output.logits.shape, output.features.shape) == ((23, 5), (23, 5), (23, 19))


@BOTH
def test_scores_are_probabilities_made_of_the_features(config: CnnConfig) -> None:
    model = made(config).double()
    output = model(random_pictures(3).double())
    weights, biases = (model.state_dict()[f"answer.{name}"] for name in ("weight", "bias"))
    for features, scores in zip(output.features.detach(), output.scores, strict=True):
        logits = [float(weights[j] @ features + biases[j]) for j in range(5)]
        total = sum(math.exp(logit) for logit in logits)
        assert scores.tolist() == pytest.approx([math.exp(logit) / total for logit in logits], abs=1e-12)
    assert (output.features >= 0).all()


def test_a_stage_keeps_the_largest_of_each_square() -> None:
    stage = Stage(1, 1, 3, None)
    centre = torch.zeros(1, 1, 3, 3)
    centre[..., 1, 1] = 1  # the convolution gives the picture back
    stage.convolution.load_state_dict({"weight": centre, "bias": torch.zeros(1)})
    maps = torch.tensor([[[[1.0, 2, -3, -1, 9], [0, 5, -2, -7, 9], [4, 4, 1, 0, 9], [4, 4, 0, 2, 9], [9, 9, 9, 9, 9]]]])
    assert stage(maps).tolist() == [[[[5, 0], [4, 2]]]]  # no ink less than none; the odd row and column fall away


def test_what_moves_within_the_squares_is_not_seen() -> None:
    model = made(replace(PLAIN, image_size=12, kernel_size=1))
    images = torch.zeros(2, 1, 12, 12)
    images[0, 0, 4, 8] = images[1, 0, 7, 11] = 1  # two corners of a square of 4 x 4
    assert torch.allclose(*model(images).logits)


def gate(first: list[list[float]], second: list[list[float]]) -> ChannelGate:
    made = ChannelGate(len(second), len(second) // len(first))
    made.load_state_dict({"first.weight": torch.tensor(first), "second.weight": torch.tensor(second)})
    return made


def test_a_gate_by_hand() -> None:
    maps = torch.stack([torch.tensor([[1.0, 3], [2, 2]]), torch.tensor([[0.0, 0], [4, 0]])])[None]  # means 2 and 1
    gated = gate([[3.0, -5.0]], [[2.0], [-1.0]])(maps)  # W1 u = 1, W2 relu(1) = 2 and -1
    for channel, logit in enumerate((2.0, -1.0)):
        expected = maps[0, channel] / (1 + math.exp(-logit))
        assert torch.allclose(gated[0, channel], expected)


def test_a_gate_that_sees_less_than_nothing_lets_half_through() -> None:
    maps = random_pictures(6).reshape(2, 3, 13, 13)
    assert torch.equal(gate([[-1.0, -1, -1]], [[5.0], [7.0], [-9.0]])(maps), maps / 2)  # relu is 0
    assert torch.equal(gate([[0.0, 0, 0]], [[0.0], [0.0], [0.0]])(maps), maps / 2)


def test_a_gate_knows_no_order_of_channels() -> None:
    torch.manual_seed(5)
    one, maps, order = ChannelGate(7, 3), torch.rand(2, 7, 5, 3), torch.randperm(7)
    weights = one.state_dict()
    other = gate(weights["first.weight"][:, order].tolist(), weights["second.weight"][order].tolist())
    assert torch.allclose(other(maps[:, order]), one(maps)[:, order])


def test_gates_of_one_leave_the_plain_network() -> None:
    plain, gated = made(PLAIN), made(GATED)
    gated.load_state_dict(plain.state_dict(), strict=False)
    with torch.no_grad():
        for name, weights in gated.named_parameters():
            if "gate" in name:
                weights.fill_(100)
    images = random_pictures(3)
    assert torch.allclose(gated(images).logits, plain(images).logits, atol=1e-6)


def test_features_that_are_left_out_are_made_up_for() -> None:
    model = made(PLAIN)
    images, kept = random_pictures(2), torch.arange(38).reshape(2, 19) % 3 > 0
    output = model(images, kept=kept)
    answer = model.get_submodule("answer")
    assert torch.allclose(output.logits, answer(output.features * kept * 2))  # dropout is a half
    assert torch.equal(output.features, model(images).features)
    with pytest.raises(ValueError, match=r"kept must be \[2, 19\] bool; got torch.bool \(19,\)"):
        model(images, kept=kept[0])


@pytest.mark.parametrize(
    ("images", "words"),
    [
        (torch.zeros(2, 1, 28, 28), r"images must be \[B, 1, 13, 13\]"),
        (torch.zeros(2, 1, 13, 13).double(), "images must be torch.float32"),
        (torch.full((2, 1, 13, 13), 255.0), "divide by 255"),
    ],
)
def test_pictures_that_are_none(images: torch.Tensor, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        made(PLAIN)(images)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"image_size": 3}, "Pooling 2 times leaves no pixels of a picture of 3: choose image_size of at least 4"),
        ({"image_size": 0}, "image_size must be .* at least 1; got 0"),
        ({"kernel_size": 4}, "kernel_size must be odd.*got 4"),
        ({"channels": ()}, "channels must name at least one layer"),
        ({"channels": (7, 0)}, "channels must be .* at least 1; got 0"),
        ({"hidden": ()}, "hidden must name at least one layer"),
        ({"hidden": (2.5,)}, "hidden must be a whole number"),
        ({"dropout": 1.0}, "dropout must be a share below 1; got 1.0"),
        ({"dropout": -0.1}, "dropout must be a share below 1"),
        ({"dropout": math.nan}, "dropout must be a share below 1"),
        ({"classes": ("one", "one")}, "at least two different names"),
    ],
)
@BOTH
def test_nonsense_is_rejected_with_the_way_out(config: CnnConfig, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(config, **changes)


@pytest.mark.parametrize(
    ("reduction", "words"), [(0, "reduction must be .* got 0"), (8, "reduction must be at most 7")]
)
def test_a_gate_needs_something_to_compute_with(reduction: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(GATED, reduction=reduction)


@BOTH
def test_dictionary_and_back(config: CnnConfig) -> None:
    values = config.to_dict()
    assert values["channels"] == [7, 11]
    assert type(config).from_dict(values) == config
    with pytest.raises(ValueError, match=r"missing or unknown: \['colour'\]"):
        type(config).from_dict(values | {"colour": 3})


@BOTH
def test_kept_and_read_again(config: CnnConfig, tmp_path: Path) -> None:
    model, kind = made(config), architecture_of(config).name
    changes: dict[str, Any] = {"config": config, "architecture": kind, "pose_mean": (), "pose_std": ()}
    card = replace(make_card(CONFIG), **changes)
    checkpoint.write(tmp_path / "x.safetensors", model, card)
    found = checkpoint.read(tmp_path / "x.safetensors")
    assert type(found.model) is ARCHITECTURES[kind].network
    assert found.card.to_json() == card.to_json()
    images = random_pictures(5)
    assert torch.allclose(found.model(images).scores, model(images).scores, atol=2e-3)  # float16 in the file
    said = card_text(found)
    assert f"architecture     {kind}\n" in said
    assert f"{parameters(model):,} parameters: convolutions of 7, 11 maps" in said
    assert "no score above 0.65, or a lead below 0.2\n" in said


def test_cross_entropy_by_hand() -> None:
    shares = torch.tensor([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8], [0.5, 0.25, 0.25]])
    losses = cross_entropy(shares.log() + 7, torch.tensor([0, 1, NOTHING]))
    assert losses.tolist() == pytest.approx([math.log(2), math.log(10), (math.log(2) + 2 * math.log(4)) / 3])


def test_what_is_nothing_costs_least_where_all_classes_are_equal() -> None:
    logits = torch.zeros(1, 7, requires_grad=True)
    loss = cross_entropy(logits, torch.tensor([NOTHING])).sum()
    (gradient,) = torch.autograd.grad(loss, logits)
    assert float(loss.detach()) == pytest.approx(math.log(7))
    assert gradient.abs().max() < 1e-7


def batch(images: torch.Tensor, labels: torch.Tensor, step: int, share: slice = slice(None)) -> Batch:
    return Batch(images[share], labels[share], Recipe(), 0, step, 0.0, len(images), share)


def test_processes_share_a_batchs_dropout() -> None:
    kind, images, labels = ARCHITECTURES["cnn"], random_pictures(6), torch.arange(6) % 5
    whole = kind.options(PLAIN, batch(images, labels, 3))["kept"]
    halves = [kind.options(PLAIN, batch(images, labels, 3, slice(n, None, 2)))["kept"] for n in (0, 1)]
    assert (whole.shape, whole.dtype) == ((6, 19), torch.bool)
    assert torch.equal(torch.stack(halves, dim=1).flatten(0, 1), whole)
    assert kind.options(replace(PLAIN, dropout=0.0), batch(images, labels, 3))["kept"] is None


@BOTH
def test_a_few_steps_lower_the_loss(config: CnnConfig) -> None:
    config = replace(config, dropout=0.1)
    model, kind = made(config), architecture_of(config)
    images, labels = random_pictures(11), torch.arange(11) % 6 - 1  # NOTHING is among them
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    losses = []
    for step in range(60):
        one = batch(images, labels, step)
        loss = kind.loss(model(one.images, **kind.options(config, one)), one)
        losses.append(float(loss.detach()))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert losses[0] == pytest.approx(math.log(5), abs=0.3)
    assert sum(losses[-5:]) / 5 < 0.8 * losses[0]


@pytest.mark.slow
@BOTH
def test_stopped_and_resumed_it_ends_with_the_same_weights(
    config: CnnConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, steps = architecture_of(config), iter(range(1, 100))
    data, test = barred_pictures(139), barred_pictures(50, seed=4)

    def interrupted(output: Any, one: Batch) -> torch.Tensor:
        if next(steps) == STEPS + 2:
            os.kill(os.getpid(), signal.SIGINT)
        return kind.loss(output, one)

    one, other = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    card = train(RECIPE, data, test, one, config=config, cpu=True)
    assert card is not None
    assert (card.architecture, card.config.to_dict(), card.agreement) == (kind.name, config.to_dict(), None)
    monkeypatch.setitem(ARCHITECTURES, kind.name, replace(kind, loss=interrupted))
    with pytest.raises(TrainingStopped):
        train(RECIPE, data, test, other, config=config, cpu=True)
    train(RECIPE, data, test, other, config=config, cpu=True, resume=True)
    assert_same_training(one, other)
