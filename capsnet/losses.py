"""What networks are trained on: margin and reconstruction loss (Sabour et al. 2017, sections 3 and 4.1).

Two further terms of capsule networks, both 0 in the paper, ask that parts agree: see `agreement_loss` and `long_votes`.
Convolutional networks are trained on cross-entropy.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from capsnet.data import NOTHING
from capsnet.model import CapsNetOutput
from capsnet.routing import lengths

PRESENT = 0.9
"""m+: the capsule of the class in the picture is asked to be at least this long."""
ABSENT = 0.1
"""m-: every other capsule is asked to be at most this long."""
ABSENT_WEIGHT = 0.5
"""lambda: keeps the many absent classes from shrinking all capsules early in training."""
RECONSTRUCTION_WEIGHT = 0.0005
"""Of the *sum* of squared differences over a picture's pixels, so that it does not dominate the margin loss."""
LONGEST_VOTE = 1.0
"""Votes are free to be this long; `long_votes` counts what is beyond."""


@dataclass(frozen=True)
class TermWeights:
    """Weights of the two terms that ask parts to agree; the paper has neither."""

    agreement: float = 0.0
    """Of `agreement_loss`."""
    long_votes: float = 0.0
    """Of `long_votes`."""


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


def agreement_loss(couplings: Tensor, primary: Tensor, labels: Tensor) -> Tensor:
    """How far the primary capsules' couplings are from all going to the class that is there, [B].

    The cross-entropy between each primary capsule's last couplings and the class, in units of log J, so that equal
    shares cost 1; the mean over capsules, weighted by their lengths. These are constants for the gradient: a capsule
    can't get away by growing short. Trained on the margin loss alone, couplings hardly leave equal shares. (Renzulli et
    al. 2022, "REM: Routing Entropy Minimization for Capsule Networks", gather them without regard to the class.)

    Args:
        couplings: c_ij of the last iteration, [B, I, J]; gradients through all iterations are needed.
        primary: u_i, [B, I, P].
        labels: [B], int64; with `NOTHING` the loss is 0, since then there is nothing to agree on.
    """
    known = labels != NOTHING  # [B]
    target = labels.clamp(min=0)[:, None, None].expand(-1, couplings.shape[1], 1)
    # -log c_iy / log J; the floor keeps the gradient finite
    missing = -couplings.gather(2, target)[..., 0].clamp(min=1e-9).log() / math.log(couplings.shape[2])  # [B, I]
    weights = lengths(primary).detach()  # |u_i| [B, I]
    return known * (missing * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1e-6)


def long_votes(votes: Tensor) -> Tensor:
    """What votes are longer than `LONGEST_VOTE`, squared, summed over all pairs of capsules, [B], from [B, I, J, D].

    Else training lets a few votes grow long and shout the others down, and nothing is left to agree.
    """
    return (lengths(votes) - LONGEST_VOTE).relu().square().sum(dim=(1, 2))


def total_loss(output: CapsNetOutput, images: Tensor, labels: Tensor, terms: TermWeights | None = None) -> Tensor:
    """The weighted sum of all terms, averaged over the batch, []; without `terms`, the paper's two.

    A picture labelled `NOTHING` has no capsule to be drawn from, so its reconstruction costs nothing.
    """
    reconstruction = RECONSTRUCTION_WEIGHT * reconstruction_error(output.reconstructions, images)
    losses = margin_loss(output.lengths, labels) + reconstruction * (labels != NOTHING)
    if terms and terms.agreement:
        losses = losses + terms.agreement * agreement_loss(output.couplings, output.primary, labels)
    if terms and terms.long_votes:
        losses = losses + terms.long_votes * long_votes(output.votes)
    return losses.mean()


def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """The cross-entropy of each picture, [B]; of one of no class, against equal shares of all.

    The latter is the entropic open-set loss (Dhamija, Guenther, Boult 2018, "Reducing Network Agnostophobia").

    Args:
        logits: [B, J].
        labels: the class in each picture, [B], int64, `NOTHING` among them.
    """
    logs = logits.log_softmax(dim=1)  # [B, J]
    own = logs.gather(1, labels.clamp(min=0)[:, None])[:, 0]  # [B]
    return -torch.where(labels != NOTHING, own, logs.mean(dim=1))
