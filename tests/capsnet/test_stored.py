"""Files are replaced whole, read in one go, and say which one could not be written."""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path

import pytest
import torch
from safetensors import SafetensorError
from safetensors.torch import save

from capsnet.stored import clear_halves, read_tensors, replacing, write_atomically

TENSORS = {"b": torch.arange(5, dtype=torch.float32), "a": torch.zeros(2, 3, dtype=torch.float16)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.safetensors"
    write_atomically(path, TENSORS, {"card": "of x"})
    return path


def test_what_was_written_is_read(file: Path) -> None:
    tensors, metadata = read_tensors(file)
    assert list(tensors) == ["a", "b"]
    assert all(torch.equal(tensors[name], tensor) for name, tensor in TENSORS.items())
    assert metadata == {"card": "of x"}
    file.write_bytes(save(TENSORS))
    assert read_tensors(file)[1] == {}


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc")
def test_a_file_that_is_cut_short_later_takes_nobody_down(file: Path) -> None:
    """Whoever touches what was mapped of it would be killed with SIGBUS."""
    tensors, _ = read_tensors(file)
    assert str(file) not in Path("/proc/self/maps").read_text()
    file.write_bytes(b"")
    assert torch.equal(tensors["b"], TENSORS["b"])


def test_numbers_of_a_type_that_is_not_known(file: Path) -> None:
    header = json.dumps({"x": {"dtype": "F4", "shape": [2], "data_offsets": [0, 1]}}).encode()
    file.write_bytes(len(header).to_bytes(8, "little") + header + b"\0")
    with pytest.raises(SafetensorError):
        read_tensors(file)


def test_a_full_disk_says_which_file(file: Path) -> None:
    before = file.read_bytes()

    def write_half() -> None:
        with replacing(file) as temporary:
            temporary.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left") as full:
        write_half()
    assert full.value.filename == str(file)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_halves_of_this_file_alone_are_cleared(file: Path) -> None:
    mine, others = file.with_name(".x.safetensors.k3"), [file.with_name(name) for name in (".xy.safetensors.k3", ".x")]
    for half in (mine, *others):
        half.write_bytes(b"half")
    clear_halves(file)
    assert sorted(file.parent.iterdir()) == sorted([file, *others])
