"""Training pictures bent a little, each in its own way: turned, slanted, resized, made thicker or thinner, and warped.

Simard, Steinkraus, Platt (2003) showed for MNIST what such distortions are worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

KNOTS = 5
"""Rows and columns of the coarse grid of displacements that an elastic warp is interpolated from."""


@dataclass(frozen=True)
class Ranges:
    """How far pictures are distorted; each picture's own values are drawn evenly from these ranges.

    Raises:
        ValueError: a range is negative, or so wide that digits could not be told any more.
    """

    rotation: float = 0.0
    """Turned by up to so many degrees, either way."""
    shear: float = 0.0
    """Slanted: moved sideways by up to this share of the height, top against bottom, either way."""
    scale: float = 0.0
    """Each axis on its own enlarged or reduced by up to this share."""
    elastic: float = 0.0
    """Warped: the knots of a coarse grid are displaced by up to so many pixels."""
    thickness: float = 0.0
    """Up to this share of the way to strokes that are one pixel thicker or thinner on each side."""

    def __post_init__(self) -> None:
        limits = {"rotation": 90, "shear": 1, "scale": 0.5, "elastic": 4, "thickness": 1}
        for name, most in limits.items():
            if not 0 <= getattr(self, name) <= most:
                raise ValueError(f"{name} must lie in 0 (none) to {most}; got {getattr(self, name)}")


class Distortions(NamedTuple):
    """What is done to each of N pictures; all zero: nothing."""

    rotation: Tensor  # degrees, positive turns to the right       [N]
    shear: Tensor  # positive leans to the right                   [N]
    scale: Tensor  # what is added to 1, across and down           [N, 2]
    elastic: Tensor  # displacement of each knot, right and down, in pixels [N, 2, KNOTS, KNOTS]
    thickness: Tensor  # -1 (thinner) to 1 (thicker)               [N]

    def take(self, indices: Tensor | slice) -> Distortions:
        """Those at these positions."""
        return Distortions(*(values[indices] for values in self))

    def to(self, device: torch.device) -> Distortions:
        """The same on a device."""
        return Distortions(*(values.to(device) for values in self))


def sample(ranges: Ranges, count: int, generator: torch.Generator) -> Distortions:
    """Distortions for so many pictures."""

    def evenly(most: float, *shape: int) -> Tensor:
        return most * (2 * torch.rand(count, *shape, generator=generator) - 1)

    return Distortions(
        rotation=evenly(ranges.rotation),
        shear=evenly(ranges.shear),
        scale=evenly(ranges.scale, 2),
        elastic=evenly(ranges.elastic, 2, KNOTS, KNOTS),
        thickness=evenly(ranges.thickness),
    )


def distorted(images: Tensor, distortions: Distortions) -> Tensor:
    """Pictures after their distortions; what comes in from outside is background.

    Args:
        images: 0 (background) to 1, [B, 1, H, W].
        distortions: one for each picture.

    Returns:
        The same shape and range.
    """
    return _moved(_thickened(images, distortions.thickness), distortions)


def _moved(images: Tensor, distortions: Distortions) -> Tensor:
    """Resampled: each new pixel is read where the inverse of the distortion says."""
    forward = _matrices(distortions)  # [B, 2, 2]
    inverse = torch.linalg.inv_ex(forward).inverse  # `inv` would wait for the device to say that there is one
    no_shift = forward.new_zeros(len(forward), 2, 1)
    affine = torch.cat([inverse, no_shift], dim=2)  # [B, 2, 3]
    grid = functional.affine_grid(affine, list(images.shape), align_corners=False)  # [B, H, W, 2], -1..1
    half = grid.new_tensor([images.shape[3] / 2, images.shape[2] / 2])  # pixels from the centre to the rim
    warp = functional.interpolate(distortions.elastic, images.shape[2:], mode="bicubic", align_corners=True)
    grid = grid - warp.permute(0, 2, 3, 1) / half
    return functional.grid_sample(images, grid, mode="bicubic", align_corners=False).clamp(0, 1)


def _matrices(distortions: Distortions) -> Tensor:
    """Where right and down go: scaled, then slanted, then turned, [B, 2, 2]."""
    angle = torch.deg2rad(distortions.rotation)
    cos, sin = angle.cos(), angle.sin()
    one, zero = torch.ones_like(angle), torch.zeros_like(angle)
    turn = torch.stack([cos, -sin, sin, cos], dim=1).view(-1, 2, 2)  # y grows downward: to the right
    slant = torch.stack([one, -distortions.shear, zero, one], dim=1).view(-1, 2, 2)
    return turn @ slant @ torch.diag_embed(1 + distortions.scale)


def _thickened(images: Tensor, thickness: Tensor) -> Tensor:
    """Some of the way to the darkest (thicker) or to the palest (thinner) of the pixels around each.

    Thinner strokes would be paler too: each picture keeps its darkest pixel.
    """
    share = thickness.view(-1, 1, 1, 1)
    most = functional.max_pool2d(images, 3, stride=1, padding=1)
    least = -functional.max_pool2d(-images, 3, stride=1, padding=1)
    changed = images + share.clamp(min=0) * (most - images) - (-share).clamp(min=0) * (images - least)
    darkest, left = (values.amax(dim=(1, 2, 3), keepdim=True) for values in (images, changed))
    return torch.where(share < 0, changed * darkest / left.clamp(min=1e-6), changed).clamp(0, 1)
