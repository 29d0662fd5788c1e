"""What routing did with one picture, iteration by iteration: pure functions on NumPy arrays."""

from __future__ import annotations

import numpy as np

from explorer.arrays import Floats
from explorer.measures.evidence import contributions
from explorer.reading import CapsuleReading

LEAST_COLOUR_LIMIT = 0.25
"""The colours of couplings never end nearer to an equal share than this, in log2: small changes must look small."""


def coupling_maps(reading: CapsuleReading) -> Floats:
    """How far the couplings of each place have moved from an equal share, in log2, [R, J, rows, columns].

    Weighed by what there is to vote with: log2(J * sum |u_hat| c / sum |u_hat|) over the channels of a place. 1 is
    twice an equal share, -1 half of one; 0 where there are no votes.
    """
    strengths = np.linalg.norm(reading.votes, axis=-1)  # |u_hat_j|i|  [I, J]
    weighted = _over_channels(strengths * reading.couplings, reading)  # [R, J, rows, columns]
    whole = _over_channels(strengths[None], reading)  # [1, J, rows, columns]
    shares = np.divide(weighted, whole, out=np.full_like(weighted, 1 / len(reading.classes)), where=whole > 0)
    maps: Floats = np.log2(len(reading.classes) * shares)
    return maps


def coupling_colour_limit(maps: Floats) -> float:
    """Where the colours of `coupling_maps` end on both sides: fitted to the reading, one for all iterations."""
    return max(LEAST_COLOUR_LIMIT, float(np.abs(maps).max()))


def answers(reading: CapsuleReading) -> list[int]:
    """The longest capsule after each iteration."""
    return [int(winner) for winner in reading.lengths.argmax(axis=-1)]


def most_moved(reading: CapsuleReading, capsule: int) -> int:
    """The primary capsule whose weighted vote for a digit changed most: |c_ij - 1 / J| |u_hat_j|i| is greatest."""
    moved = np.abs(reading.couplings[-1, :, capsule] - 1 / len(reading.classes))
    return int((moved * np.linalg.norm(reading.votes[:, capsule], axis=-1)).argmax())


def strongest_at(reading: CapsuleReading, capsule: int, row: int, column: int, iteration: int = -1) -> int:
    """The primary capsule that brings most of what a place brings to a digit, in the direction that the place does."""
    brought = contributions(reading, iteration)[:, capsule].reshape(reading.grid)[:, row, column]  # [channels]
    channel = int((brought if brought.sum() >= 0 else -brought).argmax())
    return int(np.ravel_multi_index((channel, row, column), reading.grid))


def _over_channels(values: Floats, reading: CapsuleReading) -> Floats:
    """Sums [R, I, J] over the channels, to [R, J, rows, columns]."""
    summed: Floats = values.reshape(len(values), *reading.grid, -1).sum(axis=1)
    return np.moveaxis(summed, -1, 1)
