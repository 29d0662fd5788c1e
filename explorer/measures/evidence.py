"""What each place of the picture says for or against each digit."""

from __future__ import annotations

import numpy as np

from explorer.arrays import Floats
from explorer.reading import CapsuleReading


def evidence(reading: CapsuleReading, iteration: int = -1) -> Floats:
    """What each place says for (positive) or against each digit, [J, rows, columns].

    The sum over channels of c_ij (u_hat_j|i . v_j / |v_j|); over all places it is exactly |s_j|, and 0 where |s_j| is.
    """
    poses = reading.poses[iteration]  # v_j [J, D]
    norms = np.linalg.norm(poses, axis=-1, keepdims=True)
    directions = np.divide(poses, norms, out=np.zeros_like(poses), where=norms > 0)  # [J, D]
    along = np.einsum("ijd,jd->ij", reading.votes, directions)  # [I, J]
    per_capsule = reading.couplings[iteration] * along  # [I, J]
    places: Floats = per_capsule.T.reshape(-1, *reading.grid).sum(axis=1)
    return places


def evidence_over_iterations(reading: CapsuleReading) -> Floats:
    """The same after each iteration, [R, J, rows, columns]."""
    return np.stack([evidence(reading, step) for step in range(reading.iterations)])


def evidence_colour_limit(maps: Floats) -> float:
    """Where the colours of evidence end on both sides; above 0 even where nothing was said."""
    return max(1e-6, float(np.abs(maps).max()))
