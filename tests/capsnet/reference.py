"""Procedure 1 of Sabour et al. (2017) once more, in NumPy and loops, written from the paper and nothing else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Step(NamedTuple):
    """What one iteration over one picture's votes computed, named as in the package."""

    logits: Array  # [I, J]
    couplings: Array  # [I, J]
    sums: Array  # [J, D]
    poses: Array  # [J, D]
    agreements: Array  # [I, J]


def squash(s: Array) -> Array:
    """Equation 1, for one vector."""
    norm = float(np.sqrt(sum(x * x for x in s)))
    return np.zeros_like(s) if norm == 0 else norm**2 / (1 + norm**2) * s / norm


def softmax(b: Array) -> Array:
    """Equation 3, for the logits of one primary capsule."""
    powers: Array = np.exp(b)
    return powers / float(powers.sum())


def routing(u_hat: Array, r: int, beta: float = 1.0) -> list[Step]:
    """Routes the votes u_hat [I, J, D] of one picture for r iterations, with inverse temperature beta."""
    I, J, _ = u_hat.shape  # noqa: E741, N806 - the letters of the project
    b = np.zeros((I, J))
    steps = []
    for _ in range(r):
        c = np.stack([softmax(beta * b[i]) for i in range(I)])
        s = np.stack([sum((c[i, j] * u_hat[i, j] for i in range(I)), np.zeros(u_hat.shape[2])) for j in range(J)])
        v = np.stack([squash(s[j]) for j in range(J)])
        a = np.array([[u_hat[i, j] @ v[j] for j in range(J)] for i in range(I)])
        steps.append(Step(b.copy(), c, s, v, a))
        b += a
    return steps
