"""Answers about what training asks for: lengths by the margin loss, and poses that the decoder can draw from."""

from __future__ import annotations

from math import atan, degrees

import numpy as np
import torch

from capsnet.data import NOTHING
from capsnet.losses import ABSENT, PRESENT, margin_loss
from explorer.arrays import Floats
from explorer.lesson.answer import Answer, Given, chosen, common, numeric
from explorer.poses import PAPER, decode

NOTHING_TO_PAY = 0.001
LITTLE_TO_PAY = 0.05
"""Where "nothing" and "a little" end; the most that there is, all capsules wrong, is above 4."""


def loss(given: Given) -> Answer:
    """How large is the margin loss, if the digit is the one that is read?"""
    reading, (winner, rival) = given.reading, given.pair
    lengths = torch.tensor(reading.lengths[-1]).expand(2, -1)
    own, other = margin_loss(lengths, torch.tensor([winner, rival])).tolist()
    outcome = "none" if own < NOTHING_TO_PAY else "little" if own < LITTLE_TO_PAY else "much"
    values = common(given) | {"loss": own, "rival_loss": other, "present": PRESENT, "absent": ABSENT}
    return Answer(values, outcome, *chosen(("none", "little", "much"), outcome))


def missed(lengths: Floats) -> Floats:
    """What the digit that is there costs, by its capsule's length (paper, equation 4), [N]."""
    return _cost(lengths, 0)


def imagined(lengths: Floats) -> Floats:
    """What a digit that is not there costs, [N]."""
    return _cost(lengths, NOTHING)


def _cost(lengths: Floats, label: int) -> Floats:
    """The margin loss of N images of one class each, which is there or not."""
    cost: Floats = margin_loss(torch.tensor(lengths)[:, None], torch.full((len(lengths),), label)).numpy()
    return cost


def pose(given: Given) -> Answer:
    """Which of the pose's numbers slants the digit most?"""
    slants, inks = effects(given)
    slant, ink = (int(np.abs(changes).argmax()) for changes in (slants, inks))
    least = int(np.abs(slants).argmin())
    values = common(given) | {
        "turned": PAPER,
        "slanting": slant + 1,
        "angle": abs(float(slants[slant])),
        "thickening": ink + 1,
        "thicker": abs(float(inks[ink])),
    }
    options, right = numeric(slant + 1, {least + 1, ink + 1} if len(slants) > 1 else ())
    return Answer(values, "found", options, right)


def effects(given: Given) -> tuple[Floats, Floats]:
    """How much each number of the winner's pose changes the slant, in degrees, and the ink, as a share; both [D].

    Both are what is drawn at the number + `PAPER` less what is drawn at the number - `PAPER`.
    """
    own = given.reading.poses[-1, given.pair[0]]
    steps = PAPER * np.eye(len(own), dtype=np.float32)
    drawn = decode(given.model, given.pair[0], np.concatenate([own + steps, own - steps]))  # [2 D, H, W]
    slants = np.array([slant(picture) for picture in drawn], np.float32).reshape(2, -1)
    inks = drawn.sum(axis=(1, 2)).reshape(2, -1)
    mean = max(1e-6, float(inks.mean()))
    return slants[0] - slants[1], (inks[0] - inks[1]) / mean


def slant(picture: Floats) -> float:
    """How far a picture leans to the right, in degrees: the regression of columns on rows; 0 without ink."""
    rows, columns = np.indices(picture.shape)
    whole = float(picture.sum())
    if whole <= 0:
        return 0.0
    down = rows - (picture * rows).sum() / whole
    right = columns - (picture * columns).sum() / whole
    spread = float((picture * down * down).sum())
    return degrees(atan(-float((picture * down * right).sum()) / spread)) if spread > 0 else 0.0
