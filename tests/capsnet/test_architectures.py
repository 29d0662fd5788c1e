"""Networks of more than one kind: a small convolutional one is trained, kept, read and reported by the same code."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from capsnet import CapsNet, CapsNetConfig, checkpoint
from capsnet.architectures import (
    ARCHITECTURES,
    UnknownArchitectureError,
    architecture,
    architecture_of,
)
from capsnet.card import Card
from capsnet.checkpoint import CheckpointError
from capsnet.data import to_float
from capsnet.evaluation import evaluate, misread
from capsnet.recipe import Recipe
from capsnet.reports import card_text, evaluation_json, evaluation_text
from capsnet.training import state_path, train
from tests.capsnet.commands import capsnet_command
from tests.capsnet.convolution import CONVOLUTION, Convolution, ConvolutionConfig
from tests.capsnet.runs import RECIPE
from tests.capsnet.samples import CONFIG, barred_pictures, make_card, small_model


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ARCHITECTURES, CONVOLUTION.name, CONVOLUTION)


def train_cnn(out: Path, recipe: Recipe = RECIPE, **options: Any) -> Card:
    data, test = barred_pictures(139), barred_pictures(50, seed=4)
    card = train(recipe, data, test, out, config=ConvolutionConfig(), cpu=True, **options)
    assert card is not None
    return card


def test_architectures_are_found_by_name_and_config() -> None:
    assert architecture("capsnet") is architecture_of(CapsNetConfig()) is ARCHITECTURES["capsnet"]
    assert architecture("convolution") is architecture_of(ConvolutionConfig())
    with pytest.raises(UnknownArchitectureError, match="architecture 'rnn', known: capsnet, cnn, gated, convolution"):
        architecture("rnn")
    with pytest.raises(UnknownArchitectureError, match="architecture of dict, known: capsnet, cnn, gated, convolution"):
        architecture_of({})  # type: ignore[arg-type]


@pytest.mark.slow
def test_it_is_trained_kept_loaded_and_evaluated(tmp_path: Path) -> None:
    out, test = tmp_path / "cnn.safetensors", barred_pictures(50, seed=4)
    card = train_cnn(out)
    assert (card.architecture, card.pose_mean, card.pose_std, card.agreement) == ("convolution", (), (), None)
    assert card.test_accuracy > 0.9
    found = checkpoint.read(out)
    assert found.card == card
    assert isinstance(found.model, Convolution)
    assert not found.model.training
    assert found.model.config == ConvolutionConfig()
    result = evaluate(found.model, test)
    assert result.accuracy == card.test_accuracy
    assert result.reconstruction_error is None
    with torch.no_grad():
        read = found.model(to_float(test.images)).scores.argmax(dim=1)
    assert misread(found.model, test).tolist() == torch.nonzero(read != test.labels)[:, 0].tolist()
    assert all((hard.margin < 0) == (hard.label != hard.read) for hard in result.hardest)


@pytest.mark.slow
def test_its_training_is_resumed_and_goes_on_from_other_weights(tmp_path: Path) -> None:
    out = tmp_path / "cnn.safetensors"
    train_cnn(out)
    first = checkpoint.read(out)
    assert state_path(out).is_file()
    train_cnn(out, resume=True)
    assert checkpoint.read(out).digest == first.digest
    further = replace(RECIPE, epochs=1, peak_learning_rate=1e-9, start="cnn", start_digest="0")
    train_cnn(tmp_path / "on.safetensors", further, start=first.model)
    for name, weights in checkpoint.load(tmp_path / "on.safetensors").state_dict().items():
        assert weights == pytest.approx(first.model.state_dict()[name], abs=1e-4)
    with pytest.raises(ValueError, match="architecture 'convolution' can't follow fresh_votes"):
        train_cnn(tmp_path / "no.safetensors", replace(further, fresh_votes=True), start=first.model)
    with pytest.raises(ValueError, match="the network to start from must be the one that is trained"):
        train_cnn(tmp_path / "no.safetensors", further, start=small_model())


def cnn_checkpoint(path: Path) -> Path:
    torch.manual_seed(1)
    config = ConvolutionConfig()
    changes: dict[str, Any] = {"config": config, "architecture": "convolution", "pose_mean": (), "pose_std": ()}
    card = replace(make_card(CONFIG), **changes)
    checkpoint.write(path, Convolution(config), card)
    return path


def test_reports_of_it(tmp_path: Path) -> None:
    found = checkpoint.read(cnn_checkpoint(tmp_path / "cnn.safetensors"))
    assert "7 channels" in card_text(found)
    result = evaluate(found.model, barred_pictures(9))
    assert "reconstruction" not in evaluation_text(result, found.card)
    assert json.loads(evaluation_json(result))["reconstruction_error"] is None


def test_what_only_capsule_networks_can_is_refused(tmp_path: Path) -> None:
    file = cnn_checkpoint(tmp_path / "cnn.safetensors")
    with pytest.raises(ValueError, match="only capsule networks have routing iterations to choose"):
        evaluate(checkpoint.load(file), barred_pictures(3), iterations=2)
    outcome = capsnet_command("trace", "x.png", "--checkpoint", file)
    assert (outcome.code, outcome.err.count("no capsule network, so there is no routing to trace")) == (1, 1)


def test_an_architecture_that_is_not_known_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = cnn_checkpoint(tmp_path / "cnn.safetensors")
    monkeypatch.delitem(ARCHITECTURES, "convolution")
    with pytest.raises(
        CheckpointError, match=r"cnn\.safetensors holds a network that is not known .*'convolution'"
    ) as refused:
        checkpoint.read(file)
    assert refused.value.kind == "foreign"


def test_the_card_names_the_models_architecture(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="card's architecture must be the model's; got 'convolution'"):
        checkpoint.write(tmp_path / "x.safetensors", small_model(), make_card(CONFIG, architecture="convolution"))


def test_cards_from_before_there_were_others_are_of_capsule_networks() -> None:
    values = json.loads(make_card(CONFIG).to_json())
    assert values.pop("architecture") == "capsnet"
    assert Card.from_json(json.dumps(values)) == make_card(CONFIG)
    assert isinstance(checkpoint.load(), CapsNet)  # one such is shipped
