"""Readings made by routing votes that a test makes up: 7 channels at 3 x 5 places, 11 classes."""

from __future__ import annotations

import numpy as np
import torch

from capsnet.routing import routing_steps
from explorer.arrays import Floats
from explorer.reading import CapsuleReading

GRID = (7, 3, 5)
CLASSES = tuple("abcdefghijk")
POSE = 6


def random_votes(seed: int = 3) -> Floats:
    """[I, J, D]: those for class c agree a little."""
    random = np.random.default_rng(seed)
    votes = random.normal(0, 0.3, (105, len(CLASSES), POSE))
    votes[:, 2, 0] += 0.15
    return votes.astype(np.float32)


def routed(votes: Floats, iterations: int = 4, inverse_temperature: float = 2.5) -> CapsuleReading:
    """What routing makes of votes; all but that is arbitrary."""
    steps = list(routing_steps(torch.tensor(votes)[None], iterations, inverse_temperature))
    poses = np.concatenate([step.poses.numpy() for step in steps])
    couplings = np.concatenate([step.couplings.numpy() for step in steps])
    random = np.random.default_rng(7)
    return CapsuleReading(
        classes=CLASSES,
        image=(random.integers(0, 256, (23, 23)) / 255).astype(np.float32),
        iterations=iterations,
        trained_iterations=4,
        inverse_temperature=inverse_temperature,
        features=np.zeros((2, 13, 13), np.float32),
        primary=np.zeros((105, 8), np.float32),
        votes=votes,
        logits=np.concatenate([step.logits.numpy() for step in steps]),
        couplings=couplings,
        agreements=np.concatenate([step.agreements.numpy() for step in steps]),
        sums=np.einsum("rij,ijd->rjd", couplings, votes),
        poses=poses,
        lengths=np.linalg.norm(poses, axis=-1),
        reconstructions=np.zeros((11, 23, 23), np.float32),
        grid=GRID,
        places=(4, 3),
        patch=9,
    )
