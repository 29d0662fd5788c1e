"""Every way a checkpoint can be broken ends in one sentence that names the file and the way out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from safetensors.torch import save_file
from torch import Tensor

import capsnet
from capsnet import checkpoint
from capsnet.checkpoint import CheckpointError, at_rest
from capsnet.stored import write_atomically
from tests.capsnet.samples import CONFIG, make_card, small_model


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The content of a sound checkpoint."""
    path = tmp_path_factory.mktemp("good") / "small.safetensors"
    checkpoint.write(path, small_model(), make_card(CONFIG))
    return path.read_bytes()


def refused(file: Path, kind: str, words: str) -> str:
    """The message with which a file is refused, after what holds for all of them."""
    with pytest.raises(CheckpointError, match=words) as caught:
        capsnet.load(file)
    assert (caught.value.kind, caught.value.file, caught.value.values) == (kind, file, {"file": file})
    message = str(caught.value)
    assert str(file) in message
    assert "python -m capsnet train" in message  # a way out
    assert "\n" not in message
    return message


def test_a_missing_file(tmp_path: Path) -> None:
    refused(tmp_path / "none.safetensors", "missing", "There is no checkpoint")
    refused(tmp_path, "missing", "There is no checkpoint")


def test_a_name_that_is_no_files(tmp_path: Path) -> None:
    loop = tmp_path / "loop.safetensors"
    loop.symlink_to(loop)
    refused(loop, "missing", "There is no checkpoint")
    refused(tmp_path / f"{'a' * 300}.safetensors", "missing", "There is no checkpoint")


def test_a_missing_shipped_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "SHIPPED", tmp_path.resolve())
    monkeypatch.setattr(checkpoint, "DEFAULT", tmp_path / "mnist.safetensors")
    with pytest.raises(CheckpointError, match=r"no checkpoint .*mnist\.safetensors: .*git checkout checkpoints/mnist"):
        capsnet.load()


@pytest.mark.parametrize("share", [0, 1e-5, 1e-4, 0.01, 0.2, 0.5, 0.99, 1])
def test_a_truncated_file(tmp_path: Path, good: bytes, share: float) -> None:
    file = tmp_path / "short.safetensors"
    file.write_bytes(good[: min(int(share * len(good)), len(good) - 1)])
    refused(file, "damaged", "truncated or no safetensors file")


@pytest.mark.parametrize("content", [b"PK\x03\x04 no tensors", b"\x80\x04\x95 no tensors", bytes(1000)])
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "foreign.safetensors"
    file.write_bytes(content)
    refused(file, "damaged", "truncated or no safetensors file")


@pytest.mark.parametrize("metadata", [None, {"format": "pt"}, {"format": "capsnet-0"}])
def test_somebody_elses_tensors(tmp_path: Path, metadata: dict[str, str] | None) -> None:
    file = tmp_path / "foreign.safetensors"
    save_file({"weight": torch.zeros(3)}, file, metadata)
    refused(file, "foreign", "holds no capsule network of this project")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 1])
def test_one_byte_of_the_weights_is_different(tmp_path: Path, good: bytes, share: float) -> None:
    content = bytearray(good)
    content[round(share * len(good)) - 1] ^= 1
    file = tmp_path / "flipped.safetensors"
    file.write_bytes(content)
    refused(file, "damaged", "altered or damaged")


def test_an_edited_card(tmp_path: Path, good: bytes) -> None:
    file = tmp_path / "better.safetensors"
    edited = good.replace(b'\\"test_accuracy\\": 0.125', b'\\"test_accuracy\\": 0.997')
    assert edited != good
    file.write_bytes(edited)
    refused(file, "damaged", "altered or damaged")


@given(st.data())
def test_whatever_byte_is_different_it_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, good: bytes, data: st.DataObject
) -> None:
    header = len(good) - 2 * sum(weight.numel() for weight in small_model().parameters())
    place = data.draw(st.integers(0, header + 100))
    content = bytearray(good)
    content[place] ^= data.draw(st.integers(1, 255))
    assume(not (good[place] == ord(" ") and content[place] in b"\t\n\r"))  # one space for another, at the header's end
    file = tmp_path_factory.mktemp("flipped") / "flipped.safetensors"
    file.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"flipped\.safetensors"):
        capsnet.load(file)


Tensors = dict[str, Tensor]


def forge(file: Path, tensors: Tensors, card: str) -> None:
    """Writes what nobody should, with a digest that fits."""
    digest = checkpoint._digest(card, tensors)
    write_atomically(file, tensors, {"format": checkpoint.FORMAT, "card": card, "digest": digest})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda w: w | {"digit_capsules.transforms": torch.zeros(75, 5, 7, 11).half()}, id="axes swapped"),
        pytest.param(lambda w: w | {"decoder.0.bias": torch.zeros(20).half()}, id="too long"),
        pytest.param(lambda w: w | {"decoder.6.weight": torch.zeros(2).half()}, id="one too many"),
        pytest.param(lambda w: {name: v for name, v in w.items() if name != "convolution.bias"}, id="one missing"),
        pytest.param(lambda _: {}, id="none at all"),
    ],
)
def test_tensors_that_do_not_fit_the_config(tmp_path: Path, change: Callable[[Tensors], Tensors]) -> None:
    file = tmp_path / "misfit.safetensors"
    forge(file, change(at_rest(small_model())), make_card(CONFIG).to_json())
    refused(file, "unfit", "does not fit together")


def test_a_config_that_does_not_fit_the_tensors(tmp_path: Path) -> None:
    file = tmp_path / "misfit.safetensors"
    forge(file, at_rest(small_model()), make_card(replace(CONFIG, primary_channels=2)).to_json())
    refused(file, "unfit", "does not fit together .*size mismatch for primary_capsules")


VALUES = json.loads(make_card(CONFIG).to_json())


@pytest.mark.parametrize(
    "card",
    [
        "",
        "no JSON",
        "[]",
        json.dumps({name: value for name, value in VALUES.items() if name != "config"}),
        json.dumps({name: value for name, value in VALUES.items() if name != "history"}),
        json.dumps(VALUES | {"colour": "blue"}),
        json.dumps(VALUES | {"config": None}),
        json.dumps(VALUES | {"config": VALUES["config"] | {"iterations": 0}}),
        json.dumps(VALUES | {"config": VALUES["config"] | {"classes": 5}}),
        json.dumps(VALUES | {"pose_mean": None}),
        "null",
        '"text"',
    ],
)
def test_a_card_that_is_none(tmp_path: Path, card: str) -> None:
    file = tmp_path / "misfit.safetensors"
    forge(file, at_rest(small_model()), card)
    refused(file, "unfit", "does not fit together")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"test_accuracy": None}, "test_accuracy must lie in 0 to 1; got None"),
        ({"test_accuracy": "high"}, "test_accuracy must lie in 0 to 1; got high"),
        ({"history": [{"epoch": 1}]}, "the history must have the numbers epoch, loss, learning_rate"),
        ({"recipe": ["epochs"]}, "recipe and versions must have names"),
        ({"pose_mean": []}, r"pose_mean and pose_std must be \[5, 11\], a row a class"),
    ],
)
def test_a_card_without_what_is_shown_of_it(tmp_path: Path, change: dict[str, object], words: str) -> None:
    text = json.dumps({**json.loads(make_card(CONFIG).to_json()), **change})
    file = tmp_path / "odd.safetensors"
    forge(file, at_rest(small_model()), text)
    refused(file, "unfit", words)
