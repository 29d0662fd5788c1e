"""Sentences that numbers write: each is true of the reading that it is made from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from capsnet.card import DoubtThresholds
from explorer import captions
from explorer.arrays import Floats
from explorer.measures.support import Support
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
    assert said == (
        "**No capsule grew as long as it does for digits:** for none do enough votes point the same way. "
        "The longest is bag, with 0.60."
    )


def test_a_gain_is_said_where_there_is_one(reading: CapsuleReading) -> None:
    maps = STILL.copy()
    maps[-1, 2, 0, 4] = 1.0
    assert "Couplings to it rose most at a place in the upper right: to 2.0 equal shares." in summary(
        reading, [2] * 4, maps=maps
    )
    maps[-1, 2, 0, 4] = np.log2(1.05)
    assert "rose" not in summary(reading, [2] * 4, maps=maps)


def test_one_iteration_routes_nothing(reading: CapsuleReading) -> None:
    assert "With one iteration nothing is routed" in summary(reading, [2])


def test_more_iterations_than_in_training_are_said(reading: CapsuleReading) -> None:
    assert "The network was trained with 4 iterations" in summary(reading, [2] * 5)
    assert "trained" not in summary(reading, [2] * 4)


def facts(reading: CapsuleReading, monkeypatch: pytest.MonkeyPatch, last: float = 0.9, **values: Any) -> list[str]:
    """What is said of a reading whose longest capsule, bag, rests on this."""
    found = Support(moved=3, capsules=1153, effective=17.0, strongest=0.31, without=2, length_without=0.7)
    monkeypatch.setattr(captions, "support", lambda _: replace(found, **values))
    lengths = np.full((reading.iterations, 5), 0.05, np.float32)
    lengths[-1, 2] = last
    return captions.routing_facts(replace(reading, lengths=lengths), DoubtThresholds(length=0.65), Say())


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (0, "**Only 0 of 1,153** primary"),
        (23, "**Only 23 of 1,153** primary"),
        (24, "**24 of 1,153** primary"),
        (58, "**As many as 58 of 1,153** primary"),
    ],
)
def test_how_many_moved(reading: CapsuleReading, monkeypatch: pytest.MonkeyPatch, moved: int, words: str) -> None:
    assert facts(reading, monkeypatch, moved=moved)[0].startswith(words)


@pytest.mark.parametrize(
    ("effective", "words"),
    [
        (0.3, "**Few capsules carry bag, about 1** (effective number); the strongest alone brings 31% of |s|."),
        (29.4, "**Few capsules carry bag, about 29** (effective number); the strongest alone brings 31% of |s|."),
        (30.0, "**About 30 capsules carry bag** (effective number); the strongest brings 31% of |s|."),
        (113.0, "**Many capsules carry bag, about 113** (effective number); the strongest brings 31% of |s|."),
    ],
)
def test_how_many_carry_the_answer(
    reading: CapsuleReading, monkeypatch: pytest.MonkeyPatch, effective: float, words: str
) -> None:
    assert facts(reading, monkeypatch, effective=effective)[1] == words


@pytest.mark.parametrize(
    ("last", "without", "length", "words"),
    [
        (0.9, 2, 0.7, "Without the strongest, **bag would still be longest**, at 0.70."),
        (
            0.9,
            2,
            0.6,
            "Without the strongest, **no capsule would be as long as for a digit**; "
            "bag would still be longest, at 0.60.",
        ),
        (0.9, 4, 0.7, "Without the strongest, **dress would be longest** in place of bag, at 0.70."),
        (
            0.9,
            4,
            0.6,
            "Without the strongest, **no capsule would be as long as for a digit**; "
            "the longest would be dress, at 0.60.",
        ),
        (0.6, 2, 0.5, "Without the strongest, **bag would still be longest**, at 0.50."),
        (0.6, 0, 0.5, "Without the strongest, **boot would be longest** in place of bag, at 0.50."),
    ],
)
def test_whether_the_answer_would_stand(
    reading: CapsuleReading, monkeypatch: pytest.MonkeyPatch, last: float, without: int, length: float, words: str
) -> None:
    assert facts(reading, monkeypatch, last, without=without, length_without=length)[-1] == words


def test_where_there_is_no_answer_nothing_carries_it(reading: CapsuleReading, monkeypatch: pytest.MonkeyPatch) -> None:
    said = facts(reading, monkeypatch, last=0.6)
    assert len(said) == 2
    assert "carry" not in " ".join(said)
    assert len(facts(reading, monkeypatch, effective=0.0)) == 2


def test_with_one_iteration_nothing_is_said_to_move(reading: CapsuleReading, monkeypatch: pytest.MonkeyPatch) -> None:
    said = facts(replace(reading, iterations=1), monkeypatch, last=0.3)
    assert len(said) == 2
    assert "moved" not in " ".join(said)


def test_without_any_votes_there_is_next_to_nothing_to_say(reading: CapsuleReading) -> None:
    silent = {name: np.zeros_like(getattr(reading, name)) for name in ("votes", "poses", "sums", "lengths")}
    even = np.full_like(reading.couplings, 0.2)
    said = captions.routing_facts(replace(reading, couplings=even, **silent), DoubtThresholds(), Say())
    assert said == ["**Only 0 of 75** primary capsules moved a tenth of their output or more."]
