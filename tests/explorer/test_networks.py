from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import torch

from capsnet import checkpoint
from capsnet.checkpoint import CheckpointError
from explorer import networks
from explorer.command_line import CommandLineError, command_line
from explorer.reading import CapsuleReading
from tests.capsnet.samples import CONFIG, make_card, small_model


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(checkpoint, "SHIPPED", tmp_path)
    return tmp_path


def test_the_network_that_knows_drawn_digits_comes_first(shipped: Path) -> None:
    for name in ("clothes", "mnist", "drawn", "mnist.state"):
        (shipped / f"{name}.safetensors").touch()
    assert list(networks.available([])) == ["drawn", "mnist", "clothes"]


def test_a_network_named_on_the_command_line_comes_before_all(shipped: Path) -> None:
    (shipped / "mnist.safetensors").touch()
    found = networks.available(["--checkpoint", "own.st"])
    assert [file.name for file in found.values()] == ["own.st", "mnist.safetensors"]


@pytest.mark.parametrize(
    "given",
    [["--checkpoint"], ["--help"], ["--chekpoint", "a b.st"], ["own.st"], ["--checkpoint="], ["--runs"], ["--runs="]],
)
def test_a_command_line_that_says_something_else_is_refused(shipped: Path, given: list[str]) -> None:
    (shipped / "mnist.safetensors").touch()
    with pytest.raises(CommandLineError, match="expected nothing else; got ") as refused:
        networks.available(given)
    assert refused.value.values["given"].replace("'", "") == " ".join(given)


def test_weights_and_a_folder_of_runs_may_be_named(tmp_path: Path) -> None:
    assert command_line([]).runs is None
    named = command_line(["--runs", str(tmp_path), "--checkpoint=own.st"])
    assert (named.runs, named.checkpoint) == (tmp_path, Path("own.st"))


def test_a_file_in_the_home_folder_may_be_named_in_short(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(shipped))
    monkeypatch.setenv("USERPROFILE", str(shipped))
    assert networks.available(["--checkpoint", "~/own.st"]) == {"own": shipped / "own.st"}
    assert networks.available(["--checkpoint", "~nobody-of-this-name/own.st"])["own"].name == "own.st"


@pytest.mark.usefixtures("shipped")
def test_no_network_at_all_says_the_way_out() -> None:
    with pytest.raises(CheckpointError, match="git checkout"):
        networks.available([])


def test_a_shipped_network_named_on_the_command_line_is_there_once(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("drawn", "mnist"):
        (shipped / f"{name}.safetensors").touch()
    monkeypatch.chdir(shipped)
    assert list(networks.available(["--checkpoint", "mnist.safetensors"])) == ["mnist", "drawn"]


def test_networks_of_one_name_are_told_apart(shipped: Path) -> None:
    for name in ("drawn", "mnist"):
        (shipped / f"{name}.safetensors").touch()
    names = list(networks.available(["--checkpoint", "own/mnist.safetensors"]))
    assert names == ["own/mnist.safetensors", "drawn", str(shipped / "mnist.safetensors")]


def test_an_unknown_name_is_the_network_to_begin_with(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["app.py"])
    checkpoint.write(shipped / "small.safetensors", small_model(), make_card(CONFIG))
    network = networks.load("no such network")
    assert network.name == "small"
    assert network.classes == CONFIG.classes
    assert networks.load("small").checkpoint is network.checkpoint  # read once


def test_a_file_that_changes_is_read_again_whatever_the_clock_says(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["app.py"])
    file = shipped / "small.safetensors"
    checkpoint.write(file, small_model(), make_card(CONFIG))
    first, then = networks.load("small"), file.stat().st_mtime_ns
    other = checkpoint.write(file, small_model(seed=7), make_card(CONFIG))
    os.utime(file, ns=(then, then))
    assert networks.load("small").digest == other != first.digest
    content = file.read_bytes()
    with file.open("r+b") as handle:
        handle.truncate(len(content) // 2)
    with pytest.raises(CheckpointError, match="truncated"):
        networks.load("small")
    assert networks.evaluation(first) is None
    file.write_bytes(content)
    assert networks.load("small").digest == other


def test_a_file_that_goes_at_the_last_moment_is_missing(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["app.py"])
    file = shipped / "small.safetensors"
    checkpoint.write(file, small_model(), make_card(CONFIG))
    known = checkpoint.shipped()
    monkeypatch.setattr(checkpoint, "shipped", lambda: list(known))
    file.unlink()
    with pytest.raises(CheckpointError, match="There is no checkpoint"):
        networks.load("small")


def test_a_reading_is_made_once_on_one_thread(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["app.py"])
    checkpoint.write(shipped / "small.safetensors", small_model(), make_card(CONFIG))
    network, image = networks.load(""), np.ones((CONFIG.image_size,) * 2, np.float32)
    before = torch.get_num_threads()
    reading = network.reading(image)
    assert isinstance(reading, CapsuleReading)
    assert network.reading(image.copy()) is reading
    assert network.reading(image, 5) is not reading
    assert torch.get_num_threads() == before
    np.testing.assert_array_equal(reading.scores, reading.lengths[-1])
