"""A folder of one's own pictures, one folder a class."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from capsnet.data import DataError, load_dataset
from capsnet.ink import decode_picture, normalise


def write_picture(file: Path, seed: int = 0, size: int = 28) -> None:
    """A bright ring of noise on black."""
    pixels = np.zeros((size, size), np.uint8)
    pixels[5:-5, 5:-5] = np.random.default_rng(seed).integers(50, 256, (size - 10, size - 10))
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(file)


def test_every_sixth_picture_of_a_class_is_for_testing(tmp_path: Path) -> None:
    for number in range(13):
        write_picture(tmp_path / "cats" / f"{number:02}.png", seed=number)
    for number in range(7):
        write_picture(tmp_path / "dogs" / f"{number:02}.png", seed=100 + number)
    train, test = load_dataset(str(tmp_path), "train"), load_dataset(str(tmp_path), "test")
    assert train.classes == test.classes == ("cats", "dogs")
    assert test.labels.tolist() == [0, 0, 1]
    assert train.labels.tolist() == [0] * 11 + [1] * 6
    files = [tmp_path / "cats" / "05.png", tmp_path / "cats" / "11.png", tmp_path / "dogs" / "05.png"]
    assert torch.equal(test.images, torch.stack([torch.tensor(np.asarray(Image.open(file))) for file in files]))
    both = {image.numpy().tobytes() for image in torch.cat([train.images, test.images])}
    assert len(both) == 20  # no picture is in both parts


def test_train_and_test_folders_are_taken_as_they_are(tmp_path: Path) -> None:
    for number, place in enumerate(("train/a", "train/b", "train/b", "test/b")):
        write_picture(tmp_path / place / f"{number}.png", seed=number)
    train, test = load_dataset(str(tmp_path), "train"), load_dataset(str(tmp_path), "test")
    assert (train.labels.tolist(), test.labels.tolist()) == ([0, 1, 1], [1])
    assert train.classes == test.classes == ("a", "b")
    assert train.name == tmp_path.name


def test_pictures_of_another_size_are_normalised(tmp_path: Path) -> None:
    write_picture(tmp_path / "a" / "large.png", size=90)
    write_picture(tmp_path / "b" / "plain.png")
    Image.new("L", (50, 40)).save(tmp_path / "b" / "unpainted.png")
    data = load_dataset(str(tmp_path), "train")
    expected = normalise(decode_picture((tmp_path / "a" / "large.png").read_bytes()))
    assert expected is not None
    assert torch.equal(data.images[0], torch.tensor((expected * 255).round().astype(np.uint8)))
    assert torch.count_nonzero(data.images[2]) == 0


def test_other_files_and_hidden_folders_are_no_pictures(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_picture(tmp_path / name / "1.PNG")
        (tmp_path / name / "notes.txt").write_text("nothing to see")
    (tmp_path / "read me.txt").write_text("nothing to see")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    data = load_dataset(str(tmp_path), "train")
    assert (data.classes, len(data)) == (("a", "b"), 2)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_a_broken_picture_is_named(tmp_path: Path, content: bytes) -> None:
    write_picture(tmp_path / "a" / "1.png")
    write_picture(tmp_path / "b" / "1.png")
    (tmp_path / "b" / "2.png").write_bytes(content)
    with pytest.raises(DataError, match=r"b.2\.png can't be read as a picture .*: mend or remove it"):
        load_dataset(str(tmp_path), "train")


def test_a_truncated_picture_is_named(tmp_path: Path) -> None:
    write_picture(tmp_path / "a" / "1.png")
    write_picture(tmp_path / "b" / "1.png", size=60)
    file = tmp_path / "b" / "1.png"
    file.write_bytes(file.read_bytes()[:-300])
    with pytest.raises(DataError, match=r"1\.png can't be read as a picture"):
        load_dataset(str(tmp_path), "train")


def test_a_picture_too_large_to_be_true_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_picture(tmp_path / "a" / "1.png")
    write_picture(tmp_path / "b" / "1.png", size=90)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(
        DataError, match=r"b.1\.png can't be read as a picture \(more than 16 million pixels\)"
    ) as refused:
        load_dataset(str(tmp_path), "train")
    assert refused.value.kind == "picture"
    assert refused.value.values["file"] == tmp_path / "b" / "1.png"


def test_a_folder_without_classes_says_what_is_missing(tmp_path: Path) -> None:
    write_picture(tmp_path / "only" / "1.png")
    with pytest.raises(DataError, match=r"must hold one folder of pictures for each class, two at least.*\['only'\]"):
        load_dataset(str(tmp_path), "train")


def test_a_folder_without_pictures_says_what_it_looked_for(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with pytest.raises(DataError, match=r"No pictures \(\.png, .*to train with"):
        load_dataset(str(tmp_path), "train")


def test_too_few_pictures_for_a_test_part_says_how_many_it_takes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_picture(tmp_path / name / "1.png")
    with pytest.raises(DataError, match=r"(?i)sixth|six"):
        load_dataset(str(tmp_path), "test")
