"""What each annotated line gives for the digit at hand: pure functions from a reading to numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from capsnet.losses import ABSENT, ABSENT_WEIGHT, LONGEST_VOTE, PRESENT, RECONSTRUCTION_WEIGHT
from explorer.arrays import Floats
from explorer.reading import CapsuleReading


class Looked(NamedTuple):
    """What is looked at of a reading."""

    iteration: int
    """From 0."""
    digit: int
    """Index j of the digit capsule."""
    rival: int
    """Of the one that it is compared with."""
    primary: int
    """Index i of the primary capsule that is followed."""


class Live(NamedTuple):
    """The numbers of one line."""

    values: tuple[dict[str, float | int | str], ...]
    """By the placeholders of the line's words: first of the digit, then of its rival; or one, of neither."""
    bars: Floats
    """The line's numbers as bars: of all digits, [J], or of a pose, [P] or [D]; none: []."""
    pose: bool = False
    """Whether the bars are a pose's numbers."""


Numbers = Callable[[CapsuleReading, Looked], Live]
NO_BARS = np.empty(0, np.float32)


def _each(look: Looked, **arrays: Floats) -> tuple[dict[str, float | int | str], ...]:
    """Numbers [J] by name, of the digit and of its rival."""
    return tuple({name: float(values[j]) for name, values in arrays.items()} for j in (look.digit, look.rival))


def squashed(lengths: Floats) -> Floats:
    """The length that squash gives to vectors of these lengths (equation 1)."""
    result: Floats = lengths**2 / (1 + lengths**2)
    return result


def start(reading: CapsuleReading, _look: Looked) -> Live:
    """All logits are 0."""
    capsules, classes = reading.logits.shape[1:]
    return Live(({"count": capsules * classes, "share": 1 / classes},), np.zeros(classes, np.float32))


def repeat(reading: CapsuleReading, look: Looked) -> Live:
    """Which iteration it is."""
    return Live(({"iteration": look.iteration + 1, "iterations": reading.iterations},), NO_BARS)


def couplings(reading: CapsuleReading, look: Looked) -> Live:
    """b_ij and c_ij of the primary capsule followed."""
    logits, shares = (values[look.iteration, look.primary] for values in (reading.logits, reading.couplings))
    return Live(_each(look, logit=reading.inverse_temperature * logits, share=100 * shares), shares)


def sums(reading: CapsuleReading, look: Looked) -> Live:
    """|s_j|, and how much of all couplings went into it."""
    found = np.linalg.norm(reading.sums[look.iteration], axis=-1)
    return Live(_each(look, length=found, shares=reading.couplings[look.iteration].sum(axis=0)), found)


def poses(reading: CapsuleReading, look: Looked) -> Live:
    """|s_j| and |v_j|."""
    before, after = np.linalg.norm(reading.sums[look.iteration], axis=-1), reading.lengths[look.iteration]
    return Live(_each(look, sum=before, length=after), after)


def sum_lengths(reading: CapsuleReading, look: Looked) -> Live:
    """|s_j|."""
    found = np.linalg.norm(reading.sums[look.iteration], axis=-1)
    return Live(_each(look, length=found), found)


def agreements(reading: CapsuleReading, look: Looked) -> Live:
    """The vote's length, |v_j| and a_ij of the primary capsule followed."""
    votes = np.linalg.norm(reading.votes[look.primary], axis=-1)
    found = reading.agreements[look.iteration, look.primary]
    return Live(_each(look, vote=votes, pose=reading.lengths[look.iteration], agreement=found), found)


def update(reading: CapsuleReading, look: Looked) -> Live:
    """b_ij before and after, and what is added."""
    before, added = (values[look.iteration, look.primary] for values in (reading.logits, reading.agreements))
    return Live(_each(look, before=before, agreement=added, after=before + added), before + added)


def maps(reading: CapsuleReading, _look: Looked) -> Live:
    """How many maps there are, how large, and what one place sees."""
    channels, rows, columns = reading.grid
    maps = channels * reading.primary.shape[-1]
    return Live(({"maps": maps, "rows": rows, "columns": columns, "patch": reading.patch},), NO_BARS)


def capsules(reading: CapsuleReading, _look: Looked) -> Live:
    """How channels become capsules."""
    channels, rows, columns = reading.grid
    numbers = reading.primary.shape[-1]
    return Live(
        ({"channels": channels, "numbers": numbers, "places": rows * columns, "capsules": len(reading.primary)},),
        NO_BARS,
    )


def primary(reading: CapsuleReading, look: Looked) -> Live:
    """The pose of the primary capsule followed, and its length."""
    pose = reading.primary[look.primary]
    return Live(({"length": float(np.linalg.norm(pose)), "numbers": len(pose)},), pose, pose=True)


def matrices(reading: CapsuleReading, _look: Looked) -> Live:
    """How many matrices there are, and how many numbers in them."""
    capsules, classes, pose = reading.votes.shape
    size = reading.primary.shape[-1]
    pairs = capsules * classes
    return Live(({"pairs": pairs, "rows": pose, "columns": size, "numbers": pairs * pose * size},), NO_BARS)


def votes(reading: CapsuleReading, look: Looked) -> Live:
    """|u_i| and the lengths of its votes."""
    found = np.linalg.norm(reading.votes[look.primary], axis=-1)
    own = np.full(len(found), np.linalg.norm(reading.primary[look.primary]))
    return Live(_each(look, own=own, vote=found), found)


def presence(reading: CapsuleReading, look: Looked) -> Live:
    """|v_j| at the end."""
    return Live(_each(look, length=reading.scores), reading.scores)


def chosen(reading: CapsuleReading, _look: Looked) -> Live:
    """The longest."""
    winner = int(reading.scores.argmax())
    return Live(({"name": reading.classes[winner], "length": float(reading.scores[winner])},), reading.scores)


def masked(reading: CapsuleReading, look: Looked) -> Live:
    """How many numbers stay."""
    classes, pose = reading.poses.shape[1:]
    values = {"name": reading.classes[look.digit], "kept": pose, "zero": (classes - 1) * pose}
    return Live((values,), reading.poses[-1, look.digit], pose=True)


def pixels(reading: CapsuleReading, look: Looked) -> Live:
    """How much ink each capsule draws, beside the input's."""
    drawn = reading.reconstructions.sum(axis=(1, 2))
    return Live(_each(look, drawn=drawn, given=np.full(len(drawn), reading.image.sum())), drawn)


def _missed(reading: CapsuleReading) -> Floats:
    """What each capsule costs as the one that is present, [J]."""
    cost: Floats = np.maximum(0, PRESENT - reading.scores) ** 2
    return cost


def _imagined(reading: CapsuleReading) -> Floats:
    """What each capsule costs as one that is absent, [J]."""
    cost: Floats = ABSENT_WEIGHT * np.maximum(0, reading.scores - ABSENT) ** 2
    return cost


def margins(reading: CapsuleReading) -> Floats:
    """The margin loss if the digit were each of the classes, [J] (equation 4)."""
    imagined = _imagined(reading)
    cost: Floats = _missed(reading) + imagined.sum() - imagined
    return cost


def errors(reading: CapsuleReading) -> Floats:
    """The sum of squared differences between what each capsule draws and the input, [J]."""
    found: Floats = ((reading.reconstructions - reading.image) ** 2).sum(axis=(1, 2))
    return found


def missed(reading: CapsuleReading, look: Looked) -> Live:
    """Term of the class that is present."""
    return Live(
        _each(look, length=reading.scores, loss=_missed(reading), margin=_like(reading, PRESENT)), _missed(reading)
    )


def imagined(reading: CapsuleReading, look: Looked) -> Live:
    """Term of a class that is absent."""
    found = _imagined(reading)
    return Live(_each(look, length=reading.scores, loss=found, margin=_like(reading, ABSENT)), found)


def margin(reading: CapsuleReading, look: Looked) -> Live:
    """The whole margin loss, were the digit this class."""
    return Live(_each(look, loss=margins(reading)), margins(reading))


def reconstruction(reading: CapsuleReading, look: Looked) -> Live:
    """The sum of squared differences."""
    return Live(_each(look, error=errors(reading)), errors(reading))


def weighted(reading: CapsuleReading, look: Looked) -> Live:
    """Both terms together."""
    margin, reconstruction = margins(reading), RECONSTRUCTION_WEIGHT * errors(reading)
    loss = margin + reconstruction
    return Live(_each(look, margin=margin, reconstruction=reconstruction, loss=loss), loss)


def gathered(reading: CapsuleReading, look: Looked) -> Live:
    """The agreement loss, were the digit this class."""
    weights = np.linalg.norm(reading.primary, axis=-1)
    costs = -np.log(np.maximum(reading.couplings[-1], 1e-9)) / np.log(len(reading.classes))
    found = weights @ costs / max(weights.sum(), 1e-6)
    return Live(_each(look, loss=found), found)


def long(reading: CapsuleReading, _look: Looked) -> Live:
    """How many votes are longer than 1, and what they cost."""
    beyond = np.maximum(0, np.linalg.norm(reading.votes, axis=-1) - LONGEST_VOTE)
    values = {"count": int((beyond > 0).sum()), "all": beyond.size, "loss": float((beyond**2).sum())}
    return Live((values,), (beyond**2).sum(axis=0))


def _like(reading: CapsuleReading, value: float) -> Floats:
    return np.full(len(reading.classes), value)
