"""What a capsule network is made of: the paper's values are the defaults (Sabour et al. 2017, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

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

DIGITS = tuple(str(digit) for digit in range(10))
"""The names of MNIST's classes."""
MOST = {"image_size": LARGEST_IMAGE, "iterations": 100}
"""Of fields that have more bounds than `LARGEST_SIZE`: what a stranger's file asks for has to be computed."""
HIGHEST_FACTOR = 1000
"""Of the logits: beyond, one coupling is 1 whatever they are."""


@dataclass(frozen=True)
class CapsNetConfig:
    """Sizes of the network and the names of its classes.

    Raises:
        ValueError: a size is not a positive whole number, the kernels leave no pixels, or the class names are
            fewer than two or repeat; the message says which and what to choose instead.
    """

    image_size: int = option(28, "Height and width of what the network reads, in pixels.")
    """Height and width of the grey input picture, in pixels."""
    kernel_size: int = option(9, "Height and width of the convolutions' kernels.")
    """Height and width of both convolutions' kernels."""
    feature_channels: int = option(256, "Maps of the first convolution.")
    """Maps of the first convolution (stride 1, ReLU)."""
    primary_stride: int = option(2, "Stride of the second convolution.")
    """Stride of the second convolution."""
    primary_channels: int = option(32, "Capsules at each place of the primary capsules' grid.")
    """Capsules at each place of the primary capsules' grid."""
    primary_pose: int = option(8, "Numbers in a primary capsule's pose.")
    """P, numbers in a primary capsule's pose u_i."""
    digit_pose: int = option(16, "Numbers in a digit capsule's pose.")
    """D, numbers in a digit capsule's pose v_j."""
    iterations: int = option(3, "Routing iterations.")
    """R, routing iterations the network is trained with."""
    inverse_temperature: float = option(1.0, "Factor of the logits in routing's softmax; the paper's is 1.")
    """Factor of the logits in routing's softmax: 1 is the paper's procedure; above it, the same agreement moves
    couplings further. EM routing has one (Hinton, Sabour, Frosst 2018, "Matrix capsules with EM routing", lambda)."""
    decoder_hidden: tuple[int, int] = option((512, 1024), "Widths of the decoder's two hidden layers.")
    """Widths of the decoder's two hidden layers."""
    classes: tuple[str, ...] = DIGITS
    """What each of the J digit capsules stands for."""

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.type == "int":
                require_positive_int(field.name, getattr(self, field.name), MOST.get(field.name, LARGEST_SIZE))
        if len(self.decoder_hidden) != 2:
            raise ValueError(f"decoder_hidden must hold two widths, such as (512, 1024); got {self.decoder_hidden}")
        for width in self.decoder_hidden:
            require_positive_int("decoder_hidden", width)
        if not 0 < self.inverse_temperature <= HIGHEST_FACTOR:
            raise ValueError(
                f"inverse_temperature must be above 0 (1 is the paper's routing), and at most {HIGHEST_FACTOR}; got "
                f"{self.inverse_temperature}"
            )
        if self.grid_size < 1:
            least = 2 * self.kernel_size - 1
            raise ValueError(
                f"Two convolutions with kernel {self.kernel_size} leave no pixels of a picture of {self.image_size}: "
                f"choose image_size of at least {least}, or a smaller kernel_size."
            )
        require_classes(self.classes)

    @property
    def feature_size(self) -> int:
        """Height and width of the first convolution's maps (20 in the paper)."""
        return self.image_size - self.kernel_size + 1

    @property
    def grid_size(self) -> int:
        """Height and width of the primary capsules' grid (6 in the paper)."""
        return (self.feature_size - self.kernel_size) // self.primary_stride + 1

    @property
    def primary_capsules(self) -> int:
        """I, the number of primary capsules (1152 in the paper)."""
        return self.primary_channels * self.grid_size**2

    @property
    def digit_capsules(self) -> int:
        """J, one capsule for each class."""
        return len(self.classes)

    @property
    def frame(self) -> Frame:
        """What pictures are brought to before the network reads them."""
        return Frame.of_size(self.image_size)

    @property
    def patch_size(self) -> int:
        """Height and width, in pixels, of what one primary capsule sees (17 in the paper)."""
        return 2 * self.kernel_size - 1

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON knows them (tuples as lists)."""
        return to_dict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> CapsNetConfig:
        """The inverse of `to_dict`; networks kept before there was an `inverse_temperature` have the paper's, 1.

        Raises:
            ValueError: a field is missing or unknown, or a value is one that the constructor rejects.
        """
        return from_dict(cls, {"inverse_temperature": 1.0, **values})
