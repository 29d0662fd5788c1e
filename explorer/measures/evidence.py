"""Where in the picture votes come from that point along each digit capsule's output, or the opposite way."""

from __future__ import annotations

import numpy as np

from explorer.arrays import Floats
from explorer.reading import CapsuleReading


def evidence(reading: CapsuleReading, iteration: int = -1) -> Floats:
    """The contributions of each place, summed over its channels, [J, rows, columns].

    Over all places they sum to |s_j|, which is never negative: each digit's are measured along its own output, so
    those of a digit that is not there are no sign against it, they only cancel.
    """
    per_capsule = contributions(reading, iteration)  # [I, J]
    places: Floats = per_capsule.T.reshape(-1, *reading.grid).sum(axis=1)
    return places


def contributions(reading: CapsuleReading, iteration: int = -1) -> Floats:
    """What each primary capsule brings to the length of s_j: e_ij = c_ij u_hat_j|i . v_j / |v_j|, [I, J].

    Positive where its vote points along the output v_j, negative where it points the opposite way; over all capsules
    exactly |s_j|, and 0 where |s_j| is.
    """
    poses = reading.poses[iteration]  # v_j [J, D]
    norms = np.linalg.norm(poses, axis=-1, keepdims=True)
    directions = np.divide(poses, norms, out=np.zeros_like(poses), where=norms > 0)  # [J, D]
    along = np.einsum("ijd,jd->ij", reading.votes, directions)  # [I, J]
    brought: Floats = reading.couplings[iteration] * along  # [I, J]
    return brought


def evidence_colour_limit(maps: Floats) -> float:
    """Where the colours of evidence end on both sides; above 0 even where nothing was said."""
    return max(1e-6, float(np.abs(maps).max()))
