"""An architecture beside those that are known, as small as can be, for tests of what holds for all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from torch import Tensor, nn
from torch.nn import functional

from capsnet.architectures import Architecture, Batch
from capsnet.ink import Frame
from capsnet.network import Network
from tests.capsnet.samples import CLASSES


@dataclass(frozen=True)
class ConvolutionConfig:
    """One layer of convolutions, and one number a class."""

    channels: int = 7
    image_size: int = 13
    classes: tuple[str, ...] = CLASSES

    @property
    def frame(self) -> Frame:
        return Frame.of_size(self.image_size)

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "classes": list(self.classes)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ConvolutionConfig:
        return cls(**{**values, "classes": tuple(values["classes"])})


class ConvolutionOutput(NamedTuple):
    scores: Tensor  # not between 0 and 1, as lengths are [B, J]


class Convolution(Network):
    def __init__(self, config: ConvolutionConfig) -> None:
        super().__init__()
        self.config: ConvolutionConfig = config
        self.features = nn.Conv2d(1, config.channels, 3, stride=2, padding=1)
        self.answer = nn.Linear(config.channels * math.ceil(config.image_size / 2) ** 2, len(config.classes))

    def forward(self, images: Tensor) -> ConvolutionOutput:
        return ConvolutionOutput(self.answer(self.features(images).relu().flatten(1)))


def cross_entropy(output: ConvolutionOutput, batch: Batch) -> Tensor:
    return functional.cross_entropy(output.scores.float(), batch.labels)


CONVOLUTION = Architecture(
    "convolution", ConvolutionConfig, Convolution, cross_entropy, summary=lambda config: f"{config.channels} channels"
)
