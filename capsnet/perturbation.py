"""Pictures changed in ways that a reader would forgive, or not: what networks are compared by.

Pictures are changed as they lie in their pixels; what is moved out of the frame is gone, and what comes in is
background. Nothing is normalised again here.

Shape letters: B batch, H height, W width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from capsnet.data import shifted
from capsnet.distortion import Ranges, distorted, sample

Quarters = tuple[tuple[int, int], ...]
"""For each place (top left, top right, bottom left, bottom right) which quarter of the picture lies there, 0..3 in the
same order, and by how many right angles it is turned clockwise, 0..3."""
IN_PLACE: Quarters = ((0, 0), (1, 0), (2, 0), (3, 0))
"""Quarters as they belong."""


@dataclass(frozen=True)
class Perturbation:
    """What is done to pictures, one after the other in the order of the fields; the defaults do nothing.

    Raises:
        ValueError: an amount is out of the range of `AMOUNTS`, or the quarters are not four, each there once.
    """

    quarters: Quarters = IN_PLACE
    """Where the parts of the picture lie."""
    thickness: float = 0.0
    """Pixels that strokes become thicker by on each side; negative: thinner."""
    scale: float = 1.0
    """Factor, about the middle."""
    rotation: float = 0.0
    """Degrees about the middle, clockwise."""
    right: float = 0.0
    """Whole pixels to the right; negative: to the left."""
    down: float = 0.0
    """Whole pixels down; negative: up."""
    hidden: float = 0.0
    """Side of a square of background laid over the picture, in pixels."""
    hidden_at: tuple[float, float] = (0.5, 0.5)
    """Its middle as shares of the picture's height and width, 0..1."""
    contrast: float = 1.0
    """Factor by which ink and paper differ from the grey between them."""
    noise: float = 0.0
    """Standard deviation of normal noise on each pixel, clipped to 0..1."""

    def __post_init__(self) -> None:
        for name, amounts in AMOUNTS.items():
            if not amounts[0] <= getattr(self, name) <= amounts[-1]:
                raise ValueError(f"{name} must lie in {amounts[0]:g} to {amounts[-1]:g}; got {getattr(self, name)}")
        if not all(0 <= share <= 1 for share in self.hidden_at):
            raise ValueError(f"hidden_at must be two shares, 0 to 1; got {self.hidden_at}")
        turns = [turns for _, turns in self.quarters]
        if sorted(part for part, _ in self.quarters) != [0, 1, 2, 3] or not all(0 <= turn < 4 for turn in turns):
            raise ValueError(f"quarters must be 0 to 3, each once, with 0 to 3 right angles; got {self.quarters}")


def _steps(first: float, last: float, step: float) -> tuple[float, ...]:
    return tuple(round(first + step * number, 6) for number in range(round((last - first) / step) + 1))


AMOUNTS = {
    "rotation": _steps(-90, 90, 5),
    "right": _steps(-12, 12, 1),
    "down": _steps(-12, 12, 1),
    "scale": _steps(0.4, 1.6, 0.05),
    "thickness": _steps(-1, 2, 0.25),
    "noise": _steps(0, 0.8, 0.05),
    "hidden": _steps(0, 20, 2),
    "contrast": _steps(0.1, 1, 0.05),
}
"""By the name of a field, what a slider stops at: evenly, from the least to the most; the default is among them."""


def perturbed(images: Tensor, perturbation: Perturbation) -> Tensor:
    """Pictures after all changes.

    Args:
        images: 0 (background) to 1, [B, 1, H, W]; height and width are even where quarters are displaced.
        perturbation: what is done to them; the same noise for as many pictures of the same size.

    Returns:
        The same shape and range.
    """
    for change in _CHANGES:
        images = change(images, perturbation)
    return images


def _displaced(images: Tensor, change: Perturbation) -> Tensor:
    """The quarters of each picture laid elsewhere, and turned."""
    if change.quarters == IN_PLACE:
        return images
    height, width = images.shape[2:]
    if height % 2 or height != width:
        raise ValueError(f"only square pictures of even size have four like quarters; got {height} x {width}")
    rows = images.chunk(2, dim=2)
    parts = [part for row in rows for part in row.chunk(2, dim=3)]
    laid = [parts[part].rot90(-turns, dims=(2, 3)) for part, turns in change.quarters]
    return torch.cat([torch.cat(laid[:2], dim=3), torch.cat(laid[2:], dim=3)], dim=2)


def _thickened(images: Tensor, change: Perturbation) -> Tensor:
    left = change.thickness
    while left:
        step = max(-1.0, min(1.0, left))
        images, left = _distorted(images, thickness=torch.full((len(images),), step)), left - step
    return images


def _resized(images: Tensor, change: Perturbation) -> Tensor:
    if change.scale == 1:
        return images
    return _distorted(images, scale=torch.full((len(images), 2), change.scale - 1))


def _turned(images: Tensor, change: Perturbation) -> Tensor:
    return _distorted(images, rotation=torch.full((len(images),), change.rotation)) if change.rotation else images


def _moved(images: Tensor, change: Perturbation) -> Tensor:
    ways = torch.tensor([[round(change.down), round(change.right)]]).expand(len(images), -1)
    return shifted(images[:, 0], ways)[:, None] if ways.any() else images


def _hidden(images: Tensor, change: Perturbation) -> Tensor:
    if not change.hidden:
        return images
    tall, wide = (
        (torch.arange(extent) + 0.5 - middle * extent).abs() < change.hidden / 2
        for extent, middle in zip(images.shape[2:], change.hidden_at, strict=True)
    )
    return images.masked_fill(tall[:, None] & wide, 0)


def _faded(images: Tensor, change: Perturbation) -> Tensor:
    return 0.5 + change.contrast * (images - 0.5) if change.contrast != 1 else images


def _noisy(images: Tensor, change: Perturbation) -> Tensor:
    if not change.noise:
        return images
    noise = torch.randn(images.shape, generator=torch.Generator().manual_seed(1))
    return (images + change.noise * noise).clamp(0, 1)


def _distorted(images: Tensor, **values: Tensor) -> Tensor:
    nothing = sample(Ranges(), len(images), torch.Generator())
    return distorted(images, nothing._replace(**values))


_CHANGES: Sequence[Callable[[Tensor, Perturbation], Tensor]] = (
    _displaced,
    _thickened,
    _resized,
    _turned,
    _moved,
    _hidden,
    _faded,
    _noisy,
)
