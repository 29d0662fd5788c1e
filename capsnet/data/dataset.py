"""Labelled pictures in one tensor, and what training and testing do with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

from capsnet.errors import CapsNetError

Split = Literal["train", "test"]

NOTHING = -1
"""Label of a picture in which none of the classes is."""


class DataError(CapsNetError):
    """Data is missing or not what it should be; the message says which and the way out.

    `kind` (and `values`): "unknown" (name), "missing" (name, folder), "unreachable" (name, folder, reason), "elsewhere"
    (name), "size" (name, size), "damaged" (folder), "few_classes" (folder, found),
    "empty" (folder, split), "picture" (file, reason), "no_ink" (file).
    """


@dataclass(frozen=True)
class Dataset:
    """Pictures, read once into one tensor, with their classes."""

    name: str
    images: Tensor
    """Grey ink, uint8, 0 (background) to 255, [N, H, W]: MNIST's are 28 x 28."""
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


def to_float(images: Tensor) -> Tensor:
    """uint8 [B, H, W] as the network takes it: float32 [B, 1, H, W] in 0..1."""
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
