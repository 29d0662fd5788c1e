"""Answers of the steps about votes: what they are, what a digit capsule makes of them, and what agreement is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from capsnet import CapsNet
from explorer.arrays import Doubles, Floats
from explorer.lesson.answer import Answer, Given, Option, chosen, common, numeric
from explorer.measures.evidence import contributions
from explorer.poses import decode
from explorer.reading import CapsuleReading

DRAWN_LENGTH = 0.9
"""How long votes are made before they are drawn: what training asks of a digit that is there."""
FLAT = 0.005
"""Agreements smaller than this are printed as 0."""
DIGITS = 2
"""Decimals of lengths that are offered."""


def votes(given: Given) -> Answer:
    """How many numbers were learned to make votes?"""
    reading = given.reading
    channels, rows, columns = reading.grid
    matrix = reading.poses.shape[-1] * reading.primary.shape[-1]
    classes, places = len(reading.classes), rows * columns
    options = [Option("digit", classes * matrix)]
    if places > 1:
        options.append(Option("kind", channels * classes * matrix))
    options.append(Option("pair", places * channels * classes * matrix))
    values = common(given) | {"matrix": matrix, "pairs": places * channels * classes, "channels": channels}
    return Answer(values, "pair", tuple(options), len(options) - 1)


def strongest(reading: CapsuleReading, capsule: int, count: int) -> list[int]:
    """The primary capsules that pull a digit capsule most, at most one of each place: i, the strongest first."""
    pulls = contributions(reading)[:, capsule].reshape(reading.grid[0], -1)  # [channels, places]
    places = np.argsort(-pulls.max(axis=0), kind="stable")[:count]
    return [int(pulls[:, place].argmax() * pulls.shape[1] + place) for place in places]


def drawn_votes(reading: CapsuleReading, model: CapsNet, capsule: int, parts: list[int]) -> Floats:
    """What the decoder draws of votes for a digit capsule, each made `DRAWN_LENGTH` long, [N, H, W]."""
    found = reading.votes[parts, capsule]  # [N, D]
    norms = np.linalg.norm(found, axis=-1, keepdims=True)
    directions = np.divide(found, norms, out=np.zeros_like(found), where=norms > 0)
    return decode(model, capsule, DRAWN_LENGTH * directions)


def patch(reading: CapsuleReading, primary: int) -> Floats:
    """What a primary capsule sees of the picture, [size, size]."""
    _, row, column = (int(part) for part in np.unravel_index(primary, reading.grid))
    (first, step), size = reading.places, reading.patch
    top, left = (first - size // 2 + step * place for place in (row, column))
    return reading.image[top : top + size, left : left + size]


def squashing(given: Given) -> Answer:
    """How long is the winner's capsule once the sum of its votes in the first iteration is squashed?"""
    reading, (winner, _) = given.reading, given.pair
    total = float(np.linalg.norm(reading.sums[0, winner]))
    right = round(float(reading.lengths[0, winner]), DIGITS)
    wrong: list[float] = []
    for other in (min(1.0, total), total / (1 + total), min(1.0, total) / 2, 0.5, 0.25):
        number = round(other, DIGITS)
        if number not in (right, *wrong):
            wrong.append(number)
    options, index = numeric(right, wrong[:2])
    values = common(given) | {
        "sum": total,
        "first": float(reading.lengths[0, winner]),
        "equal": 1 / len(reading.classes),
    }
    return Answer(values, "long" if total > 1 else "short", options, index)


class Agreement(NamedTuple):
    """A vote compared with what a digit capsule came to."""

    dot: float
    """a = u_hat . v."""
    degrees: float
    """The angle between both; 90 where one has no length."""


def agreement(reading: CapsuleReading, primary: int, capsule: int, iteration: int = 0) -> Agreement:
    """How a primary capsule's vote for a digit agrees with its output after an iteration, counted from 0."""
    vote, pose = reading.votes[primary, capsule], reading.poses[iteration, capsule]
    dot = float(reading.agreements[iteration, primary, capsule])
    both = float(np.linalg.norm(vote) * np.linalg.norm(pose))
    cosine = float(np.clip(dot / both, -1, 1)) if both > 0 else 0.0
    return Agreement(dot, float(np.degrees(np.arccos(cosine))))


def agreeing(given: Given) -> Answer:
    """Does the followed capsule's vote for the rival agree more, less, or not at all?"""
    reading, (winner, rival), i = given.reading, given.pair, given.followed
    own, other = agreement(reading, i, winner), agreement(reading, i, rival)
    outcome = "more" if other.dot > own.dot else "less"
    if other.dot < FLAT:
        outcome = "none" if other.dot > -FLAT else "against"
    after = _softmax(reading.inverse_temperature * reading.agreements[0, i].astype(np.float64))
    values = common(given) | {
        "degrees": own.degrees,
        "agreement": own.dot,
        "rival_degrees": other.degrees,
        "rival_agreement": other.dot,
        "equal": 1 / len(reading.classes),
        "after": float(after[winner]),
        "rival_after": float(after[rival]),
    }
    right = "none" if outcome == "against" else outcome
    return Answer(values, outcome, *chosen(("more", "less", "none"), right))


def _softmax(logits: Doubles) -> Doubles:
    powers = np.exp(logits - logits.max())
    shares: Doubles = powers / powers.sum()
    return shares
