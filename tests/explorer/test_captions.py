"""Sentences that numbers write: each is true of the reading that it is made from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from capsnet.card import DoubtThresholds
from explorer import captions
from explorer.arrays import Floats
from explorer.reading import CapsuleReading
from explorer.text import Say

STILL: Floats = np.zeros((4, 5, 5, 5), np.float32)
"""Coupling maps of a routing that moved nothing."""


def summary(reading: CapsuleReading, longest: list[int], last: float = 0.9, maps: Floats = STILL) -> str:
    """What is said of a reading whose longest capsules over the iterations are these."""
    lengths = np.full((len(longest), 5), 0.05, np.float32)
    for step, winner in enumerate(longest):
        lengths[step, winner] = 0.3
    lengths[-1, longest[-1]] = last
    routed = replace(reading, lengths=lengths, iterations=len(longest), trained_iterations=4)
    return captions.routing_summary(routed, maps, DoubtThresholds(), Say())


def test_an_answer_that_never_changed(reading: CapsuleReading) -> None:
    assert summary(reading, [2, 2, 2, 2]) == (
        "**bag was longest after every iteration; its length went from 0.30 to 0.90.**"
    )


@pytest.mark.parametrize(
    ("longest", "way"),
    [([0, 2, 2, 2], "boot → bag"), ([2, 2, 1, 2], "bag → coat → bag"), ([1, 3, 3, 2], "coat → shirt → bag")],
)
def test_an_answer_that_changed_is_said_with_every_detour(
    reading: CapsuleReading, longest: list[int], way: str
) -> None:
    assert f"Routing changed the answer: {way}. The length of bag" in summary(reading, longest)


def test_a_reading_without_a_long_capsule_has_no_answer_and_no_gain(reading: CapsuleReading) -> None:
    maps = STILL.copy()
    maps[-1, 2, 0, 0] = 3.0
    said = summary(reading, [2, 1, 2, 2], last=0.6, maps=maps)
    assert said == "**No capsule grew long: votes cancel for every digit.** The longest is bag, with 0.60."


def test_a_gain_is_said_where_there_is_one(reading: CapsuleReading) -> None:
    maps = STILL.copy()
    maps[-1, 2, 0, 4] = 1.0
    assert "upper right gained most: 2.0 equal shares" in summary(reading, [2] * 4, maps=maps)
    maps[-1, 2, 0, 4] = np.log2(1.05)
    assert "gained" not in summary(reading, [2] * 4, maps=maps)


def test_one_iteration_routes_nothing(reading: CapsuleReading) -> None:
    assert "With one iteration nothing is routed" in summary(reading, [2])


def test_more_iterations_than_in_training_are_said(reading: CapsuleReading) -> None:
    assert "The network was trained with 4 iterations" in summary(reading, [2] * 5)
    assert "trained" not in summary(reading, [2] * 4)
