"""Convolutional networks with max pooling, plain and with a gate on their channels: what capsules are compared with.

The paper compares with three convolutions of 5 x 5 and two dense layers (Sabour et al. 2017, section 5; 35.4 million
parameters, no pooling is mentioned) and, on overlapping digits, with one that pools after each convolution (section 6).
Here are the former's layers and the latter's pooling in less than two million parameters.

Shape letters: B batch, C channels (maps), F features, J classes. Sizes in comments are the defaults'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from capsnet.config import DIGITS
from capsnet.fields import (
    LARGEST_IMAGE,
    LARGEST_SIZE,
    from_dict,
    option,
    require_classes,
    require_positive_int,
    to_dict,
)
from capsnet.ink import Frame
from capsnet.network import Network, check_images, full_precision, full_precision_only

POOLED = 2
"""Height and width of the squares of which max pooling keeps the largest number."""
MOST_LAYERS = 16
"""Of either kind."""


@dataclass(frozen=True)
class CnnConfig:
    """Sizes of a convolutional network and the names of its classes.

    Raises:
        ValueError: a size is not a positive whole number, the kernel has no centre, pooling leaves no pixels, there are
            no layers, the dropout is no share, or the class names are fewer than two or repeat.
    """

    image_size: int = option(28, "Height and width of what the network reads, in pixels.")
    """Height and width of the grey input picture, in pixels."""
    kernel_size: int = option(5, "Height and width of the convolutions' kernels.")
    """Height and width of all convolutions' kernels; odd, since the pictures' borders are padded evenly."""
    channels: tuple[int, ...] = option((48, 96, 192), "Maps of each convolution; after each, max pooling of 2 x 2.")
    """C of each convolution: stride 1, padded to keep its size, ReLU, then max pooling of 2 x 2."""
    hidden: tuple[int, ...] = option((656, 320), "Widths of the dense layers between convolutions and answer.")
    """Widths of the dense layers after them; the last is F."""
    dropout: float = option(0.5, "Share of the last dense layer's features left out at each step.")
    """Share of the F features that take no part in a training picture (the paper's, section 5, has a dropout there)."""
    classes: tuple[str, ...] = DIGITS
    """The names of the J classes."""

    def __post_init__(self) -> None:
        for name in ("channels", "hidden"):
            if not getattr(self, name):
                raise ValueError(f"{name} must name at least one layer, such as (48,); got none")
            if len(getattr(self, name)) > MOST_LAYERS:
                raise ValueError(f"{name} must name at most {MOST_LAYERS} layers; got {len(getattr(self, name))}")
        sizes = {"image_size": (self.image_size,), "kernel_size": (self.kernel_size,)}
        for name, widths in (sizes | {"channels": self.channels, "hidden": self.hidden}).items():
            for width in widths:
                require_positive_int(name, width, LARGEST_IMAGE if name == "image_size" else LARGEST_SIZE)
        if self.kernel_size % 2 == 0:
            raise ValueError(f"kernel_size must be odd, so that a kernel has a centre; got {self.kernel_size}")
        if self.pooled_size < 1:
            least = POOLED ** len(self.channels)
            raise ValueError(
                f"Pooling {len(self.channels)} times leaves no pixels of a picture of {self.image_size}: "
                f"choose image_size of at least {least}, or fewer channels."
            )
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be a share below 1; got {self.dropout}")
        require_classes(self.classes)

    @property
    def pooled_size(self) -> int:
        """Height and width of the last maps after pooling (3)."""
        size = self.image_size
        for _ in self.channels:
            size //= POOLED
        return size

    @property
    def frame(self) -> Frame:
        """What pictures are brought to before the network reads them."""
        return Frame.of_size(self.image_size)

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON knows them (tuples as lists)."""
        return to_dict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> CnnConfig:
        """The inverse of `to_dict`.

        Raises:
            ValueError: a field is missing or unknown, or a value is one that the constructor rejects.
        """
        return from_dict(cls, values)


@dataclass(frozen=True)
class GatedConfig(CnnConfig):
    """The same with a gate on the channels of each convolution.

    Raises:
        ValueError: as `CnnConfig`; or the reduction leaves a gate nothing to compute with.
    """

    reduction: int = option(8, "How many times fewer numbers the gates compute with than there are channels.")
    """r: a gate on C channels has C / r hidden units (Hu et al. 2018, section 3.2)."""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_positive_int("reduction", self.reduction)
        if self.reduction > min(self.channels):
            raise ValueError(f"reduction must be at most {min(self.channels)}, the fewest maps; got {self.reduction}")


class CnnOutput(NamedTuple):
    """What a convolutional network says about a batch of pictures."""

    scores: Tensor  # probabilities, softmax of the logits: in 0..1, their sum is 1         [B, J]
    logits: Tensor  # the last layer's outputs                                              [B, J]
    features: Tensor  # what they are computed from: the last dense layer's, after ReLU      [B, F]


class ChannelGate(nn.Module):
    """Squeeze and excitation: each channel is multiplied by a number in 0..1 that all channels' means decide.

    v = sigmoid(W2 relu(W1 u)), u the means (Hu, Shen, Sun 2018, "Squeeze-and-Excitation Networks", equations 2 to 4).
    """

    def __init__(self, channels: int, reduction: int) -> None:
        super().__init__()
        self.first = nn.Linear(channels, channels // reduction, bias=False)  # W1 [C / r, C]
        self.second = nn.Linear(channels // reduction, channels, bias=False)  # W2 [C, C / r]

    def forward(self, maps: Tensor) -> Tensor:
        """Maps [B, C, H, W], each multiplied by its channel's v."""
        with full_precision_only(maps):
            means = full_precision(maps).mean(dim=(2, 3))  # u [B, C]
            gates: Tensor = self.second(self.first(means).relu()).sigmoid()  # v [B, C]
        return maps * gates.to(maps.dtype)[:, :, None, None]


class Stage(nn.Module):
    """A convolution, ReLU, a gate where there is one, and max pooling."""

    def __init__(self, inputs: int, channels: int, kernel_size: int, gate: nn.Module | None) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(inputs, channels, kernel_size, padding=kernel_size // 2)
        # As in the capsule network: faster on CPU.
        self.convolution.weight.data = self.convolution.weight.data.contiguous(memory_format=torch.channels_last)
        self.gate = gate or nn.Identity()

    def forward(self, maps: Tensor) -> Tensor:
        """Maps [B, inputs, H, W] to maps [B, C, H // 2, W // 2]."""
        pooled: Tensor = functional.max_pool2d(self.gate(self.convolution(maps).relu()), POOLED)
        return pooled


class Cnn(Network):
    """Convolutions with max pooling, dense layers, and a probability for each class: 1,925,210 parameters.

    Pictures are as for `capsnet.model.CapsNet`.
    """

    def __init__(self, config: CnnConfig | None = None) -> None:
        super().__init__()
        self.config: CnnConfig = config or CnnConfig()
        own = self.config
        self.stages = nn.Sequential(
            *(Stage(i, c, own.kernel_size, self.gate(c)) for i, c in pairwise((1, *own.channels)))
        )
        widths = (own.channels[-1] * own.pooled_size**2, *own.hidden)
        dense = ((nn.Linear(i, o), nn.ReLU()) for i, o in pairwise(widths))
        self.dense = nn.Sequential(*chain.from_iterable(dense))
        self.answer = nn.Linear(own.hidden[-1], len(own.classes))

    def gate(self, _channels: int) -> nn.Module | None:
        """What multiplies a stage's channels; the plain network has none."""
        return None

    def forward(self, images: Tensor, *, kept: Tensor | None = None, check_values: bool = True) -> CnnOutput:
        """Reads a batch of pictures.

        Args:
            images: [B, 1, 28, 28], the weights' float type, in 0..1.
            kept: [B, F], bool: the features that the answer is made from, as in training, where the others are dropped
                out and these made larger by as much. None: all.
            check_values: whether the range of images is checked, which waits for the device. Training checks its whole
                data once instead. Shapes and types are always checked.

        Raises:
            ValueError: a shape, type or range is not as said here.
        """
        check_images(images, self.config.image_size, self.answer.weight.dtype, values=check_values)
        maps = self.stages(images)  # [B, 192, 3, 3]
        with full_precision_only(images):
            features = self.dense(full_precision(maps).flatten(1))  # [B, F]
            logits = self.answer(features if kept is None else self._dropped(features, kept))  # [B, J]
            return CnnOutput(logits.softmax(dim=1), logits, features)

    def _dropped(self, features: Tensor, kept: Tensor) -> Tensor:
        """The features that are kept, made larger so that their sum is about what all would give."""
        if kept.shape != features.shape or kept.dtype != torch.bool:
            raise ValueError(f"kept must be {list(features.shape)} bool; got {kept.dtype} {tuple(kept.shape)}")
        return features * kept / (1 - self.config.dropout)


class GatedCnn(Cnn):
    """The same with squeeze-and-excitation gates, between ReLU and pooling: 1,937,306 parameters."""

    config: GatedConfig

    def __init__(self, config: GatedConfig | None = None) -> None:
        super().__init__(config or GatedConfig())

    def gate(self, channels: int) -> nn.Module:
        """A gate on a stage's channels."""
        return ChannelGate(channels, self.config.reduction)
