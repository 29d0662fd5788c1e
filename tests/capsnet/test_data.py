"""torchvision's sets from files, and one clear sentence where there are none."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from urllib.error import URLError

import pytest
import torch
from torch import Tensor

from capsnet.data import (
    TORCHVISION_SETS,
    DataError,
    Dataset,
    data_folder,
    has_mnist,
    load_dataset,
    to_float,
    torchvision_datasets,
)
from tests.capsnet.samples import TEST_COUNT, TRAIN_COUNT, barred_pictures, environment, write_idx_files


@pytest.fixture(autouse=True)
def nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the data of the person who runs the tests nor the network is touched."""

    def refuse(*_args: object, **_more: object) -> None:
        raise URLError("Temporary failure in name resolution")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.delenv("CAPSNET_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.mark.parametrize(("name", "folder"), TORCHVISION_SETS.items())
def test_each_of_torchvisions_sets_is_read(name: str, folder: str, tmp_path: Path) -> None:
    images, labels = write_idx_files(tmp_path, folder)
    test, train = load_dataset(name, "test", tmp_path), load_dataset(name, "train", tmp_path)
    assert (len(train), len(test)) == (TRAIN_COUNT, TEST_COUNT)
    assert torch.equal(test.images, images)
    assert torch.equal(test.labels, labels)
    assert (test.images.dtype, test.labels.dtype) == (torch.uint8, torch.int64)
    assert len(set(test.classes)) == 10


def test_names_of_classes(tmp_path: Path) -> None:
    for folder in ("MNIST", "FashionMNIST"):
        write_idx_files(tmp_path, folder)
    assert load_dataset("mnist", "test", tmp_path).classes == tuple("0123456789")
    assert load_dataset("fashion-mnist", "test", tmp_path).classes[9] == "Ankle boot"


def test_the_folder_comes_from_option_environment_or_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert data_folder() == tmp_path / "cache" / "capsnet"
    monkeypatch.setenv("CAPSNET_DATA", str(tmp_path / "named"))
    assert data_folder() == tmp_path / "named"
    assert data_folder(tmp_path / "option") == tmp_path / "option"


def test_the_cache_folder_is_where_it_always_was_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    if sys.platform == "linux":
        assert data_folder() == Path.home() / ".cache" / "capsnet"
    else:
        assert data_folder().parts[-1] in ("capsnet", "Cache")


def test_mnist_is_there_when_all_its_files_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not has_mnist(tmp_path)
    write_idx_files(tmp_path)
    assert has_mnist(tmp_path)
    assert not has_mnist()
    monkeypatch.setenv("CAPSNET_DATA", str(tmp_path))
    assert has_mnist()
    for file in sorted((tmp_path / "MNIST" / "raw").iterdir()):
        content = file.read_bytes()
        for broken in (
            None,
            b"",
            content[:-1],
            content + b"0",
            b"<html>504</html>",
            content[:3] + b"\x07" + content[4:],
        ):
            file.unlink() if broken is None else file.write_bytes(broken)
            assert not has_mnist(), (file.name, broken)
        file.write_bytes(content)
        assert has_mnist()


def test_a_folder_named_in_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_idx_files(tmp_path)
    monkeypatch.setenv("CAPSNET_DATA", str(tmp_path))
    assert len(load_dataset("mnist", "test")) == TEST_COUNT


def test_without_a_network_one_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"MNIST could not be downloaded to .*cache.*connect to the internet.*--data"
    ) as refused:
        load_dataset("mnist", "train")
    assert refused.value.kind == "unreachable"
    assert refused.value.values.keys() == {"name", "folder", "reason"}
    assert not list((tmp_path / "cache").rglob("*ubyte*"))


def test_an_empty_variable_is_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPSNET_DATA", "")
    with pytest.raises(DataError, match="could not be downloaded"):
        load_dataset("mnist", "train")


def test_a_named_folder_without_the_data_is_never_downloaded_into(tmp_path: Path) -> None:
    named = tmp_path / "named"
    with pytest.raises(DataError, match=r"No KMNIST in .*named: expected .*KMNIST/raw/train-images-idx3-ubyte.*--data"):
        load_dataset("kmnist", "test", named)
    assert not named.exists()


@pytest.mark.parametrize("content", [b"", b"<html>504 Gateway Time-out</html>", bytes.fromhex("00000803") + bytes(500)])
def test_a_broken_file_is_a_data_error(tmp_path: Path, content: bytes) -> None:
    write_idx_files(tmp_path)
    (tmp_path / "MNIST" / "raw" / "t10k-images-idx3-ubyte").write_bytes(content)
    with pytest.raises(DataError, match=str(tmp_path)):
        load_dataset("mnist", "test", tmp_path)


def test_an_unknown_name_lists_the_choices() -> None:
    with pytest.raises(
        DataError, match="no data set 'minst': choose mnist, fashion-mnist, kmnist or an existing folder"
    ):
        load_dataset("minst", "test")


def example() -> Dataset:
    images = torch.arange(3 * 784).remainder(251).to(torch.uint8).view(3, 28, 28)
    return Dataset("example", images, torch.tensor([2, 0, 1]), ("a", "b", "c"))


def test_md5_names_pixels_and_labels_in_order() -> None:
    data = example()
    content = bytes(number % 251 for number in range(3 * 784)) + bytes([2, 0, 1])
    assert data.md5 == hashlib.md5(content, usedforsecurity=False).hexdigest() == example().md5
    assert data.take(torch.tensor([0, 2, 1])).md5 != data.md5
    assert Dataset("other", data.images, torch.tensor([2, 0, 2]), data.classes).md5 != data.md5


def test_take_keeps_pictures_and_labels_together() -> None:
    taken = example().take(torch.tensor([2, 0]))
    assert taken.labels.tolist() == [1, 2]
    assert torch.equal(taken.images, example().images[[2, 0]])


def test_joined_pictures_come_last() -> None:
    one, other = barred_pictures(5), barred_pictures(7, seed=9)
    both = one.joined(other)
    assert (len(both), both.name, both.classes) == (12, one.name, one.classes)
    assert torch.equal(both.images[5:], other.images)
    assert torch.equal(both.labels, torch.cat([one.labels, other.labels]))


def test_other_classes_are_not_joined() -> None:
    with pytest.raises(ValueError, match=r"bars can't join bars, it has other classes: ash, birch, .* against oak"):
        barred_pictures(5).joined(replace(barred_pictures(5), classes=("oak", "pine")))


def test_to_float() -> None:
    images: Tensor = to_float(torch.tensor([0, 51, 255], dtype=torch.uint8).view(3, 1, 1).expand(3, 28, 28))
    assert (images.shape, images.dtype) == ((3, 1, 28, 28), torch.float32)
    assert images[:, 0, 0, 0].tolist() == pytest.approx([0, 0.2, 1])


WITHOUT_COMPILED_LIBRARY = """
import torch
def fail(path): raise OSError("libcudart.so.13: cannot open shared object file")
torch.ops.load_library = fail
from capsnet.data import torchvision_datasets
print(torchvision_datasets().MNIST.__name__)
"""


@pytest.mark.slow
def test_torchvision_for_another_machine_than_torchs_still_has_data_sets() -> None:
    command = [sys.executable, "-c", WITHOUT_COMPILED_LIBRARY]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert (done.returncode, done.stdout) == (0, "MNIST\n"), done.stderr


def test_any_other_trouble_with_torchvision_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise RuntimeError("something else")

    monkeypatch.setitem(sys.modules, "torchvision", Broken("torchvision"))
    with pytest.raises(RuntimeError, match="something else"):
        torchvision_datasets()
