"""What networks of every architecture have in common: a config, pictures of one form, and an output with scores."""

from __future__ import annotations

from typing import Any, Protocol

import torch
from torch import Tensor, nn

from capsnet.ink import Frame


class NetworkConfig(Protocol):
    """What is asked of a network's config; it is a frozen dataclass, with `from_dict` as the inverse of `to_dict`."""

    @property
    def image_size(self) -> int:
        """Height and width of the grey input picture, in pixels."""

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the J classes."""

    @property
    def frame(self) -> Frame:
        """What pictures are brought to before the network reads them."""

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON knows them: lists, no tuples."""


class Output(Protocol):
    """What a network says about a batch of pictures; `reconstructions` [B, 1, H, W] are there where it draws any."""

    @property
    def scores(self) -> Tensor:
        """One number a class, of which the largest is the answer, [B, J]."""


class Network(nn.Module):
    """A network that reads pictures, [B, 1, size, size] in 0..1; called with them, it returns an `Output`."""

    config: NetworkConfig


def check_images(images: Tensor, size: int, dtype: torch.dtype, *, values: bool = True) -> None:
    """Whether pictures are such as a network reads.

    Args:
        images: should be [B, 1, size, size], B at least 1, in 0..1.
        size: height and width.
        dtype: should be theirs: that of the network's weights.
        values: whether their range is looked at, too, which waits for the device.

    Raises:
        ValueError: shape, type or range are others; the message says what to do.
    """
    if images.ndim != 4 or images.shape[1:] != (1, size, size) or len(images) == 0:
        raise ValueError(f"images must be [B, 1, {size}, {size}], B at least 1; got shape {tuple(images.shape)}")
    if images.dtype != dtype:
        raise ValueError(f"images must be {dtype}, as the weights are; got {images.dtype}: use images.to({dtype})")
    if not values:
        return
    low, high = (float(value) for value in images.aminmax())
    if not (low >= 0 and high <= 1):  # also false for NaN
        hint = ": divide by 255" if high > 1 else ""
        raise ValueError(f"images must lie in 0 (background) to 1 (ink); got {low:g} to {high:g}{hint}")


def full_precision_only(images: Tensor) -> torch.autocast:
    """Ends autocast: only convolutions may run in bfloat16, since routing sums a thousand small votes."""
    return torch.autocast(images.device.type, enabled=False)


def full_precision(values: Tensor) -> Tensor:
    """What autocast made bfloat16 as float32; float32 and float64 as they are."""
    return values.float() if values.dtype == torch.bfloat16 else values
