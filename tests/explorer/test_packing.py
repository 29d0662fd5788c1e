"""Weights on their way to the browser: nothing is mixed up, and no more is lost than half a step."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.numpy import load
from torch import Tensor

from capsnet.card import DoubtThresholds
from capsnet.checkpoint import Checkpoint
from explorer.components.network.packing import packed_decoder, packed_network, settings, split
from tests.capsnet.samples import CLASSES, CONFIG, make_card, random_pictures, small_model
from tools.experiments.packed_weights import as_packed, errors, refined, unpacked


@pytest.fixture
def network() -> Checkpoint:
    """Weights that float16 holds, as those of a checkpoint do."""
    model = small_model(votes=6)
    with torch.no_grad():
        for weights in model.parameters():
            weights.copy_(weights.half())
    return Checkpoint(model, make_card(model.config, doubt=DoubtThresholds(0.5, 0.25, 0.75)), "0" * 64)


def test_axes_lie_as_the_browser_goes_through_them(network: Checkpoint) -> None:
    packed = packed_network(network)
    tensors = refined(packed)
    assert tensors.keys() == unpacked(packed.network).keys()
    weights = {name: parameter.detach().numpy() for name, parameter in network.model.named_parameters()}
    first, second = weights["convolution.weight"], weights["primary_capsules.convolution.weight"]
    transforms = weights["digit_capsules.transforms"]
    assert tensors.keys() == {
        *("convolution.weights", "convolution.biases", "primary.weights", "primary.biases", "transforms")
    }
    np.testing.assert_array_equal(tensors["convolution.weights"], np.einsum("oiyx->yxo", first))
    np.testing.assert_array_equal(tensors["convolution.biases"], weights["convolution.bias"])
    np.testing.assert_array_equal(tensors["primary.biases"], weights["primary_capsules.convolution.bias"])
    assert tensors["primary.weights"].shape == (17, 3, 3, 21)
    assert tensors["transforms"].shape == (75, 7, 5, 11)
    assert np.abs(tensors["primary.weights"] - np.einsum("oiyx->iyxo", second)).max() < np.abs(second).max() / 500
    assert np.abs(tensors["transforms"] - np.einsum("ijdp->ipjd", transforms)).max() < np.abs(transforms).max() / 500


def test_the_decoder_is_exact(network: Checkpoint) -> None:
    tensors = unpacked(packed_decoder(network))
    assert len(tensors) == 6
    for n, layer in enumerate((0, 2, 4)):
        dense = network.model.decoder[layer]
        assert isinstance(dense, torch.nn.Linear)
        np.testing.assert_array_equal(tensors[f"decoder.{n}.weights"], dense.weight.detach().numpy().T)
        np.testing.assert_array_equal(tensors[f"decoder.{n}.biases"], dense.bias.detach().numpy())


def test_packing_twice_gives_the_same_bytes(network: Checkpoint) -> None:
    once, twice = ([*packed_network(network), packed_decoder(network)] for _ in range(2))
    assert once == twice
    assert [file[4:8] for file in once] == 3 * [bytes(4)]  # gzip's time


def test_whole_numbers_are_within_half_a_step_of_the_weights() -> None:
    weights = (
        torch.randn(3, 5, 7, generator=torch.Generator().manual_seed(1)) * torch.tensor([1e-3, 1, 40])[:, None, None]
    )
    coarse, fine = split("a", weights, 0.01)
    assert {name: (part.dtype, tuple(part.shape)) for name, part in coarse.items()} == {
        "a.low": (torch.int8, (3, 5, 7)),
        "a.high": (torch.int8, (3, 5, 7)),
        "a.scale": (torch.float32, (3,)),
    }
    assert {name: (part.dtype, tuple(part.shape)) for name, part in fine.items()} == {
        "a.fine": (torch.uint8, (53,)),
        "a.scale": (torch.float32, (3,)),
    }
    scale = coarse["a.scale"][:, None, None]
    rough = coarse["a.high"].int() * 256 + coarse["a.low"].int()
    assert ((rough * scale - weights).abs() <= 0.55 * scale).all()
    exact, scale = whole(coarse, fine), fine["a.scale"][:, None, None]
    assert ((exact * scale - weights).abs() <= 0.5001 * scale).all()


def whole(coarse: dict[str, Tensor], fine: dict[str, Tensor]) -> Tensor:
    """The whole numbers that both files hold together, by hand."""
    rough = coarse["a.high"].int() * 256 + coarse["a.low"].int()
    assert torch.equal(coarse["a.scale"], 16 * fine["a.scale"])
    halves = [half for byte in fine["a.fine"].tolist() for half in (byte % 16, byte // 16)]
    assert halves[rough.numel() :] == [0] * (rough.numel() % 2)
    return 16 * rough + torch.tensor(halves[: rough.numel()]).view(rough.shape) - 8


def test_rows_with_a_few_far_larger_weights_get_a_coarser_step_that_holds_them() -> None:
    weights = torch.zeros(2, 100_000)
    weights[0, :3] = torch.tensor([1.0, -1.0, 0.5])
    coarse, fine = split("a", weights, 1e-3)
    values = whole(coarse, fine) * fine["a.scale"][:, None]
    assert values[0, :4].tolist() == pytest.approx([1, -1, 0.5, 0], abs=1e-4)
    assert not values[1].any()  # a row of zeros


def test_settings_are_plain_and_say_all_sizes(network: Checkpoint) -> None:
    said = settings(network)
    assert json.loads(json.dumps(said)) == said
    assert said["thresholds"] == {"length": 0.5, "lead": 0.25, "misfit": 0.75}
    config = said["config"]
    sizes = [config[name] for name in ("feature_size", "grid_size", "primary_capsules", "digit_capsules")]
    assert sizes == [11, 5, 75, 5]
    assert config["classes"] == list(CLASSES)
    assert config.items() >= CONFIG.to_dict().items()


def test_the_file_says_whose_weights_it_holds(network: Checkpoint) -> None:
    other = replace(network, digest="1" * 64)
    for found, expected in zip(packed_network(other), packed_network(network), strict=True):
        assert found != expected
        assert load(gzip.decompress(found)).keys() == load(gzip.decompress(expected)).keys()


def test_readings_differ_the_more_the_coarser_the_steps(network: Checkpoint) -> None:
    pictures = random_pictures(53)
    fine, coarse = (packed_network(network, step, step) for step in (1 / 450, 1 / 20))
    assert len(coarse.network) < len(fine.network)
    assert len(coarse.refinement) == pytest.approx(len(fine.refinement), rel=0.1)
    little, much = (errors(network.model, as_packed(network.model, packed), pictures) for packed in (fine, coarse))
    assert errors(network.model, network.model, pictures) == [0, 0, 0]
    early = errors(network.model, as_packed(network.model, fine, coarse=True), pictures)
    for kind in range(3):
        assert 0 < 5 * little[kind] < min(early[kind], much[kind])
