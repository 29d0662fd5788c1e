from __future__ import annotations

from pathlib import Path

import pytest

from capsnet import checkpoint
from capsnet.checkpoint import CheckpointError
from explorer import weights


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(checkpoint, "SHIPPED", tmp_path)
    return tmp_path


def test_the_network_that_knows_drawn_digits_comes_first(shipped: Path) -> None:
    for name in ("clothes", "mnist", "drawn", "mnist.state"):
        (shipped / f"{name}.safetensors").touch()
    assert [file.stem for file in weights.available([])] == ["drawn", "mnist", "clothes"]


def test_a_network_named_on_the_command_line_comes_before_all(shipped: Path) -> None:
    (shipped / "mnist.safetensors").touch()
    assert [file.name for file in weights.available(["--checkpoint", "own.st"])] == ["own.st", "mnist.safetensors"]


@pytest.mark.usefixtures("shipped")
def test_no_network_at_all_says_the_way_out() -> None:
    with pytest.raises(CheckpointError, match="git checkout"):
        weights.available([])


def test_a_shipped_network_named_on_the_command_line_is_there_once(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("drawn", "mnist"):
        (shipped / f"{name}.safetensors").touch()
    monkeypatch.chdir(shipped)
    found = weights.available(["--checkpoint", "mnist.safetensors"])
    assert [file.name for file in found] == ["mnist.safetensors", "drawn.safetensors"]


def test_networks_of_one_name_are_told_apart() -> None:
    files = [
        Path("own/mnist.safetensors"),
        Path("checkpoints/drawn.safetensors"),
        Path("checkpoints/mnist.safetensors"),
    ]
    labels = [weights.label(file, files) for file in files]
    assert labels[1] == "drawn"
    assert len(set(labels)) == 3
