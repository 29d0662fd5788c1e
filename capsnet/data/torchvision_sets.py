"""MNIST and its kin, by torchvision."""

from __future__ import annotations

import math
import os
import struct
from pathlib import Path
from types import ModuleType

import torch
from platformdirs import user_cache_path

from capsnet.config import DIGITS
from capsnet.data.dataset import DataError, Dataset, Split
from capsnet.ink import MNIST_FRAME, Frame

TORCHVISION_SETS = {"mnist": "MNIST", "fashion-mnist": "FashionMNIST", "kmnist": "KMNIST"}
"""What `--dataset` calls torchvision's sets of 28 x 28 grey pictures, and what torchvision calls them."""
IDX_AXES = {"images-idx3": 3, "labels-idx1": 1}
"""Kinds of MNIST's files, and how many axes the numbers in them have."""


def data_folder(folder: Path | None = None) -> Path:
    """Where torchvision's data lies: the folder given, else `CAPSNET_DATA`, else the user's cache folder."""
    chosen = folder or os.environ.get("CAPSNET_DATA")
    if not chosen:
        return user_cache_path("capsnet", appauthor=False)
    return Path(os.path.expanduser(chosen))  # noqa: PTH111 - it never raises: there may be no such user


def has_mnist(folder: Path | None = None) -> bool:
    """Whether all four of MNIST's files lie in `data_folder(folder)`, each as long as it says itself."""
    raw = data_folder(folder) / "MNIST" / "raw"
    return all(_is_whole(raw / f"{part}-{kind}-ubyte") for part in ("train", "t10k") for kind in IDX_AXES)


def _is_whole(file: Path) -> bool:
    """Whether a file has the axes of its kind, and as many bytes as these make."""
    axes = IDX_AXES[file.name.split("-", 1)[1].removesuffix("-ubyte")]
    try:
        with file.open("rb") as content:
            numbers = struct.unpack(f">{1 + axes}i", content.read(4 * (1 + axes)))
        return bool(numbers[0] == 0x800 + axes and file.stat().st_size == 4 * (1 + axes) + math.prod(numbers[1:]))
    except (OSError, struct.error):
        return False


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


def torchvision_dataset(name: str, split: Split, folder: Path | None, frame: Frame = MNIST_FRAME) -> Dataset:
    """One of `TORCHVISION_SETS`, downloaded into the cache folder where it is missing there.

    Raises:
        DataError: it is not in the folder that was named, can't be downloaded, or has other pictures than the frame.
    """
    if frame.size != MNIST_FRAME.size:
        message = (
            f"The pictures of {name} are {MNIST_FRAME.size} x {MNIST_FRAME.size}, those of the network "
            f"{frame.size} x {frame.size}: choose a folder of pictures, which are brought to the network's size, or "
            "another network."
        )
        raise DataError(message, "size", name=name, size=frame.size)
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
    dataset = Dataset(name, found.data, found.targets, DIGITS if name == "mnist" else tuple(kind.classes))
    _check(dataset, root / kind.__name__)
    return dataset


def _check(dataset: Dataset, folder: Path) -> None:
    """Whether whole files belong together."""
    labels, size = dataset.labels, MNIST_FRAME.size
    fits = len(labels) and dataset.images.shape == (len(labels), size, size)
    if not fits or not ((labels >= 0) & (labels < len(dataset.classes))).all():
        message = (
            f"The files in {folder} don't belong together: expected {size} x {size} pictures, each with a label of "
            f"{len(dataset.classes)} classes. Remove the folder and download the data again."
        )
        raise DataError(message, "damaged", folder=folder)
