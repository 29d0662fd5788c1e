"""Routing by agreement: Procedure 1 of "Dynamic Routing Between Capsules" (Sabour, Frosst, Hinton 2017).

    1: procedure ROUTING(u_hat_j|i, r, l)
    2:   for all capsule i in layer l and capsule j in layer (l + 1): b_ij <- 0
    3:   for r iterations do
    4:     for all capsule i in layer l:        c_i  <- softmax(b_i)              over j, here of beta b_i
    5:     for all capsule j in layer (l + 1):  s_j  <- sum_i c_ij u_hat_j|i
    6:     for all capsule j in layer (l + 1):  v_j  <- squash(s_j)
    7:     for all capsule i, j:                b_ij <- b_ij + u_hat_j|i . v_j
       return v_j

The inverse temperature beta is 1 in the paper.

Shape letters, here and in `model.py`:
    B  batch
    I  primary capsules, 1152 = 32 channels x 6 rows x 6 columns
    P  numbers in a primary capsule's pose, 8
    J  digit capsules, 10
    D  numbers in a digit capsule's pose, 16
    R  routing iterations, 3
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, einsum


class RoutingStep(NamedTuple):
    """One iteration of routing by agreement."""

    logits: Tensor  # b_ij on entering the iteration      [B, I, J]
    couplings: Tensor  # c_ij, softmax of beta b over J      [B, I, J]
    sums: Tensor  # s_j = sum_i c_ij u_hat_j|i          [B, J, D]
    poses: Tensor  # v_j = squash(s_j)                   [B, J, D]
    agreements: Tensor  # a_ij = u_hat_j|i . v_j              [B, I, J]


@dataclass(frozen=True)
class RoutingTrace:
    """Everything a network computed between a picture and its digit capsules; made by `CapsNet.trace`.

    The first axis of the fields with R is the iteration: index 0 is the first, whose couplings are all 1 / J.
    """

    features: Tensor
    """First convolution after ReLU, [B, 256, 20, 20]."""
    primary: Tensor
    """Poses u_i of the primary capsules, lengths in [0, 1), [B, I, P]."""
    votes: Tensor
    """Predictions u_hat_j|i = W_ij u_i, [B, I, J, D]."""
    logits: Tensor
    """b_ij on entering each iteration, [R, B, I, J]."""
    couplings: Tensor
    """c_ij, in 0..1, summing to 1 over J, [R, B, I, J]."""
    agreements: Tensor
    """a_ij = u_hat_j|i . v_j, [R, B, I, J]."""
    sums: Tensor
    """s_j before squashing, [R, B, J, D]."""
    poses: Tensor
    """v_j, lengths in [0, 1), [R, B, J, D]."""

    @property
    def iterations(self) -> int:
        """R, the number of iterations that were run."""
        return self.logits.shape[0]

    @property
    def lengths(self) -> Tensor:
        """Lengths |v_j| after each iteration, [R, B, J]."""
        return lengths(self.poses)


def lengths(vectors: Tensor) -> Tensor:
    """The Euclidean length of the last axis's vectors; its gradient at zero is zero."""
    result: Tensor = torch.linalg.vector_norm(vectors, dim=-1)
    return result


def coupling_entropy(couplings: Tensor) -> Tensor:
    """How evenly each primary capsule splits its output: the entropy of c_ij over j, divided by log J.

    1 is an equal share for each, 0 all to one; the last axis, J, is summed over.
    """
    return -torch.xlogy(couplings, couplings).sum(dim=-1) / math.log(couplings.shape[-1])


def squash(vectors: Tensor) -> Tensor:
    """Shrinks the last axis's vectors to a length in [0, 1), keeping their direction (paper, equation 1).

    The paper's |s|^2 / (1 + |s|^2) * s / |s| is written without the division by |s|, so that the zero vector stays
    zero and has a finite gradient.
    """
    length = lengths(vectors)[..., None]
    # v = s |s| / (1 + |s|^2)
    return vectors * (length / (1 + length.square()))


def routing_steps(
    votes: Tensor, iterations: int, inverse_temperature: float = 1.0, *, unrolled: bool = False
) -> Iterator[RoutingStep]:
    """Procedure 1 of Sabour et al. (2017) over votes u_hat [B, I, J, D], one step at a time.

    Each picture of the batch has logits of its own, which start at zero. The softmax is over J: a primary capsule
    splits its output among the digits.

    The authors' code (Sarasra/models) differentiates through all iterations, as `unrolled` does. Without it,
    agreements are detached before they enter the logits, as in several re-implementations (naturomics', and many
    Keras ones): couplings then are constants for the gradient. The poses are the same, but the gradient is a
    truncation of the true one: it leaves out that a vote, by agreeing, changes the couplings of later iterations. With
    the paper's beta of 1 the true one is 5 to 16 times as long and points nearly the same way (cosine 0.92 to 0.98);
    a step of training on it takes 1.4 times as long.

    Args:
        votes: u_hat [B, I, J, D].
        iterations: R, at least 1.
        inverse_temperature: beta, above 0; 1 is the paper's.
        unrolled: whether gradients flow through all iterations or only through the last weighted sum and squash.

    Raises:
        ValueError: votes are not four-dimensional, or iterations or inverse temperature are too small (on the first
            step).
    """
    _check_routing(votes, iterations, inverse_temperature)
    logits = votes.new_zeros(votes.shape[:-1])  # b_ij <- 0                          [B, I, J]
    for _ in range(iterations):
        # c_i <- softmax(beta b_i), over j, which is dim 1 once transposed; I last in memory takes an eighth of the time
        couplings = (inverse_temperature * logits).mT.contiguous().softmax(dim=1).mT  # [B, I, J]
        # s_j <- sum_i c_ij u_hat_j|i
        sums = einsum("bij,bijd->bjd", couplings, votes)  # [B, J, D]
        # v_j <- squash(s_j)
        poses = squash(sums)  # [B, J, D]
        # a_ij = u_hat_j|i . v_j
        agreements = einsum("bijd,bjd->bij", votes, poses)  # [B, I, J]
        yield RoutingStep(logits, couplings, sums, poses, agreements)
        # b_ij <- b_ij + a_ij
        logits = logits + (agreements if unrolled else agreements.detach())  # [B, I, J]


def _check_routing(votes: Tensor, iterations: int, inverse_temperature: float) -> None:
    if votes.ndim != 4:
        raise ValueError(f"votes must be [B, I, J, D], four-dimensional; got shape {tuple(votes.shape)}")
    if iterations < 1:
        raise ValueError(f"iterations must be at least 1 (the paper's network uses 3); got {iterations}")
    if not inverse_temperature > 0:
        raise ValueError(f"inverse_temperature must be above 0 (1 is the paper's); got {inverse_temperature}")
