"""What the network is trained on: margin loss and reconstruction loss (Sabour et al. 2017, sections 3 and 4.1)."""

from __future__ import annotations

import torch
from torch import Tensor

from capsnet.data import NOTHING
from capsnet.model import CapsNetOutput

PRESENT = 0.9
"""m+: the capsule of the class in the picture is asked to be at least this long."""
ABSENT = 0.1
"""m-: every other capsule is asked to be at most this long."""
ABSENT_WEIGHT = 0.5
"""lambda: keeps the many absent classes from shrinking all capsules early in training."""
RECONSTRUCTION_WEIGHT = 0.0005
"""Of the *sum* of squared differences over a picture's pixels, so that it does not dominate the margin loss."""


def margin_loss(lengths: Tensor, labels: Tensor) -> Tensor:
    """The margin loss of each picture (equation 4), [B].

    Args:
        lengths: |v_j|, [B, J].
        labels: the class in each picture, [B], int64; with `NOTHING` all capsules are asked to be short.
    """
    classes = torch.arange(lengths.shape[1], device=lengths.device)
    present = (labels[:, None] == classes).to(lengths.dtype)  # T_k [B, J]
    # L_k = T_k max(0, m+ - |v_k|)^2 + lambda (1 - T_k) max(0, |v_k| - m-)^2
    missed = present * (PRESENT - lengths).relu().square()
    imagined = ABSENT_WEIGHT * (1 - present) * (lengths - ABSENT).relu().square()
    return (missed + imagined).sum(dim=1)


def reconstruction_error(reconstructions: Tensor, images: Tensor) -> Tensor:
    """The sum of squared differences over each picture's pixels, [B], from two [B, 1, 28, 28]."""
    return (reconstructions - images).square().flatten(1).sum(dim=1)


def total_loss(output: CapsNetOutput, images: Tensor, labels: Tensor) -> Tensor:
    """Margin loss plus weighted reconstruction error, averaged over the batch, [].

    A picture labelled `NOTHING` has no capsule to be drawn from, so its reconstruction costs nothing.
    """
    reconstruction = RECONSTRUCTION_WEIGHT * reconstruction_error(output.reconstructions, images)
    return torch.mean(margin_loss(output.lengths, labels) + reconstruction * (labels != NOTHING))
