"""What the numbers of a comparison say: other numbers, other sentences."""

from __future__ import annotations

import pytest

from capsnet.perturbation import AMOUNTS, Perturbation
from explorer.measures.answer import Doubt
from explorer.measures.held import Held, Outcome, held, outcome
from explorer.perturbing import neutral
from explorer.text import Say
from explorer.views.compare.sentences import amount, listed, setting, who_held, who_was_fooled

say = Say()
NAMES = ["ash", "birch", "cedar"]
MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([4, 4, 4, 4, 4], Held(0, 4)),
        ([9, 4, 4, 9, 4], Held(1, 2)),
        ([4, 9, 4, None, 4], Held(2, 2)),
        ([4, 4, 9, 4, 4], None),
        ([4, 4, None, 4, 4], None),
    ],
)
def test_how_far_an_answer_lasts(answers: list[int | None], expected: Held | None) -> None:
    assert held(answers, 4, 2) == expected


def test_an_answer_at_the_end_of_a_slider() -> None:
    assert held([4, 4, 9], 4, 0) == Held(0, 1)
    assert held([9, 4, 4], 4, 2) == Held(1, 2)


def test_who_held_longest_in_each_direction() -> None:
    ranges = [Held(2, 7), None, Held(3, 7), Held(2, 5)]
    assert outcome(ranges, 1) == Outcome((0, 2), 7, (3,), 5)
    assert outcome(ranges, -1) == Outcome((0, 3), 2, (2,), 3)
    assert outcome([Held(2, 7), Held(1, 7)], 1) == Outcome((0, 1), 7, (), 7)
    assert outcome([None, None], 1) is None


def at(kind: str, *values: float) -> list[int]:
    return [AMOUNTS[kind].index(value) for value in values]


def turned(low: float, high: float) -> Held:
    return Held(*at("rotation", low, high))


def test_one_network_holds_longer_than_the_others() -> None:
    sentence = who_held(say, "rotation", "4", NAMES, [turned(-40, 50), turned(-40, 35), turned(-20, 35)])
    assert sentence == (
        "Who says 4 longest? Turned clockwise: ash longest, until +50°; birch and cedar only until +35°. Turned "
        f"anticlockwise: ash and birch longest, until {MINUS}40°; cedar only until {MINUS}20°."
    )


def test_all_hold_equally_long_or_to_the_end() -> None:
    sentence = who_held(say, "rotation", "4", NAMES, [turned(-90, 35)] * 3)
    assert sentence == (
        f"Who says 4 longest? Turned clockwise: 4 until +35° for ash, birch and cedar. Turned anticlockwise: 4 all "
        f"the way to {MINUS}90° for ash, birch and cedar."
    )


def test_an_amount_that_has_one_direction_only() -> None:
    first = neutral("noise")
    last = at("noise", 0.2)[0]
    assert (
        who_held(say, "noise", "7", ["ash"], [Held(first, last)])
        == "Who says 7 longest? Under noise: 7 until 0.2 for ash."
    )
    faded = Held(at("contrast", 0.3)[0], neutral("contrast"))
    assert f"With less contrast: 7 until {TIMES} 0.3 for ash." in who_held(say, "contrast", "7", ["ash"], [faded])


def test_networks_that_never_said_so_are_named() -> None:
    sentence = who_held(say, "rotation", "4", NAMES, [None, turned(-10, 10), None])
    assert sentence.endswith("Even unchanged no 4: ash and cedar.")
    assert "4 until +10° for birch" in sentence
    assert who_held(say, "scale", "4", ["ash"], [None]) == "Who says 4 longest? Even unchanged no 4: ash."


SURE, SHORT = Doubt.NONE, Doubt.SHORT


def test_who_takes_displaced_parts_for_the_digit() -> None:
    said = [[True, True, True], [True, False, False], [False, False, False]]
    doubts = [[SURE, SHORT, SURE], [SURE, SURE, SURE], [SURE, SURE, SURE]]
    assert who_was_fooled(say, "4", NAMES, said, doubts) == (
        "Parts displaced in 3 ways, taken for 4 without doubt: 2 by ash; 0 by cedar."
    )


def test_nobody_or_everybody_takes_displaced_parts_for_the_digit() -> None:
    said = [[True, True], [True, True]]
    doubted = who_was_fooled(say, "4", NAMES[:2], said, [[SHORT, SHORT], [SHORT, SHORT]])
    assert doubted == "Parts displaced in 2 ways: no network takes one of them for 4 without doubt."
    alike = who_was_fooled(say, "4", NAMES[:2], said, [[SURE, SHORT], [SHORT, SURE]])
    assert alike == "Parts displaced in 2 ways, taken for 4 without doubt: 1 by ash and birch."


def test_amounts_and_arrangements_in_words() -> None:
    told = [
        amount(say, "rotation", 0.0),
        amount(say, "right", -3.0),
        amount(say, "scale", 0.85),
        amount(say, "noise", 0.1),
    ]
    assert told == ["0°", f"{MINUS}3 px", f"{TIMES} 0.85", "0.1"]
    assert setting(say, "parts", Perturbation()) == "in place"
    assert setting(say, "parts", Perturbation(quarters=((1, 3), (0, 0), (2, 0), (3, 0)))) == "yours"
    assert listed(say, NAMES[:1]) == "ash"


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
@pytest.mark.parametrize("kind", AMOUNTS)
def test_every_language_says_every_kind(kind: str, language: str) -> None:
    last = len(AMOUNTS[kind]) - 1
    ranges = [Held(0, last), Held(neutral(kind), neutral(kind)), None]
    sentence = who_held(Say(language), kind, "4", NAMES, ranges)
    assert all(name in sentence for name in NAMES)
    assert "{" not in sentence
