"""What an answer rests on: how many primary capsules moved, how many carry it, and whether it stands without one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.arrays import Floats
from explorer.measures.answer import two_longest
from explorer.measures.couplings import movement
from explorer.measures.evidence import contributions
from explorer.reading import CapsuleReading, lengths_without


@dataclass(frozen=True)
class Support:
    """What the length of the longest capsule rests on, after the last iteration."""

    moved: int
    """Primary capsules that moved a tenth of their output or more."""
    capsules: int
    """All primary capsules, I."""
    effective: float
    """Effective number of capsules behind the longest one, (sum e)^2 / sum e^2 over positive contributions e; 0 where
    there are none."""
    strongest: float
    """Share of |s| that the strongest contribution makes; above 1 where others cancel it, 0 where |s| is."""
    without: int
    """The longest digit capsule when the strongest primary capsule takes no part and all is routed again, index j."""
    length_without: float
    """Its length then, in [0, 1)."""


def support(reading: CapsuleReading) -> Support:
    """What the answer of a reading rests on; the same measures as `capsnet.agreement`'s, of one picture."""
    winner, _ = two_longest(reading)
    brought = contributions(reading)[:, winner]  # e [I]
    left = lengths_without(reading, int(brought.argmax()))  # [J]
    total = float(brought.sum())
    return Support(
        moved=movement(reading).count,
        capsules=len(brought),
        effective=effective_number(brought),
        strongest=float(brought.max()) / total if total > 0 else 0.0,
        without=int(left.argmax()),
        length_without=float(left.max()),
    )


def effective_number(contributions: Floats) -> float:
    """How many equal contributions the positive ones of [I] amount to: (sum e)^2 / sum e^2; 0 where none is."""
    positive = np.clip(contributions.astype(np.float64), 0, None)
    squares = float(np.square(positive).sum())
    return float(positive.sum()) ** 2 / squares if squares > 0 else 0.0
