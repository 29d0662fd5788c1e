"""Labelled pictures for training and testing: MNIST and its kin by torchvision, or a folder of one's own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Literal

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from capsnet.errors import CapsNetError
from capsnet.ink import MAX_PIXELS, SIZE, FloatImage, PictureError, decode_picture, normalise

Split = Literal["train", "test"]

TORCHVISION_SETS = {"mnist": "MNIST", "fashion-mnist": "FashionMNIST", "kmnist": "KMNIST"}
"""What `--dataset` calls torchvision's sets of 28 x 28 grey pictures, and what torchvision calls them."""
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
NOTHING = -1
"""Label of a picture in which none of the classes is."""
TEST_SHARE = 6
"""Of a folder without train/ and test/, every sixth picture of a class is for testing, as in MNIST's 60 : 10."""

_REASONS = {
    "too_large": f"more than {MAX_PIXELS // 1_000_000} million pixels",
    "not_a_picture": "no picture of a known format",
    "damaged": "damaged or cut short",
}


class DataError(CapsNetError):
    """Data is missing or not what it should be; the message says which and the way out.

    `kind` (and `values`): "unknown" (name), "missing" (name, folder), "unreachable" (name, folder, reason), "elsewhere"
    (name), "few_classes" (folder, found), "empty" (folder, split), "picture" (file, reason), "no_ink" (file).
    """


@dataclass(frozen=True)
class Dataset:
    """Pictures, read once into one tensor, with their classes."""

    name: str
    images: Tensor
    """Grey ink, uint8, 0 (background) to 255, [N, 28, 28]."""
    labels: Tensor
    """Index into `classes`, or `NOTHING`, int64, [N]."""
    classes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def md5(self) -> str:
        """Names the data: md5 over the pixels and then the labels (one byte each; `NOTHING` is 255), in order."""
        pixels, labels = self.images.numpy().tobytes(), self.labels.to(torch.uint8).numpy().tobytes()
        return hashlib.md5(pixels + labels, usedforsecurity=False).hexdigest()

    def take(self, indices: Tensor) -> Dataset:
        """The pictures at these indices, in this order."""
        return replace(self, images=self.images[indices], labels=self.labels[indices])

    def joined(self, other: Dataset) -> Dataset:
        """All pictures of both, the other's last, under this one's name.

        Raises:
            ValueError: the other's classes are not this one's.
        """
        if other.classes != self.classes:
            names = f"{', '.join(self.classes)} against {', '.join(other.classes)}"
            raise ValueError(f"{other.name} can't join {self.name}, it has other classes: {names}")
        images, labels = torch.cat([self.images, other.images]), torch.cat([self.labels, other.labels])
        return replace(self, images=images, labels=labels)


def data_folder(folder: Path | None = None) -> Path:
    """Where torchvision's data lies: the folder given, else `CAPSNET_DATA`, else the user's cache folder."""
    chosen = folder or os.environ.get("CAPSNET_DATA")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(chosen).expanduser() if chosen else cache / "capsnet"


def dataset_name(name: str) -> str:
    """What a card calls a data set of `load_dataset`: nothing of this machine's folders outside the working one.

    A folder inside the working one is named from there, any other by its own name.
    """
    if name in TORCHVISION_SETS:
        return name
    folder, here = Path(name).resolve(), Path.cwd()
    return folder.relative_to(here).as_posix() if folder != here and folder.is_relative_to(here) else folder.name


def load_dataset(name: str, split: Split, folder: Path | None = None) -> Dataset:
    """Reads a data set by name, or from a folder of pictures by class.

    Args:
        name: a key of `TORCHVISION_SETS`, or the path of a folder that holds one folder of pictures a class,
            either at once (every sixth picture then is for testing) or under `train/` and `test/`.
        split: which part to read.
        folder: where torchvision's files are, see `data_folder`. A folder that was named, here or by CAPSNET_DATA,
            is only read; into the cache folder a missing set is downloaded, with a progress bar.

    Raises:
        DataError: nothing is there, nothing can be downloaded, or a picture can't be read.
    """
    if name in TORCHVISION_SETS:
        return _torchvision_dataset(name, split, folder)
    if Path(name).is_dir():
        return _folder_dataset(Path(name), split)
    message = f"There is no data set '{name}': choose {', '.join(TORCHVISION_SETS)} or an existing folder."
    raise DataError(message, "unknown", name=name)


def picture_ink(file: Path) -> FloatImage:
    """A picture file as the network gets it: one of 28 x 28 as it is, any other as ink that is normalised.

    Returns:
        0 (background) to 1 (ink), [28, 28]; all 0 where there is no ink.

    Raises:
        DataError: it is missing or no picture.
    """
    try:
        ink = decode_picture(file.read_bytes(), keep=SIZE)
    except (PictureError, OSError) as error:
        reason = _REASONS[error.kind] if isinstance(error, PictureError) else str(error)
        message = f"{file} can't be read as a picture ({reason}): mend or remove it."
        raise DataError(message, "picture", file=file, reason=reason) from error
    if ink.shape == (SIZE, SIZE):
        return ink
    normalised = normalise(ink)
    return np.zeros((SIZE, SIZE), np.float32) if normalised is None else normalised


def to_float(images: Tensor) -> Tensor:
    """uint8 [B, 28, 28] as the network takes it: float32 [B, 1, 28, 28] in 0..1."""
    return images[:, None].float() / 255


def shifted(images: Tensor, shifts: Tensor, reach: int | None = None) -> Tensor:
    """Moves each picture down and right by its own whole number of pixels; what comes in is background.

    Args:
        images: [B, H, W].
        shifts: rows and columns, positive or negative, int64, [B, 2].
        reach: no shift is longer than this; None: found out, which waits for the device.
    """
    if reach is None:
        reach = int(shifts.abs().max()) if len(shifts) else 0
    height, width = images.shape[1:]
    padded = functional.pad(images, (reach, reach, reach, reach))  # [B, H + 2 reach, W + 2 reach]
    rows = torch.arange(height, device=images.device) + reach - shifts[:, :1]  # [B, H]
    columns = torch.arange(width, device=images.device) + reach - shifts[:, 1:]  # [B, W]
    batch = torch.arange(len(images), device=images.device)
    return padded[batch[:, None, None], rows[:, :, None], columns[:, None, :]]


def torchvision_datasets() -> ModuleType:
    """`torchvision.datasets`, also where torch is a CPU build and torchvision came for CUDA.

    There torchvision's compiled library can't be loaded, and its import fails on the declarations of two operators
    that data sets don't use; declaring them is all that is missing.
    """
    try:
        from torchvision import datasets
    except RuntimeError as error:
        if "torchvision::nms" not in str(error):
            raise
        library = torch.library.Library("torchvision", "DEF")
        for operator in ("nms", "qnms"):
            library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        from torchvision import datasets
    module: ModuleType = datasets
    return module


def _torchvision_dataset(name: str, split: Split, folder: Path | None) -> Dataset:
    root, named = data_folder(folder), folder is not None or bool(os.environ.get("CAPSNET_DATA"))
    kind = getattr(torchvision_datasets(), TORCHVISION_SETS[name])
    try:
        found = kind(root, train=split == "train", download=not named)
    except Exception as error:  # torchvision raises whatever a missing, damaged or unreachable file makes it meet
        if named:
            raise DataError(
                f"No {kind.__name__} in {root}: expected files such as {root / kind.__name__ / 'raw'}"
                "/train-images-idx3-ubyte. Name another folder with --data, or leave it out (and CAPSNET_DATA unset) "
                "to download the data.",
                "missing",
                name=kind.__name__,
                folder=root,
            ) from error
        reason = " ".join(str(error).split())
        raise DataError(
            f"{kind.__name__} could not be downloaded to {root} ({reason}): connect to the internet once, or name a "
            "folder that holds the data with --data.",
            "unreachable",
            name=kind.__name__,
            folder=root,
            reason=reason,
        ) from error
    classes = tuple(str(digit) for digit in range(10)) if name == "mnist" else tuple(kind.classes)
    return Dataset(name, found.data, found.targets, classes)


def _folder_dataset(folder: Path, split: Split) -> Dataset:
    parted = (folder / "train").is_dir() and (folder / "test").is_dir()
    root = folder / split if parted else folder
    classes = _class_folders(folder / "train" if parted else folder)
    images: list[Tensor] = []
    labels: list[int] = []
    for label, name in enumerate(classes):
        files = sorted(file for file in (root / name).glob("*") if file.suffix.lower() in PICTURES)
        if not parted:
            files = [file for number, file in enumerate(files, 1) if (number % TEST_SHARE == 0) == (split == "test")]
        images += [_read_picture(file) for file in files]
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


def _read_picture(file: Path) -> Tensor:
    ink = picture_ink(file)
    return torch.from_numpy((ink * 255).round().astype(np.uint8))
