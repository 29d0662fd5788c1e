"""Routing as it is mistaken for, or might have been: for comparison with `capsnet.routing`, which does it right."""

from __future__ import annotations

import torch

from capsnet.routing import lengths, routing_steps, squash
from explorer.arrays import Floats
from explorer.reading import CapsuleReading


def routed_otherwise(
    reading: CapsuleReading, iterations: int, *, over_primary: bool = False, forgets: bool = False
) -> Floats:
    """Lengths of the digit capsules after each iteration, [R, J], when a digit's votes are routed in another way.

    Args:
        reading: of the digit; its votes and inverse temperature are used.
        iterations: R, at least 1.
        over_primary: the softmax runs over the primary capsules, as many programs have it, so that all couplings into
            one digit capsule sum to 1; in the paper (equation 3) it runs over the digit capsules.
        forgets: logits are the last agreements alone, as k-means assigns afresh each time; in the paper (Procedure 1,
            line 7) agreements add up.
    """
    votes = torch.tensor(reading.votes)  # [I, J, D]
    logits = votes.new_zeros(votes.shape[:2])  # [I, J]
    found = []
    for _ in range(iterations):
        couplings = (reading.inverse_temperature * logits).softmax(dim=0 if over_primary else 1)
        poses = squash(torch.einsum("ij,ijd->jd", couplings, votes))  # [J, D]
        agreements = torch.einsum("ijd,jd->ij", votes, poses)
        logits = agreements if forgets else logits + agreements
        found.append(lengths(poses))
    all_lengths: Floats = torch.stack(found).numpy()
    return all_lengths


def routed_without(reading: CapsuleReading, silenced: list[int]) -> Floats:
    """The poses v_j [J, D] after as many iterations as the digit was read with, without votes of some capsules i."""
    votes = torch.tensor(reading.votes)[None]  # [1, I, J, D]
    votes[:, silenced] = 0
    *_, last = routing_steps(votes, reading.iterations, reading.inverse_temperature)
    poses: Floats = last.poses[0].numpy()
    return poses
