"""The story of one primary capsule: what it sees, what it votes, and how its coupling moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.arrays import Floats
from explorer.reading import CapsuleReading


@dataclass(frozen=True)
class CapsuleStory:
    """One primary capsule i in one iteration, for all digits."""

    index: int
    channel: int
    row: int
    column: int
    pose: Floats
    """u_i, [P]."""
    vote_lengths: Floats
    """|u_hat_j|i|, [J]."""
    logits: Floats
    """b_ij on entering the iteration, [J]."""
    couplings: Floats
    """c_ij, summing to 1, [J]."""
    agreements: Floats
    """a_ij, [J]."""
    next_logits: Floats
    """b_ij + a_ij, [J]: what the next iteration would begin with."""
    next_couplings: Floats | None
    """c_ij of the next iteration, [J]; None: this was the last one."""


def capsule_story(reading: CapsuleReading, index: int, iteration: int) -> CapsuleStory:
    """What happens to primary capsule `index` in an iteration, from 0.

    Raises:
        IndexError: there is no such capsule or iteration.
    """
    channel, row, column = (int(part) for part in np.unravel_index(index, reading.grid))
    logits, agreements = reading.logits[iteration, index], reading.agreements[iteration, index]
    return CapsuleStory(
        index,
        channel,
        row,
        column,
        reading.primary[index],
        np.linalg.norm(reading.votes[index], axis=-1),
        logits,
        reading.couplings[iteration, index],
        agreements,
        logits + agreements,
        reading.couplings[iteration + 1, index] if iteration + 1 < reading.iterations else None,
    )
