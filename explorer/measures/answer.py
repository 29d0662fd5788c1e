"""What the network answers, and whether to believe it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from capsnet.card import DoubtThresholds
from explorer.arrays import Floats
from explorer.measures.pictures import misfit, misfits
from explorer.reading import Answers, CapsuleReading, Reading


class Doubt(Enum):
    """Why a reading should not be believed."""

    NONE = "none"
    SHORT = "short"
    CLOSE = "close"
    FAR = "far"
    UNTRAINED = "untrained"
    """Not weak, but made with other iterations than in training: how long a capsule should then be is not known."""


@dataclass(frozen=True)
class Verdict:
    """What the network says about a picture."""

    winner: int
    """Index of the class that scores highest; of a capsule network, of the longest capsule."""
    rival: int
    """Index of the second."""
    length: float
    """The winner's score."""
    rival_length: float
    doubt: Doubt


def verdict(reading: Reading, thresholds: DoubtThresholds) -> Verdict:
    """The reading after the last iteration, with a warning where it is weak.

    With other iterations than in training lengths mean something else (after one they are all short, after ten many
    are long that belong to no digit there), and the thresholds don't hold: two that are close are told apart as little
    as ever, and all else is doubted, too.
    """
    winner, rival = two_longest(reading)
    length, rival_length = (float(reading.scores[j]) for j in (winner, rival))
    return Verdict(winner, rival, length, rival_length, _doubt(reading, winner, rival, thresholds))


def _doubt(reading: Reading, winner: int, rival: int, thresholds: DoubtThresholds) -> Doubt:
    """Why a reading is weak; scores after other iterations than in training are told apart by their lead alone."""
    drawn = None
    if isinstance(reading, CapsuleReading):
        if reading.iterations != reading.trained_iterations:
            close = reading.scores[winner] - reading.scores[rival] < thresholds.lead
            return Doubt.CLOSE if close else Doubt.UNTRAINED
        drawn = misfit(reading, winner)
    return doubt_of(reading.scores, drawn, thresholds)


def doubt_of(scores: Floats, drawn_misfit: float | None, thresholds: DoubtThresholds) -> Doubt:
    """Why scores [J], made as in training, are weak.

    Args:
        scores: one number a class.
        drawn_misfit: of what the network draws of its answer, as `misfit`; None: it draws nothing.
        thresholds: the network's own.
    """
    rival, winner = np.sort(scores)[-2:]
    signs = {
        Doubt.SHORT: winner < thresholds.length,
        Doubt.CLOSE: winner - rival < thresholds.lead,
        Doubt.FAR: drawn_misfit is not None and drawn_misfit > thresholds.misfit,
    }
    return next((sign for sign, seen in signs.items() if seen), Doubt.NONE)


def doubts(answers: Answers, images: Floats, thresholds: DoubtThresholds) -> tuple[Doubt, ...]:
    """Why what a network says of each of B pictures [B, H, W] is weak, as `doubt_of`."""
    far = [None] * len(images) if answers.drawn is None else misfits(answers.drawn, images).tolist()
    return tuple(doubt_of(scores, one, thresholds) for scores, one in zip(answers.scores, far, strict=True))


def two_longest(reading: Reading) -> tuple[int, int]:
    """The class that scores highest, and the second; of a capsule network, the longest capsules at the end."""
    rival, winner = (int(j) for j in np.argsort(reading.scores, kind="stable")[-2:])
    return winner, rival


def looked_at(reading: CapsuleReading, focus: int | None, rival: int | None, meant: int | None) -> tuple[int, int]:
    """The capsule looked at and the one it is compared with, two different ones.

    Where nothing was chosen, these are the winner and its rival; where the digit was misread, the one read and the one
    meant.
    """
    winner, second = two_longest(reading)
    first = winner if focus is None else focus
    wishes = [rival, meant, second, winner]
    return first, next(wish for wish in wishes if wish is not None and wish != first)
