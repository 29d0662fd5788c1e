"""Picture files, and folders of them: one folder a class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from capsnet.data.dataset import DataError, Dataset, Split
from capsnet.ink import MNIST_FRAME, FloatImage, Frame, PictureError, decode_picture, normalise

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
TEST_SHARE = 6
"""Of a folder without train/ and test/, every sixth picture of a class is for testing, as in MNIST's 60 : 10."""

_REASONS = {
    "too_large": "more than {most} million pixels",
    "not_a_picture": "no picture of a known format",
    "damaged": "damaged or cut short",
}


def picture_ink(file: Path, frame: Frame = MNIST_FRAME) -> FloatImage:
    """A picture file as the network gets it: one of the frame's size as it is, any other as ink that is normalised.

    Returns:
        0 (background) to 1 (ink), [size, size]; all 0 where there is no ink.

    Raises:
        DataError: it is missing or no picture.
    """
    try:
        ink = decode_picture(file.read_bytes(), keep=frame.size)
    except (PictureError, OSError) as error:
        reason, way_out = _refusal(error)
        message = f"{file} can't be read as a picture ({reason}): {way_out}."
        raise DataError(message, "picture", file=file, reason=reason) from error
    square = (frame.size, frame.size)
    if ink.shape == square:
        return ink
    normalised = normalise(ink, frame)
    return np.zeros(square, np.float32) if normalised is None else normalised


def _refusal(error: PictureError | OSError) -> tuple[str, str]:
    """Why a picture can't be read, and what to do."""
    match error:
        case PictureError():
            return _REASONS[error.kind].format(**error.values), "mend or remove it"
        case FileNotFoundError():
            return "there is no such file", "look at its name and folder"
        case _:
            return error.strerror or str(error), "name a file that you may read"


def folder_dataset(folder: Path, split: Split, frame: Frame = MNIST_FRAME) -> Dataset:
    """The pictures of a folder that holds one folder a class, at once or under train/ and test/.

    Raises:
        DataError: there are no classes or no pictures, or a picture can't be read.
    """
    parted = (folder / "train").is_dir() and (folder / "test").is_dir()
    root = folder / split if parted else folder
    classes = _class_folders(folder / "train" if parted else folder)
    images: list[Tensor] = []
    labels: list[int] = []
    for label, name in enumerate(classes):
        files = sorted(file for file in (root / name).glob("*") if file.suffix.lower() in PICTURES)
        if not parted:
            files = [file for number, file in enumerate(files, 1) if (number % TEST_SHARE == 0) == (split == "test")]
        images += [_read_picture(file, frame) for file in files]
        labels += [label] * len(files)
    if not images:
        hint = "" if parted else " Without train/ and test/, every sixth picture of a class is for testing."
        message = f"No pictures ({', '.join(PICTURES)}) to {split} with in {root}/<class>/.{hint}"
        raise DataError(message, "empty", folder=root, split=split)
    return Dataset(folder.name, torch.stack(images), torch.tensor(labels), classes)


def _class_folders(root: Path) -> tuple[str, ...]:
    names: Sequence[str] = sorted(
        path.name for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")
    )
    if len(names) < 2:
        message = f"{root} must hold one folder of pictures for each class, two at least; found {list(names)}."
        raise DataError(message, "few_classes", folder=root, found=names)
    return tuple(names)


def _read_picture(file: Path, frame: Frame) -> Tensor:
    ink = picture_ink(file, frame)
    return torch.from_numpy((ink * 255).round().astype(np.uint8))
