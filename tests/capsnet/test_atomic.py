"""A checkpoint is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import capsnet
from capsnet import checkpoint
from tests.capsnet.samples import CONFIG, make_card, small_model


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.safetensors"
    checkpoint.write(path, small_model(seed=1), make_card(CONFIG))
    return path


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_half_way_leaves_the_old_file_and_no_litter(
    file: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException
) -> None:
    before = file.read_bytes()

    def write_half(path: Path, data: bytes) -> int:
        with path.open("wb") as handle:
            handle.write(data[: len(data) // 2])
        raise trouble

    monkeypatch.setattr(Path, "write_bytes", write_half)
    with pytest.raises(type(trouble)):
        checkpoint.write(file, small_model(seed=2), make_card(CONFIG))
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_failure_at_the_last_moment_leaves_the_old_file_and_no_litter(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()

    def fail(*_args: object, **_more: object) -> None:
        raise PermissionError("not here")

    for module, name in ((Path, "replace"), (Path, "rename"), (os, "replace"), (os, "rename")):
        monkeypatch.setattr(module, name, fail)
    with pytest.raises(PermissionError):
        checkpoint.write(file, small_model(seed=2), make_card(CONFIG))
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_reader_of_the_old_file_keeps_its_weights(file: Path) -> None:
    reader = checkpoint.read(file)
    before = {name: weight.clone() for name, weight in reader.model.state_dict().items()}
    checkpoint.write(file, small_model(seed=2), make_card(CONFIG))
    assert all(bool((reader.model.state_dict()[name] == weight).all()) for name, weight in before.items())
    assert checkpoint.read(file).digest != reader.digest


def test_nothing_else_is_left_beside_the_file(file: Path) -> None:
    checkpoint.write(file, small_model(seed=2), make_card(CONFIG))
    assert list(file.parent.iterdir()) == [file]
    assert capsnet.load(file).config == CONFIG
    assert file.stat().st_mode & 0o777 == 0o644
