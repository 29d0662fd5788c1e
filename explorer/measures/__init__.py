"""What is derived from a reading, and nothing that draws: pure functions on NumPy arrays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from explorer.reading import DigitReading, Floats

PRESENT, ABSENT = 0.9, 0.1
"""The lengths that the margin loss asks of the right capsule and of all others (paper, section 3)."""
SHORT = 0.65
"""No capsule longer than this: the network sees no digit."""
CLOSE = 0.2
"""The two longest capsules differ by less than this: the network can't decide."""
FAR = 0.45
"""A misfit above this: the network would draw it quite differently. What the three thresholds reject of digits and
leave of other drawings is in checkpoints/README.md (`python -m tools.experiments.doubt`)."""


class Doubt(Enum):
    """Why a reading should not be believed."""

    NONE = "none"
    SHORT = "short"
    CLOSE = "close"
    FAR = "far"


@dataclass(frozen=True)
class Verdict:
    """What the network says about a picture."""

    winner: int
    """Index of the longest capsule."""
    rival: int
    """Index of the second longest."""
    length: float
    rival_length: float
    doubt: Doubt


def verdict(reading: DigitReading) -> Verdict:
    """The reading after the last iteration, with a warning where it is weak.

    With other iterations than in training lengths mean something else (after one they are all short, after ten nearly
    all long), and no doubt is raised.
    """
    final = reading.lengths[-1]
    rival, winner = (int(j) for j in np.argsort(final, kind="stable")[-2:])
    length, rival_length = float(final[winner]), float(final[rival])
    signs = {
        Doubt.SHORT: length < SHORT,
        Doubt.CLOSE: length - rival_length < CLOSE,
        Doubt.FAR: misfit(reading, winner) > FAR,
    }
    as_trained = reading.iterations == reading.trained_iterations
    doubt = next((sign for sign, seen in signs.items() if seen and as_trained), Doubt.NONE)
    return Verdict(winner, rival, length, rival_length, doubt)


def looked_at(reading: DigitReading, focus: int | None, rival: int | None, meant: int | None) -> tuple[int, int]:
    """The capsule looked at and the one it is compared with, two different ones.

    Where nothing was chosen, these are the winner and its rival; where the digit was misread, the one read and the one
    meant.
    """
    result = verdict(reading)
    first = result.winner if focus is None else focus
    wishes = [rival, meant, result.rival, result.winner]
    return first, next(wish for wish in wishes if wish is not None and wish != first)


def primary_lengths(reading: DigitReading) -> Floats:
    """How strongly each primary capsule sees its entity: lengths |u_i| in [0, 1), [channels, rows, columns]."""
    lengths: Floats = np.linalg.norm(reading.primary, axis=-1).reshape(reading.grid)
    return lengths


def evidence(reading: DigitReading, iteration: int = -1) -> Floats:
    """What each place says for (positive) or against each digit, [J, rows, columns].

    The sum over channels of c_ij (u_hat_j|i . v_j / |v_j|); over all places it is exactly |s_j|, and 0 where |s_j| is.
    """
    poses = reading.poses[iteration]  # v_j [J, D]
    norms = np.linalg.norm(poses, axis=-1, keepdims=True)
    directions = np.divide(poses, norms, out=np.zeros_like(poses), where=norms > 0)  # [J, D]
    along = np.einsum("ijd,jd->ij", reading.votes, directions)  # [I, J]
    per_capsule = reading.couplings[iteration] * along  # [I, J]
    places: Floats = per_capsule.T.reshape(-1, *reading.grid).sum(axis=1)
    return places


def strongest(maps: Floats) -> int:
    """The map with the largest sum, of [N, height, width]."""
    return int(maps.sum(axis=(1, 2)).argmax())


def reconstruction_error(reading: DigitReading, capsule: int) -> float:
    """Sum of squared differences between the picture and what one capsule draws."""
    return float(np.square(reading.reconstructions[capsule] - reading.image).sum())


def misfit(reading: DigitReading, capsule: int) -> float:
    """The same as a share of the squared ink: 0 is the picture itself, 1 as far from it as an empty one."""
    return reconstruction_error(reading, capsule) / max(float(np.square(reading.image).sum()), 1.0)
