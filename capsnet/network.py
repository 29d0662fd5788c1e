"""What networks of every architecture have in common: a config, and an output with scores."""

from __future__ import annotations

from typing import Any, Protocol

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
