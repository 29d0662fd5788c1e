"""How all votes pull at each digit capsule: steps that, laid end to end, reach exactly |s|.

The pull of primary capsule i on digit j is what it brings along the capsule's output,
e_ij = c_ij u_hat_j|i . v_j / |v_j|, as in `measures.evidence`. Positive pulls are forward, negative ones back.
"""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import numpy as np

from explorer.arrays import Floats, Indices
from explorer.measures.answer import two_longest
from explorer.measures.couplings import movement
from explorer.measures.evidence import contributions
from explorer.measures.over_iterations import answers
from explorer.measures.plane import vote_plane
from explorer.reading import CapsuleReading


class Sums(NamedTuple):
    """What all pulls on each digit add up to: |s_j| = forward - back."""

    forward: Floats
    """The sum of the positive ones, [R, J]."""
    back: Floats
    """The size of the sum of the negative ones, [R, J]."""


def pulls(reading: CapsuleReading) -> Floats:
    """e_ij after each iteration, [R, I, J]; 0 where |v_j| is."""
    return np.stack([contributions(reading, step) for step in range(reading.iterations)])


def sums(pulled: Floats) -> Sums:
    """Forward and back, of `pulls`."""
    return Sums(pulled.clip(min=0).sum(axis=1), -pulled.clip(max=0).sum(axis=1))


def half(pulled: Floats) -> int:
    """The fewest primary capsules whose forward pulls, of [I], make half of all of them; 0 where there are none."""
    forward = np.sort(pulled.clip(min=0).astype(np.float64))[::-1]
    if not forward.any():
        return 0
    return int(np.searchsorted(forward.cumsum(), forward.sum() / 2)) + 1


def step_order(pulled: Floats) -> Indices:
    """In which order steps are laid for each digit, [J, I]: by `pulls` of the last iteration, the same in all.

    Those that pull forward come first, the strongest of all first; then those that pull back, the strongest last.
    """
    return np.argsort(-pulled[-1].T, axis=-1, kind="stable")


def across(reading: CapsuleReading) -> Floats:
    """The part of each vote across the capsule's output, where the votes for it vary most, [I, J].

    It is the second coordinate of a step; those of one digit need not sum to anything.
    """
    return np.stack([vote_plane(reading, j).votes[:, 1] for j in range(len(reading.classes))], axis=-1)


def strengths(reading: CapsuleReading) -> Floats:
    """How long all votes of each primary capsule are together, sum over j of |u_hat_j|i|, [I]."""
    lengths: Floats = np.linalg.norm(reading.votes, axis=-1).sum(axis=-1)
    return lengths


def shares(reading: CapsuleReading) -> Floats:
    """What share of all that a place says goes to each digit, [R, J, rows, columns]; over the digits they sum to 1.

    The mean of its channels' couplings, each as heavy as its votes are long; 1 / J where there are no votes.
    """
    channels, rows, columns = reading.grid
    weights = strengths(reading).reshape(channels, rows, columns)
    couplings = reading.couplings.reshape(reading.iterations, channels, rows, columns, -1)
    given = np.einsum("cyx,rcyxj->rjyx", weights, couplings)
    whole = weights.sum(axis=0)
    found: Floats = np.divide(given, whole, out=np.full_like(given, 1 / len(reading.classes)), where=whole > 0)
    return found


class RaceFacts(NamedTuple):
    """What there is to say of a race."""

    winner: int
    """The longest digit capsule at the end, index j."""
    half: int
    """The fewest primary capsules that make half of the forward pull on it."""
    moved: int
    """Primary capsules that moved a tenth of their output or more."""
    path: tuple[int, ...]
    """The answers, without repeats that follow one another; the winner comes last."""
    overtakes: int
    """The iteration, from 1, after which the winner is ahead for good."""


def race_facts(reading: CapsuleReading) -> RaceFacts:
    """How the race went."""
    winner, _ = two_longest(reading)
    found = answers(reading)
    runs = [(answer, len(list(run))) for answer, run in groupby(found)]
    return RaceFacts(
        winner,
        half(contributions(reading)[:, winner]),
        movement(reading).count,
        tuple(answer for answer, _ in runs),
        reading.iterations - runs[-1][1] + 1,
    )
