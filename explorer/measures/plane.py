"""The votes for one digit, seen in a plane: how they lie about the pose that they agreed on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.arrays import Doubles, Floats
from explorer.reading import CapsuleReading


@dataclass(frozen=True)
class VotePlane:
    """The votes of all primary capsules for digit j, [I, D], projected to a plane that stays the same over iterations.

    x is the direction of the final pose v_j, so that x times |v_j| is the final agreement a_ij; y is the direction in
    which what is left of the votes varies most: their first principal component, centred and unweighted.
    """

    votes: Floats
    """x and y of each vote, [I, 2]."""
    poses: Floats
    """x and y of the pose after each iteration, [R, 2]."""
    share: float
    """How much of the votes' variance the plane shows, 0..1."""


def vote_plane(reading: CapsuleReading, capsule: int) -> VotePlane:
    """Projects the votes for one digit capsule; where it has no pose at all, x is 0."""
    votes = reading.votes[:, capsule].astype(np.float64)  # u_hat_j|i [I, D]
    poses = reading.poses[:, capsule].astype(np.float64)  # v_j [R, D]
    length = np.linalg.norm(poses[-1])
    along = poses[-1] / length if length > 0 else np.zeros_like(poses[-1])  # [D]
    across = _first_component(votes - np.outer(votes @ along, along))  # [D]
    axes = np.stack([along, across], axis=1)  # [D, 2]
    flat = votes @ axes  # [I, 2]
    whole = votes.var(axis=0).sum()
    share = float(flat.var(axis=0).sum() / whole) if whole > 0 else 1.0
    return VotePlane(flat.astype(np.float32), (poses @ axes).astype(np.float32), share)


def _first_component(left: Doubles) -> Doubles:
    """The direction of most variance, [D]; its greatest number is positive, so that it never flips."""
    centred = left - left.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    component = directions[:, -1]
    upright: Doubles = component * np.sign(component[np.abs(component).argmax()])
    return upright
