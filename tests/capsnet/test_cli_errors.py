"""What a person can mend ends in one sentence on stderr and exit code 1."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from capsnet import checkpoint
from tests.capsnet.commands import capsnet_command
from tests.capsnet.samples import DIGIT_CONFIG, make_card, small_model, stroke, write_idx_files


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.safetensors"
    checkpoint.write(path, small_model(DIGIT_CONFIG), make_card(DIGIT_CONFIG))
    return path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "seven.png"
    Image.fromarray((255 * stroke()).round().astype(np.uint8)).save(path)
    return path


def refused(*arguments: object) -> str:
    """The one sentence with which a command is refused."""
    outcome = capsnet_command(*arguments)
    assert outcome.code == 1
    lines = [line for line in outcome.err.splitlines() if line]
    assert len(lines) == 1, outcome.err
    return lines[0]


@pytest.mark.parametrize("command", ["evaluate", "info"])
def test_a_missing_checkpoint(command: str, tmp_path: Path) -> None:
    missing = tmp_path / "none.safetensors"
    assert f"There is no checkpoint {missing}" in refused(command, "--checkpoint", missing)


def test_a_damaged_checkpoint(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-5] ^= 1
    file.write_bytes(content)
    assert f"{file} was altered or damaged" in refused("info", "--checkpoint", file)


def test_missing_data(file: Path, tmp_path: Path) -> None:
    assert "No MNIST in" in refused("evaluate", "--checkpoint", file, "--data", tmp_path)
    assert "no data set 'emnist'" in refused("evaluate", "--checkpoint", file, "--dataset", "emnist")


def test_a_folder_that_was_trained_on_and_is_not_here(tmp_path: Path) -> None:
    file = tmp_path / "trees.safetensors"
    recipe = {"dataset": "my trees", "epochs": 1, "command": ""}
    checkpoint.write(file, small_model(DIGIT_CONFIG), make_card(DIGIT_CONFIG, recipe=recipe))
    message = refused("evaluate", "--checkpoint", file)
    assert "trained on pictures in a folder 'my trees', which is not here" in message
    assert "--dataset" in message


def test_no_iterations(file: Path, picture: Path, tmp_path: Path) -> None:
    write_idx_files(tmp_path)
    message = refused("evaluate", "--checkpoint", file, "--data", tmp_path, "--iterations", 0)
    assert "iterations must be at least 1" in message
    assert "iterations must be at least 1" in refused("trace", picture, "--checkpoint", file, "--iterations", 0)


def test_more_iterations_than_anybody_waits_for(file: Path, picture: Path) -> None:
    said = refused("trace", picture, "--checkpoint", file, "--iterations", 10**8)
    assert said == "iterations must be at most 1,000; got 100,000,000"


def test_data_of_another_number_of_classes(tmp_path: Path, file: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / "own" / name).mkdir(parents=True)
        for number in range(6):
            Image.new("L", (28, 28)).save(tmp_path / "own" / name / f"{number}.png")
    assert "3 classes" in refused("evaluate", "--checkpoint", file, "--dataset", tmp_path / "own")


def test_pictures_that_are_none(file: Path, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    Image.new("L", (40, 50), 200).save(tmp_path / "unpainted.png")
    buffer = io.BytesIO()
    Image.effect_noise((400, 400), 90).save(buffer, format="PNG")
    second = buffer.getvalue().index(b"IDAT", buffer.getvalue().index(b"IDAT") + 1)
    (tmp_path / "broken.png").write_bytes(buffer.getvalue()[:second] + b"JDAT" + buffer.getvalue()[second + 4 :])
    assert "text.png can't be read" in refused("trace", tmp_path / "text.png", "--checkpoint", file)
    assert "broken.png can't be read" in refused("trace", tmp_path / "broken.png", "--checkpoint", file)
    gone = refused("trace", tmp_path / "missing.png", "--checkpoint", file)
    assert gone.endswith("missing.png can't be read as a picture (there is no such file): look at its name and folder.")
    folder = refused("trace", tmp_path, "--checkpoint", file)
    assert folder.endswith("can't be read as a picture (Is a directory): name a file that you may read.")
    assert "unpainted.png shows no ink" in refused("trace", tmp_path / "unpainted.png", "--checkpoint", file)


def test_mnist_for_a_network_that_reads_another_size(tmp_path: Path) -> None:
    config, file = replace(DIGIT_CONFIG, image_size=31), tmp_path / "large.safetensors"
    checkpoint.write(file, small_model(config), make_card(config))
    write_idx_files(tmp_path)
    words = "The pictures of mnist are 28 x 28, those of the network 31 x 31: choose a folder of pictures"
    assert words in refused("evaluate", "--checkpoint", file, "--data", tmp_path)
    command = ("train", "--out", tmp_path / "x.safetensors", "--data", tmp_path)
    assert words in refused(*command, "--image-size", 31)
    assert words in refused(*command, "--start", file)


def test_a_folder_for_the_arrays_that_is_not_there(file: Path, picture: Path, tmp_path: Path) -> None:
    npz = tmp_path / "none" / "arrays.npz"
    said = refused("trace", picture, "--checkpoint", file, "--npz", npz)
    assert said == f"There is no folder {npz.parent} for arrays.npz: make it, or name another place with --npz."


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--epochs", 0), "epochs must be at least 1; got 0"),
        (("--peak-learning-rate", -1), "peak_learning_rate must be above 0"),
        (("--held-out", 23), "held_out must leave pictures to train on"),
        (("--resume", "--cpu"), "nothing to resume"),
    ],
)
def test_training_that_cannot_be(options: tuple[object, ...], words: str, tmp_path: Path) -> None:
    write_idx_files(tmp_path)
    assert words in refused("train", "--out", tmp_path / "x.safetensors", "--data", tmp_path, *options)
    assert not list(tmp_path.glob("x.*"))


def test_unknown_options_are_explained() -> None:
    outcome = capsnet_command("info", "--colour", "blue")
    assert outcome.code == 2
    assert "No such option" in outcome.err
    assert "--help" in outcome.err


def test_training_without_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "capsnet.training.command", raising=False)
    monkeypatch.setitem(sys.modules, "accelerate", None)  # as if it were not installed
    assert "pip install -e '.[train]'" in refused("train", "--out", tmp_path / "d.safetensors", "--data", tmp_path)
