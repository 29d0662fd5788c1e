"""What measurements say, in sentences: who leads and where, or that there is no difference beyond chance. Pure.

Only numbers decide which sentence is said; none of them is written for a certain outcome.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from explorer.measured import Count, FewDigits, Fit, difference
from explorer.measured.proportions import SURE
from explorer.text import Say
from explorer.views.compare.sentences import amount, listed

PAIRS = (("capsules", "cnn"), ("capsules", "capsules_once"), ("gated", "cnn"))
"""What is compared in words: networks of like size, by what they are."""
AS = {"shift": "right"}
"""Changes whose amounts are written as another's."""


class Shares(NamedTuple):
    """How often something was so for a network, at each amount."""

    name: str
    counts: Mapping[float | str, tuple[int, int]]
    """How many of how many."""


class Lead(NamedTuple):
    """Where one network's share is larger than another's."""

    where: tuple[tuple[float | str, ...], ...]
    """Amounts, in runs of those that follow one another."""
    most: float | str
    """Where it is larger by most."""
    share: float
    other: float
    """The shares there."""


def share_of(row: Count, count: int, of: str) -> tuple[int, int]:
    """How many pictures, of how many, were "right", "doubted", "sure" (wrong, not doubted), "fooled" (right, not)."""
    wanted = {
        "right": row.right,
        "doubted": row.doubted,
        "sure": count - row.right - row.doubted + row.right_doubted,
        "fooled": row.right - row.right_doubted,
    }
    return wanted[of], count


def pairs(kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of those that are compared among networks of these kinds; a large one for a small one missing."""
    first = {kind: kinds.index(kind) for kind in kinds}
    if "capsules" not in first and "capsules_full" in first:
        first["capsules"] = first["capsules_full"]
    return [(first[one], first[other]) for one, other in PAIRS if one in first and other in first]


def leads(one: Shares, other: Shares) -> tuple[Lead | None, Lead | None]:
    """Where the first leads beyond chance, and where the other does; None: nowhere."""
    amounts = [amount for amount in one.counts if amount in other.counts]
    signs = {amount: difference(one.counts[amount], other.counts[amount]) for amount in amounts}
    return _lead(one, other, signs, 1), _lead(other, one, {amount: -sign for amount, sign in signs.items()}, 1)


def _lead(one: Shares, other: Shares, signs: Mapping[float | str, int], wanted: int) -> Lead | None:
    runs: list[list[float | str]] = [[]]
    for at, sign in signs.items():
        if sign == wanted:
            runs[-1].append(at)
        elif runs[-1]:
            runs.append([])
    found = tuple(tuple(run) for run in runs if run)
    if not found:
        return None
    most = max((at for run in found for at in run), key=lambda at: _share(one, at) - _share(other, at))
    return Lead(found, most, _share(one, most), _share(other, most))


def _share(of: Shares, at: float | str) -> float:
    some, count = of.counts[at]
    return some / count


def written(say: Say, kind: str, value: float | str) -> str:
    """An amount, or the name of an arrangement of quarters, in words."""
    if isinstance(value, str):
        return say(f"compare.parts_{value}")
    return amount(say, AS.get(kind, kind), value)


def compared(say: Say, kind: str, of: str, one: Shares, other: Shares) -> str:
    """Who leads where, in one paragraph."""
    found = leads(one, other)
    if found == (None, None):
        return say("measured.equal", first=one.name, other=other.name)
    said = []
    for lead, (first, second) in zip(found, ((one, other), (other, one)), strict=True):
        if lead:
            ranges = [_range(say, kind, run) for run in lead.where]
            said.append(
                say(
                    f"measured.more_{'called' if (kind, of) == ('quarters', 'right') else of}",
                    first=first.name,
                    other=second.name,
                    where=listed(say, ranges),
                    points=100 * (lead.share - lead.other),
                    share=lead.share,
                    other_share=lead.other,
                    at=written(say, kind, lead.most),
                )
            )
    led = sum(len(run) for lead in found if lead for run in lead.where)
    if led < len([at for at in one.counts if at in other.counts]):
        said.append(say("measured.elsewhere"))
    return _joined(say, said)


def _joined(say: Say, sentences: Sequence[str]) -> str:
    return reduce(lambda text, following: say("language.joined", text=text, following=following), sentences)


def _range(say: Say, kind: str, run: Sequence[float | str]) -> str:
    if len(run) == 1:
        return written(say, kind, run[0])
    if isinstance(run[0], str):
        return listed(say, [written(say, kind, at) for at in run])
    return say("measured.range", low=written(say, kind, run[0]), high=written(say, kind, run[-1]))


def few_shares(runs: Sequence[FewDigits], learner: str) -> dict[int, dict[int, tuple[int, int]]]:
    """By number of digits and by seed, how many test digits were read rightly of how many."""
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for run in sorted(runs, key=lambda run: run.digits):
        if run.learner == learner:
            found.setdefault(run.digits, {})[run.seed] = (run.right, run.count)
    return found


def few_compared(say: Say, runs: Sequence[FewDigits], one: tuple[str, str], other: tuple[str, str]) -> str:
    """Who learns more from few digits; only a lead with every seed counts, since seeds differ by more than chance.

    Args:
        say: words.
        runs: all that there are.
        one: a learner, and its name.
        other: another.
    """
    mine, others = few_shares(runs, one[0]), few_shares(runs, other[0])
    said, sizes = [], [size for size in mine if size in others and mine[size].keys() & others[size].keys()]
    for (learned, name), (beaten, beaten_name) in (
        ((mine, one[1]), (others, other[1])),
        ((others, other[1]), (mine, one[1])),
    ):
        ahead = {size: lead for size in sizes if (lead := _ahead(learned[size], beaten[size])) is not None}
        if ahead:
            most = max(ahead, key=lambda size: ahead[size][0] - ahead[size][1])
            digits = listed(say, [f"{size:,}" for size in ahead])
            shares = {"share": 100 * ahead[most][0], "other_share": 100 * ahead[most][1]}
            said.append(
                say("measured.few_more", first=name, other=beaten_name, digits=digits, most=f"{most:,}", **shares)
            )
    if not sizes:
        return ""
    return _joined(say, said) if said else say("measured.few_equal", first=one[1], other=other[1])


def _ahead(mine: Mapping[int, tuple[int, int]], others: Mapping[int, tuple[int, int]]) -> tuple[float, float] | None:
    """Mean shares of two learners where the first is ahead with each seed of both, and beyond chance over all."""
    seeds = sorted(mine.keys() & others.keys())
    shares = [[found[seed][0] / found[seed][1] for seed in seeds] for found in (mine, others)]
    sums = [tuple(map(sum, zip(*(found[seed] for seed in seeds), strict=True))) for found in (mine, others)]
    (right, count), (other_right, other_count) = sums
    if not all(one > other for one, other in zip(*shares, strict=True)):
        return None
    if difference((right, count), (other_right, other_count)) <= 0:
        return None
    return sum(shares[0]) / len(seeds), sum(shares[1]) / len(seeds)


def angle_compared(say: Say, one: tuple[str, Fit], other: tuple[str, Fit]) -> str:
    """From which of two the angle is told better, if from any."""
    (first, fit), (second, other_fit) = sorted((one, other), key=lambda named: named[1].error)
    values = {"first": first, "other": second, "error": fit.error, "other_error": other_fit.error}
    beyond = other_fit.error - fit.error > SURE * math.hypot(fit.standard_error, other_fit.standard_error)
    return say("measured.angle_better" if beyond else "measured.angle_equal", **values)


def smoothest(say: Say, rough: Mapping[str, float]) -> str:
    """Whose numbers go most evenly while a digit turns, and whose least."""
    most, least = min(rough, key=lambda name: rough[name]), max(rough, key=lambda name: rough[name])
    if rough[most] == rough[least]:
        return ""
    return say("measured.smoothest", first=most, rough=rough[most], last=least, roughest=rough[least])


def costliest(say: Say, milliseconds: Mapping[str, float]) -> str:
    """Who reads a picture fastest and who slowest, of some."""
    fast, slow = (choose(milliseconds, key=lambda name: milliseconds[name]) for choose in (min, max))
    factor = milliseconds[slow] / milliseconds[fast]
    if factor < 1.1:
        return say("measured.cost_equal")
    return say("measured.cost_differs", slow=slow, fast=fast, factor=factor)
