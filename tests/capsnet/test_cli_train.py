"""The options of train: the recipe, the network and the data that they make, and the command for the card."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from capsnet import checkpoint, training
from capsnet.config import CapsNetConfig
from capsnet.convolutional import CnnConfig, GatedConfig
from capsnet.data import Dataset
from capsnet.network import NetworkConfig
from capsnet.pen import pen_digits
from capsnet.pen.non_digits import pen_non_digits
from capsnet.recipe import Recipe
from tests.capsnet.commands import capsnet_command
from tests.capsnet.samples import (
    DIGIT_CONFIG,
    TRAIN_COUNT,
    make_card,
    small_model,
    write_idx_files,
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of a network that reads ten digits, badly."""
    path = tmp_path_factory.mktemp("weights") / "small.safetensors"
    checkpoint.write(path, small_model(DIGIT_CONFIG, votes=20), make_card(DIGIT_CONFIG))
    return path


def test_the_options_of_train_make_its_recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_idx_files(tmp_path, "KMNIST")
    recipes, commands = [], []

    def note(recipe: Recipe, *_data: object, **more: object) -> None:
        recipes.append(recipe)
        commands.append(str(more["command"]))

    monkeypatch.setattr(training, "train", note)
    options = "--dataset kmnist --epochs 3 --batch-size 8 --peak-learning-rate 0.01 --shift 1 --seed 5 --held-out 4"
    out = ("--out", "k.safetensors")
    assert capsnet_command("train", *out, "--data", tmp_path, *options.split()).code == 0
    expected = Recipe(dataset="kmnist", epochs=3, batch_size=8, peak_learning_rate=0.01, shift=1, seed=5, held_out=4)
    assert recipes == [expected]
    capsnet_command(*shlex.split(commands[0])[3:], "--data", tmp_path)  # the card's command trains alike
    assert recipes == [expected, expected]
    capsnet_command("train", *out, "--data", tmp_path, "--dataset", "kmnist")
    assert recipes[2] == replace(Recipe(), dataset="kmnist")


def test_training_from_other_weights_on_pen_digits(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_idx_files(tmp_path)
    runs: list[tuple[Recipe, Dataset, dict[str, Any]]] = []
    monkeypatch.setattr(training, "train", lambda recipe, data, _test, _out, **more: runs.append((recipe, data, more)))
    changes = "--plain 0.25 --rotation 15 --shear 0.15 --scale 0.1 --elastic 1 --thickness 0.5"
    options = f"--start-share 0.2 --pen 12 --others 7 {changes}"
    command = ("train", "--out", tmp_path / "d.safetensors", "--start", file, *shlex.split(options))
    assert capsnet_command(*command, "--data", tmp_path).code == 0
    recipe, data, more = runs[0]
    digest = checkpoint.read(file).digest
    expected = Recipe(plain=0.25, rotation=15, shear=0.15, scale=0.1, elastic=1, thickness=0.5, pen=12, others=7)
    assert recipe == replace(expected, start="small.safetensors", start_digest=digest, start_share=0.2)
    assert len(data) == TRAIN_COUNT + 12 + 7
    for place, joined in (
        (slice(-19, -7), pen_digits(12, recipe.seed)),
        (slice(-7, None), pen_non_digits(7, recipe.seed)),
    ):
        assert torch.equal(data.images[place], joined.images)
        assert torch.equal(data.labels[place], joined.labels)
    assert torch.equal(more["start"].digit_capsules.transforms, checkpoint.load(file).digit_capsules.transforms)
    capsnet_command(*shlex.split(more["command"])[3:], "--data", tmp_path)  # the card's command trains alike
    assert runs[1][0] == recipe


def noted_runs(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What training is called with from now on, in place of training."""
    runs: list[dict[str, Any]] = []
    monkeypatch.setattr(training, "train", lambda recipe, *_, **more: runs.append({"recipe": recipe, **more}))
    return runs


@pytest.mark.parametrize(
    ("options", "config"),
    [
        ("", CapsNetConfig()),
        (
            "--architecture capsnet --iterations 1 --feature-channels 7 --primary-channels 2 --decoder-hidden 11,13",
            CapsNetConfig(iterations=1, feature_channels=7, primary_channels=2, decoder_hidden=(11, 13)),
        ),
        ("--architecture cnn --kernel-size 3 --hidden 19", CnnConfig(kernel_size=3, hidden=(19,))),
        (
            "--architecture gated --channels 7,11 --reduction 5 --dropout 0.25",
            GatedConfig(channels=(7, 11), reduction=5, dropout=0.25),
        ),
    ],
)
def test_the_network_that_is_asked_for(
    options: str, config: NetworkConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_idx_files(tmp_path)
    runs = noted_runs(monkeypatch)
    command = ("train", "--out", "x.safetensors", "--data", tmp_path)
    assert capsnet_command(*command, *options.split()).code == 0
    assert (
        capsnet_command(*shlex.split(runs[0]["command"])[3:], "--data", tmp_path).code == 0
    )  # the card's trains alike
    assert [run["config"] for run in runs] == [config, config]
    assert runs[0]["recipe"] == runs[1]["recipe"] == Recipe()


def test_a_start_is_trained_further_with_other_iterations(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_idx_files(tmp_path)
    runs = noted_runs(monkeypatch)
    command = ("train", "--out", "x.safetensors", "--data", tmp_path, "--start", file)
    assert capsnet_command(*command, "--iterations", 2).code == 0
    assert runs[0]["config"] == replace(DIGIT_CONFIG, iterations=2)
    outcome = capsnet_command(*command, "--architecture", "cnn")
    assert (outcome.code, "a network of architecture 'capsnet', not 'cnn'" in outcome.err) == (1, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--architecture rnn", "architecture 'rnn', known: capsnet, cnn, gated"),
        ("--architecture cnn --iterations 2 --primary-pose 8", "'cnn' has no --primary-pose, --iterations: leave"),
        ("--channels 3,5", "A network of architecture 'capsnet' has no --channels"),
        ("--architecture cnn --channels 3,many", "--channels takes whole numbers, such as 48,96; got '3,many'"),
        ("--architecture cnn --kernel-size 4", "kernel_size must be odd"),
        ("--architecture gated --agreement 0.1 --unrolled", "'gated' can't follow agreement, unrolled: leave this out"),
        ("--iterations 1 --unrolled --agreement-last 0.1", "agreement needs at least 2 iterations"),
    ],
)
def test_networks_that_cannot_be(options: str, words: str, tmp_path: Path) -> None:
    outcome = capsnet_command("train", "--out", tmp_path / "x.safetensors", *options.split())
    assert (outcome.code, words in outcome.err) == (1, True), outcome.err


def test_pen_digits_join_no_letters(tmp_path: Path) -> None:
    write_idx_files(tmp_path, "KMNIST")
    outcome = capsnet_command("train", "--out", "k.safetensors", "--data", tmp_path, "--dataset", "kmnist", "--pen", 3)
    assert outcome.code == 1
    assert "pen can't join kmnist, it has other classes: o, ki, su" in outcome.err


def test_the_cards_command_can_be_pasted_whatever_the_folder_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_class_folders(tmp_path / "my pictures")
    monkeypatch.chdir(tmp_path)
    commands = []
    monkeypatch.setattr(training, "train", lambda *_, **more: commands.append(more["command"]))
    for folder in ("my pictures", tmp_path / "my pictures"):
        assert capsnet_command("train", "--out", "p.safetensors", "--dataset", folder).code == 0
    for command in commands:
        words = shlex.split(command)
        assert words[words.index("--dataset") + 1] == "my pictures"


def test_a_card_names_no_folder_above_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_class_folders(tmp_path / "somebody" / "trees")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    recipes = []
    monkeypatch.setattr(training, "train", lambda recipe, *_, **more: recipes.append((recipe.dataset, more["command"])))
    for folder in (tmp_path / "somebody" / "trees", "../somebody/trees"):
        assert capsnet_command("train", "--out", "p.safetensors", "--dataset", folder).code == 0
    assert [name for name, _ in recipes] == ["trees", "trees"]
    assert not any("somebody" in command for _, command in recipes)


def write_class_folders(folder: Path) -> None:
    """Blank pictures of two classes."""
    for name in ("a", "b"):
        (folder / name).mkdir(parents=True)
        for number in range(6):
            Image.new("L", (28, 28)).save(folder / name / f"{number}.png")
