"""The whole matrix of couplings: in which order to show it, and how it sums."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from capsnet.agreement import MOVED_AT_LEAST
from explorer.arrays import Doubles, Floats, Indices
from explorer.reading import CapsuleReading


class Sorting(Enum):
    """Which primary capsules stand together."""

    PLACE = "place"
    """All channels of one place, place after place in reading order."""
    CHANNEL = "channel"
    """All places of one channel, as the network counts them."""
    MOVED = "moved"
    """Those that routing moved most come first."""


@dataclass(frozen=True)
class Block:
    """Rows of the sorted matrix that belong together, start inclusive, stop exclusive."""

    number: int
    """The row of the grid (by place) or the channel (by channel)."""
    start: int
    stop: int


def moved(reading: CapsuleReading) -> Floats:
    """The share of its output that each primary capsule has moved away from the equal share, [I].

    Half the sum over j of |c_ij - 1 / J| after the last iteration: from 0 (still even) to 1 - 1 / J (all to one digit).
    Unlike the largest |log2(J c_ij)|, it is not led by couplings that were tiny and became tinier.
    """
    couplings = reading.couplings[-1]
    shares: Floats = np.abs(couplings - 1 / couplings.shape[-1]).sum(axis=-1) / 2
    return shares


@dataclass(frozen=True)
class Movement:
    """What routing moved at all, after the last iteration."""

    count: int
    """Primary capsules that moved a tenth of their output or more."""
    primary: int
    """The one that moved most, as an index i."""
    capsule: int
    """The digit it gives most to."""
    share: float
    """The coupling between them."""


def movement(reading: CapsuleReading) -> Movement:
    """How many primary capsules moved, and which one most."""
    shares = moved(reading)
    primary = int(shares.argmax())
    couplings = reading.couplings[-1, primary]
    return Movement(int((shares >= MOVED_AT_LEAST).sum()), primary, int(couplings.argmax()), float(couplings.max()))


def sorted_capsules(reading: CapsuleReading, sorting: Sorting) -> Indices:
    """The index i of the primary capsule in each row of the matrix, [I]; the same at every iteration."""
    numbers = np.arange(len(reading.primary))
    if sorting is Sorting.PLACE:
        return numbers.reshape(reading.grid).transpose(1, 2, 0).ravel()
    if sorting is Sorting.MOVED:
        return np.argsort(-moved(reading), kind="stable")
    return numbers


def blocks(reading: CapsuleReading, sorting: Sorting) -> tuple[Block, ...]:
    """What the rows of the sorted matrix divide into: channels, or rows of the grid; none where the order has none."""
    counts = {Sorting.CHANNEL: reading.grid[0], Sorting.PLACE: reading.grid[1], Sorting.MOVED: 0}
    count = counts[sorting]
    size = len(reading.primary) // max(count, 1)
    return tuple(Block(number, number * size, (number + 1) * size) for number in range(count))


def matrix_colour_limit(reading: CapsuleReading, least: float) -> float:
    """Where the colours of the matrix end on both sides, in log2, one for all iterations: from `least` to log2 J.

    All but the 500th part of the last couplings, those that moved furthest, lie within; none can lie above log2 J.
    """
    highest = float(np.log2(len(reading.classes)))
    distances = np.abs(np.log2(reading.couplings[-1].clip(np.finfo(np.float32).tiny)) + highest)
    return min(max(least, float(np.quantile(distances, 0.998))), highest)


@dataclass(frozen=True)
class CouplingSums:
    """What the couplings sum to: 1 along a row (a primary capsule), anything down a column (a digit)."""

    row: Floats
    """The couplings of one primary capsule, [J]; they sum to 1."""
    columns: Floats
    """The sum over all primary capsules for each digit, [J]; all together I."""


def coupling_sums(reading: CapsuleReading, primary: int, iteration: int = -1) -> CouplingSums:
    """The couplings of primary capsule i, and the sums of the columns."""
    couplings = reading.couplings[iteration]
    return CouplingSums(couplings[primary], couplings.sum(axis=0))


def rounded_shares(shares: Floats, digits: int) -> Doubles:
    """Shares that sum to 1, [J], each rounded up or down so that they do so with this many digits, too."""
    whole = shares.astype(np.float64) * 10**digits
    rounded: Doubles = np.floor(whole)
    up = np.argsort(rounded - whole, kind="stable")[: max(0, round(10**digits - rounded.sum()))]
    rounded[up] += 1
    rounded /= 10**digits
    return rounded
