"""Poses turned by hand: how far, what the decoder draws from them, and how they swing. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from capsnet import CapsNet
from capsnet.checkpoint import Card
from explorer.arrays import Floats

PAPER = 0.25
"""How far the paper turns each number to either side of the digit's own (section 5.1, figure 4)."""
DEVIATIONS = 3
"""How many standard deviations about their mean training is taken to span."""
STEP = 0.005
"""Sliders move by this."""
FURTHEST = 1000.0
"""No number of a pose is set beyond this: poses are no longer than 1, and sliders end near there."""
JACOBIAN_STEP = 0.01
"""How far a number is turned to either side to see how the picture changes."""


@dataclass(frozen=True)
class Span:
    """How far each of D numbers goes. All [D]."""

    low: Floats
    high: Floats
    """The slider's ends, multiples of `STEP`: what the paper turns and what training spans, both within."""
    trained_low: Floats
    trained_high: Floats
    """What training spans."""


def span(own: Floats, card: Card, capsule: int) -> Span:
    """How far the numbers of a capsule's pose can be turned from where the digit itself has them.

    Args:
        own: the digit's pose, [D].
        card: where the mean and standard deviation of capsule j over training pictures of class j stand.
        capsule: j.
    """
    mean, deviation = (np.array(table[capsule], np.float32) for table in (card.pose_mean, card.pose_std))
    trained_low, trained_high = mean - DEVIATIONS * deviation, mean + DEVIATIONS * deviation
    low = np.floor(np.minimum(own - PAPER, trained_low) / STEP) * STEP
    high = np.ceil(np.maximum(own + PAPER, trained_high) / STEP) * STEP
    return Span(low.round(3), high.round(3), trained_low, trained_high)


def decode(model: CapsNet, capsule: int, poses: Floats) -> Floats:
    """What the decoder draws from poses [N, D] of one capsule, all others at zero: 0..1, [N, H, W]."""
    everything = torch.zeros(len(poses), model.config.digit_capsules, model.config.digit_pose)
    everything[:, capsule] = torch.from_numpy(np.array(poses, np.float32))
    with torch.no_grad():
        drawn = model.reconstruct(everything, torch.full((len(poses),), capsule))
    pictures: Floats = drawn[:, 0].numpy()
    return pictures


def swing(pose: Floats, centre: float, dimension: int, count: int) -> Floats:
    """One number swinging once to and fro by `PAPER` about a centre, the others at rest: [count, D]."""
    poses = np.repeat(pose[None], count, axis=0)
    poses[:, dimension] = centre + PAPER * np.sin(np.linspace(0, 2 * np.pi, count, endpoint=False))
    return poses


def turnings(model: CapsNet, card: Card, count: int) -> Floats:
    """For each capsule, directions in which turning its pose changes the picture most.

    They are the first right singular vectors of the decoder's Jacobian at the capsule's mean pose in training, within
    the plane at right angles to that pose: along it the pose would get longer or shorter and not turn.

    Args:
        model: the network.
        card: where the mean poses stand.
        count: how many directions, the strongest first; at most D - 1.

    Returns:
        Unit vectors at right angles to one another and to the mean pose, [J, count, D].
    """
    found = []
    for capsule, mean in enumerate(np.array(card.pose_mean, np.float32)):
        steps = np.eye(len(mean), dtype=np.float32) * JACOBIAN_STEP
        pictures = decode(model, capsule, np.concatenate([mean + steps, mean - steps]))
        higher, lower = pictures.reshape(2, len(mean), -1)
        along = mean / max(float(np.linalg.norm(mean)), 1e-6)
        across = np.eye(len(mean), dtype=np.float32) - np.outer(along, along)
        jacobian = across @ ((higher - lower) / (2 * JACOBIAN_STEP))  # [D, pixels]
        found.append(np.linalg.svd(jacobian, full_matrices=False)[0].T[:count])
    return np.stack(found).astype(np.float32)


def turned(pose: Floats, direction: Floats, degrees: Floats, lengths: Floats) -> Floats:
    """A pose turned in the plane that it spans with a direction, and brought to other lengths.

    Args:
        pose: not zero, [D].
        direction: not along the pose, [D].
        degrees: angles, [A].
        lengths: of the poses, [L].

    Returns:
        Every length at every angle, [A, L, D].
    """
    along = pose / np.linalg.norm(pose)
    across = direction - (direction @ along) * along
    across = across / np.linalg.norm(across)
    angles = np.radians(degrees)[:, None]
    units = np.cos(angles) * along + np.sin(angles) * across  # [A, D]
    poses: Floats = (units[:, None] * np.asarray(lengths)[:, None]).astype(np.float32)
    return poses
