"""Sentences that numbers write: each is true of the reading that it is made from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from capsnet.card import DoubtThresholds
from explorer import captions
from explorer.measures.pull import race_facts
from explorer.reading import CapsuleReading
from explorer.text import Say
from tests.explorer.routed import random_votes, routed

THRESHOLDS = DoubtThresholds(length=0.65, lead=0.1, misfit=9.0)


def raced(longest: list[int], last: float = 0.9, second: float = 0.05) -> CapsuleReading:
    """A reading whose longest capsules over the iterations are these; trained with 4."""
    lengths = np.full((len(longest), 11), 0.02, np.float32)
    lengths[range(len(longest)), longest] = 0.3
    lengths[-1, longest[-1]], lengths[-1, 7] = last, second
    return replace(routed(random_votes(), len(longest)), lengths=lengths)


def headline(reading: CapsuleReading) -> str:
    return captions.race_headline(reading, THRESHOLDS, Say())


def test_a_digit_that_pulls_away() -> None:
    reading = raced([2] * 4)
    half = race_facts(reading).half
    assert half > 1
    assert headline(reading) == f"c pulls away: {half} of 105 capsules provide half of its pull."


def test_a_digit_that_one_capsule_pulls() -> None:
    votes = np.zeros((105, 11, 6), np.float32)
    votes[17, 2, 0] = 7.0
    reading = replace(routed(votes), lengths=raced([2] * 4).lengths)
    assert headline(reading) == "c pulls away: one of 105 capsules provides half of its pull."
    assert "Half of the pull on c comes from one capsule." in captions.race_honest(reading, THRESHOLDS, Say())


@pytest.mark.parametrize(
    ("longest", "words"),
    [
        ([0, 2, 2, 2], "a or c? The answer goes a → c: c overtakes in iteration 2."),
        ([2, 2, 1, 2], "b or c? The answer goes c → b → c: c overtakes in iteration 4."),
        ([1, 3, 3, 2], "d or c? The answer goes b → d → c: c overtakes in iteration 4."),
    ],
)
def test_an_answer_that_changes_is_told_with_every_detour(longest: list[int], words: str) -> None:
    assert headline(raced(longest)) == words
    assert headline(raced(longest, second=0.85)) == words  # also where it is close
    said = captions.race_honest(raced(longest), THRESHOLDS, Say())
    assert said.endswith(f"First answer: {'abcdefghijk'[longest[0]]}; last answer: c.")


def test_where_no_capsule_is_long_none_gets_away() -> None:
    for longest in ([2] * 4, [1, 2, 2, 2]):
        reading = raced(longest, last=0.64)
        assert headline(reading) == "No digit pulls ahead: for none do enough votes point the same way."
        said = captions.race_honest(reading, THRESHOLDS, Say())
        assert "ahead" not in said
        assert "answer" not in said


def test_two_that_are_close() -> None:
    assert headline(raced([2] * 4, 0.73, 0.67)) == "c and h stay close: 0.73 and 0.67."
    assert headline(raced([2] * 4, 0.73, 0.60)).startswith("c pulls away")


def test_one_iteration_routes_nothing_and_is_not_the_trained_number() -> None:
    said = headline(raced([2], 0.3))
    assert said == (
        "One iteration: every capsule splits its output equally. c is ahead. "
        "(Trained with 4 iterations, so lengths mean something else here.)"
    )
    assert captions.race_honest(raced([2], 0.3), THRESHOLDS, Say()) == (
        "With one iteration there is no routing: every capsule gives each digit 9% of its output."
    )


@pytest.mark.parametrize("iterations", [3, 5])
def test_another_number_of_iterations_than_in_training_is_said(iterations: int) -> None:
    said = headline(raced([2] * iterations))
    assert said.startswith("c pulls away")
    assert said.endswith("(Trained with 4 iterations, so lengths mean something else here.)")
    assert "Trained" not in headline(raced([2] * 4))


def test_what_routing_did_is_said_in_the_numbers_of_the_digit() -> None:
    reading = raced([2] * 4)
    facts = race_facts(reading)
    assert captions.race_honest(reading, THRESHOLDS, Say()) == (
        f"What routing did: {facts.moved} of 105 capsules redirected a tenth of their output or more (the peak). "
        f"Half of the pull on c comes from {facts.half} capsules. c was ahead from the first iteration."
    )
