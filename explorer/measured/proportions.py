"""How sure a share is, and a difference of two: intervals from counts alone."""

from __future__ import annotations

import math

Interval = tuple[float, float]
SURE = 2.5758
"""Standard deviations of a normal distribution within which 99% lie: of some ten amounts side by side, one seldom
differs by chance alone."""
USUAL = 1.96
"""The same for 95%."""


def wilson(right: int, count: int, z: float = USUAL) -> Interval:
    """Between which shares the true one lies (Wilson 1927).

    Args:
        right: of those counted.
        count: above 0.
        z: standard deviations.
    """
    share = right / count
    middle = (share + z**2 / (2 * count)) / (1 + z**2 / count)
    half = z / (1 + z**2 / count) * math.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(one: tuple[int, int], other: tuple[int, int], z: float = SURE) -> int:
    """Whether one share is larger (1) or smaller (-1) than another, or they differ no more than by chance (0).

    By Newcombe's interval of the difference (1998, method 10), as if of different pictures: of the same ones, as here,
    chance makes less of a difference, so that a real one may be missed, but seldom one found that is none.

    Args:
        one: how many of how many, such as (97, 100).
        other: the same.
        z: standard deviations.
    """
    shares = [right / count for right, count in (one, other)]
    (low, high), (other_low, other_high) = (wilson(*counts, z) for counts in (one, other))
    apart = shares[0] - shares[1]
    if apart - math.hypot(shares[0] - low, other_high - shares[1]) > 0:
        return 1
    return -1 if apart + math.hypot(high - shares[0], shares[1] - other_low) < 0 else 0
