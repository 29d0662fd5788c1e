"""Answers of the first steps: what a capsule is, and of what the network is made."""

from __future__ import annotations

import numpy as np
import torch

from capsnet import CapsNet
from capsnet.routing import lengths, routing_steps
from explorer.arrays import Floats
from explorer.lesson.answer import PRESENT, Answer, Given, chosen, common
from explorer.poses import decode
from explorer.reading import CapsuleReading

SHORTENED = 1 / 3
"""How long the pose is that the second step has drawn, as a share of its own length."""
ALIKE = 0.8
"""Two reconstructions from which on `alike` counts as the same digit, written the same way."""
FAINT = 0.25
"""Less ink than this share is next to nothing."""
INK = 0.1
"""Pixels brighter than this are ink."""
FEW, MOST = 0.3, 0.7
"""Shares of all capsules that end "a few" and begin "nearly all"."""


def pooling(given: Given) -> Answer:
    """Is the digit still read when the halves of all filters' maps are exchanged, which max pooling can't tell?"""
    reading, (winner, _) = given.reading, given.pair
    found = exchanged_lengths(reading, given.model)
    longest = int(found.argmax())
    outcome = "same" if longest == winner else "other"
    if found[longest] <= PRESENT:
        outcome = "none"
    values = common(given) | {
        "filters": len(reading.features),
        "other": reading.classes[longest],
        "other_length": float(found[longest]),
        "name_length": float(found[winner]),
    }
    return Answer(values, outcome, *chosen(("same", "other", "none"), outcome))


def exchanged_lengths(reading: CapsuleReading, model: CapsNet) -> Floats:
    """Lengths [J] of the digit capsules when the upper and lower half of all filters' maps are exchanged."""
    features = torch.tensor(halves_exchanged(reading.features))[None]  # [1, 256, 20, 20]
    with torch.no_grad():
        votes = model.digit_capsules(model.primary_capsules(features))  # [1, I, J, D]
        *_, last = routing_steps(votes, reading.iterations, reading.inverse_temperature)
        found: Floats = lengths(last.poses)[0].numpy()
    return found


def halves_exchanged(maps: Floats) -> Floats:
    """The upper and the lower half of maps [..., rows, columns] exchanged; of an odd number, a row less goes up."""
    rolled: Floats = np.roll(maps, maps.shape[-2] // 2, axis=-2)
    return rolled


def picture_exchanged(reading: CapsuleReading) -> Floats:
    """The same of the picture: of those rows that are in the middle of what a filter sees, [H, W]."""
    margin = (reading.image.shape[0] - reading.features.shape[1]) // 2
    picture = reading.image.copy()
    inside = slice(margin, margin + reading.features.shape[1])
    picture[inside] = halves_exchanged(reading.image[inside])
    return picture


def vector(given: Given) -> Answer:
    """What does the decoder draw of the winner's arrow when only its length changes?"""
    reading, model, (winner, _) = given.reading, given.model, given.pair
    pose = reading.poses[-1, winner]
    own, short = decode(model, winner, np.stack([pose, SHORTENED * pose]))
    outcome = "same" if alike(own, short) >= ALIKE else "other"
    if short.sum() < FAINT * own.sum():
        outcome = "nothing"
    values = common(given) | {
        "short": SHORTENED * float(reading.lengths[-1, winner]),
        "bright": float(own.max()),
        "dim": float(short.max()),
    }
    return Answer(values, outcome, *chosen(("same", "other", "nothing"), outcome))


def alike(one: Floats, other: Floats) -> float:
    """How much two images show the same, however bright they are: the cosine between them, 0 to 1; 0 without ink."""
    both = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float((one * other).sum()) / both if both > 0 else 0.0


def chain(given: Given) -> Answer:
    """Up to which stage is it known where in the picture something is?"""
    reading = given.reading
    _, rows, columns = reading.grid
    outcome = "primary" if rows * columns > 1 else "filters"
    values = common(given) | {
        "map": reading.features.shape[1],
        "rows": rows,
        "columns": columns,
        "pixels": reading.image.size,
    }
    return Answer(values, outcome, *chosen(("filters", "primary", "digits"), outcome))


def primary(given: Given) -> Answer:
    """How many primary capsules see ink?"""
    reading = given.reading
    channels, rows, columns = reading.grid
    places = int(inked_places(reading).sum())
    share = places / (rows * columns)
    outcome = "few" if share < FEW else "half" if share < MOST else "most"
    values = common(given) | {
        "channels": channels,
        "rows": rows,
        "columns": columns,
        "places": places,
        "seeing": channels * places,
        "patch": reading.patch,
        "size": reading.image.shape[0],
    }
    return Answer(values, outcome, *chosen(("few", "half", "most"), outcome))


def inked_places(reading: CapsuleReading) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Whether there is ink in what each place sees, [rows, columns]."""
    (first, step), (_, rows, columns), size = reading.places, reading.grid, reading.patch
    found = np.zeros((rows, columns), np.bool_)
    for row, column in np.ndindex(rows, columns):
        top, left = (first - size // 2 + step * place for place in (row, column))
        found[row, column] = (reading.image[top : top + size, left : left + size] > INK).any()
    return found
