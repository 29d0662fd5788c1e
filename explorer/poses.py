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


def draw(model: CapsNet, capsule: int, poses: Floats) -> Floats:
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
