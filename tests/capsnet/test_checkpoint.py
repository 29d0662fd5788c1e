"""What is written is what is read: weights, card and digest, in one file without pickle."""

from __future__ import annotations

import json
import pickle
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

import capsnet
from capsnet import checkpoint
from capsnet.card import Card
from tests.capsnet.samples import CONFIG, DIGIT_CONFIG, make_card, random_pictures, small_model


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small network's checkpoint."""
    path = tmp_path / "small.safetensors"
    checkpoint.write(path, small_model(), make_card(CONFIG))
    return path


def header(file: Path) -> dict[str, Any]:
    """The JSON at the start of a safetensors file."""
    content = file.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    values: dict[str, Any] = json.loads(content[8 : 8 + length])
    return values


def test_weights_are_float16_at_rest(file: Path) -> None:
    tensors = {name: entry for name, entry in header(file).items() if name != "__metadata__"}
    assert set(tensors) == set(small_model().state_dict())
    assert {entry["dtype"] for entry in tensors.values()} == {"F16"}
    count = sum(weight.numel() for weight in small_model().parameters())
    assert file.stat().st_size < 2 * count + 10_000


def test_weights_are_float32_in_memory_and_ready_to_read(file: Path) -> None:
    model = capsnet.load(file)
    assert {weight.dtype for weight in model.parameters()} == {torch.float32}
    assert {weight.device.type for weight in model.parameters()} == {"cpu"}
    assert not model.training
    assert model.config == CONFIG


def test_a_network_reads_as_before_but_for_the_rounding(file: Path) -> None:
    original = small_model()
    original.load_state_dict({name: weight.half().float() for name, weight in original.state_dict().items()})
    loaded, images = capsnet.load(str(file)), random_pictures(4)
    for got, wanted in zip(loaded(images), original(images), strict=True):
        torch.testing.assert_close(got, wanted, rtol=0, atol=1e-6)
    for name, weight in original.state_dict().items():
        assert torch.equal(loaded.state_dict()[name], weight)


def test_a_loaded_network_can_be_trained_further(file: Path) -> None:
    model = capsnet.load(file).train()
    model(random_pictures(2), torch.tensor([0, 1])).lengths.sum().backward()
    assert model.digit_capsules.transforms.grad is not None


def test_card_there_and_back(file: Path) -> None:
    card = make_card(CONFIG)
    assert checkpoint.read(file).card == card
    assert Card.from_json(card.to_json()) == card
    assert len(card.pose_mean) == CONFIG.digit_capsules
    assert len(card.pose_std[0]) == CONFIG.digit_pose


def test_the_digest_names_weights_and_card(file: Path, tmp_path: Path) -> None:
    digest = checkpoint.read(file).digest
    assert len(digest) == 64
    other = tmp_path / "other.safetensors"
    assert checkpoint.write(other, small_model(), make_card(CONFIG)) == digest
    assert checkpoint.write(other, small_model(), make_card(CONFIG, test_accuracy=0.25)) != digest
    changed = small_model()
    with torch.no_grad():
        changed.digit_capsules.transforms[3, 1, 4, 1] += 0.125
    assert checkpoint.write(other, changed, make_card(CONFIG)) != digest
    assert checkpoint.read(other).digest != digest


def test_writing_again_what_was_read_changes_nothing(file: Path, tmp_path: Path) -> None:
    first = checkpoint.read(file)
    again = tmp_path / "again.safetensors"
    assert checkpoint.write(again, first.model, first.card) == first.digest
    assert checkpoint.read(again).card == first.card


def test_the_card_must_be_of_the_network(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="card's config must be the model's"):
        checkpoint.write(tmp_path / "x.safetensors", small_model(), make_card(replace(CONFIG, iterations=3)))
    assert not list(tmp_path.iterdir())


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    path = tmp_path / "runs" / "first" / "small.safetensors"
    checkpoint.write(path, small_model(), make_card(CONFIG))
    assert capsnet.load(path).config == CONFIG


def test_without_a_path_the_shipped_network_is_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert checkpoint.DEFAULT.name == "mnist.safetensors"
    assert checkpoint.DEFAULT.parent == Path(capsnet.__file__).resolve().parents[1] / "checkpoints"
    path = tmp_path / "mnist.safetensors"
    checkpoint.write(path, small_model(DIGIT_CONFIG), make_card(DIGIT_CONFIG))
    monkeypatch.setattr(checkpoint, "DEFAULT", path)
    assert capsnet.load().config == DIGIT_CONFIG


def test_nothing_is_pickled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("pickle was used")

    for module in (pickle, torch):
        for name in ("load", "loads", "dump", "dumps", "save"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, refuse)
    checkpoint.write(tmp_path / "x.safetensors", small_model(), make_card(CONFIG))
    capsnet.load(tmp_path / "x.safetensors")
