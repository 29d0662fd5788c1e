"""The sentences under the measurements: other numbers, other sentences."""

from __future__ import annotations

import pytest

from explorer.measured import Count, FewDigits, Fit
from explorer.text import Say
from explorer.views.compare.measured_sentences import (
    Lead,
    Shares,
    angle_compared,
    compared,
    costliest,
    few_compared,
    leads,
    pairs,
    share_of,
    smoothest,
)

SAY = Say()


def shares(name: str, **rights: int) -> Shares:
    """Of 1,000 each, at amounts such as at_30 or at_m30."""
    return Shares(name, {float(at[3:].replace("m", "-")): (right, 1000) for at, right in rights.items()})


ONE = shares("A", at_m60=500, at_m30=880, at_0=990, at_30=910, at_60=300)
OTHER = shares("B", at_m60=300, at_m30=700, at_0=991, at_30=900, at_60=450)


def test_what_is_counted() -> None:
    row = Count(30, right=70, doubted=40, right_doubted=25)
    assert {of: share_of(row, 100, of) for of in ("right", "doubted", "sure", "fooled")} == {
        "right": (70, 100),
        "doubted": (40, 100),
        "sure": (15, 100),  # 30 were wrong, and 15 of these were doubted
        "fooled": (45, 100),
    }


def test_leads_are_where_differences_are_beyond_chance() -> None:
    first, second = leads(ONE, OTHER)
    assert first == Lead(((-60, -30),), -60, 0.5, 0.3)
    assert second == Lead(((60,),), 60, 0.45, 0.3)
    assert leads(OTHER, ONE) == (second, first)
    assert leads(ONE, ONE) == (None, None)


def test_two_leads_are_told_and_that_elsewhere_there_is_none() -> None:
    text = compared(SAY, "rotation", "right", ONE, OTHER).replace("\N{MINUS SIGN}", "-")
    assert "A reads more correctly than B at -60° to -30°: by up to 20.0 points, 50.0% against 30.0% at -60°." in text
    assert "B reads more correctly than A at +60°: by up to 15.0 points, 45.0% against 30.0% at +60°." in text
    assert text.endswith("Elsewhere there is no difference beyond chance.")


def test_no_lead_is_told_as_none() -> None:
    same = compared(SAY, "rotation", "right", ONE, Shares("B", ONE.counts))
    assert same == "A and B: no difference beyond chance anywhere."


def test_a_lead_everywhere_leaves_no_elsewhere() -> None:
    ahead, behind = shares("A", at_1=900, at_2=800), shares("B", at_1=500, at_2=100)
    text = compared(SAY, "shift", "doubted", behind, ahead)
    assert text == "A doubts more often than B at +1 px to +2 px: by up to 70.0 points, 80.0% against 10.0% at +2 px."


def test_runs_are_apart_where_a_tie_lies_between() -> None:
    ahead = shares("A", at_1=900, at_2=500, at_3=900)
    behind = shares("B", at_1=500, at_2=500, at_3=500)
    lead, _ = leads(ahead, behind)
    assert lead is not None
    assert lead.where == ((1,), (3,))
    assert "at \N{MULTIPLICATION SIGN} 1 and \N{MULTIPLICATION SIGN} 3:" in compared(
        SAY, "scale", "sure", ahead, behind
    )


def test_arrangements_are_named() -> None:
    one = Shares("A", {"top_bottom": (200, 1000), "crosswise": (10, 1000)})
    other = Shares("B", {"top_bottom": (20, 1000), "crosswise": (12, 1000)})
    text = compared(SAY, "quarters", "fooled", one, other)
    assert "A is fooled more often than B with the quarters top and bottom swapped: by up to 18.0 points" in text
    called = compared(SAY, "quarters", "right", one, other)
    assert "A still calls it the digit more often than B" in called


def test_small_networks_are_compared_and_a_large_one_for_want_of_them() -> None:
    assert pairs(["cnn", "gated", "capsules", "capsules_once", "capsules_full"]) == [(2, 0), (2, 3), (1, 0)]
    assert pairs(["cnn", "capsules_full"]) == [(1, 0)]
    assert pairs(["cnn"]) == []
    assert pairs(["other", "cnn"]) == []


def runs(learner: str, *rights: int, digits: int = 100) -> list[FewDigits]:
    return [FewDigits(learner, digits, seed, right, 1000) for seed, right in enumerate(rights)]


def test_who_learns_more_leads_with_every_seed() -> None:
    found = [*runs("caps", 900, 910, 905), *runs("pool", 800, 850, 840)]
    text = few_compared(SAY, found, ("caps", "A"), ("pool", "B"))
    assert text.startswith("A learns more than B from 100 digits, in every run; most from 100: 90.5% correct")
    assert "83.0%" in text
    assert few_compared(SAY, found, ("pool", "B"), ("caps", "A")) == text


def test_a_lead_that_one_seed_lacks_is_none() -> None:
    found = [*runs("caps", 900, 910, 800), *runs("pool", 800, 850, 840)]
    assert few_compared(SAY, found, ("caps", "A"), ("pool", "B")).startswith("A and B: no lead in every run")


def test_a_lead_within_chance_is_none() -> None:
    found = [*runs("caps", 901, 911, 906), *runs("pool", 900, 910, 905)]
    assert few_compared(SAY, found, ("caps", "A"), ("pool", "B")).startswith("A and B: no lead in every run")


def test_each_may_lead_from_other_numbers_of_digits() -> None:
    found = [
        *runs("caps", 700, 710),
        *runs("pool", 600, 610),
        *runs("caps", 900, 910, digits=1000),
        *runs("pool", 960, 970, digits=1000),
    ]
    text = few_compared(SAY, found, ("caps", "A"), ("pool", "B"))
    assert "A learns more than B from 100 digits" in text
    assert "B learns more than A from 1,000 digits" in text


def test_nothing_is_said_of_what_has_no_size_in_common() -> None:
    assert few_compared(SAY, [*runs("caps", 900), *runs("pool", 800, digits=300)], ("caps", "A"), ("pool", "B")) == ""


def test_the_angle_is_told_better_only_beyond_chance() -> None:
    pose, far = Fit(7, 0.1, 0.9, 22.5), Fit(10, 0.2, 0.7, 22.5)
    near = Fit(7.3, 0.1, 0.9, 22.5)
    better = "The angle can be told better from P (error 7.0°) than from F (10.0°)."
    assert angle_compared(SAY, ("P", pose), ("F", far)) == better
    assert angle_compared(SAY, ("F", far), ("P", pose)) == better
    assert angle_compared(SAY, ("P", far), ("F", pose)).startswith("The angle can be told better from F")
    assert "equally well" in angle_compared(SAY, ("P", pose), ("F", near))


def test_the_smoothest_and_the_roughest_are_named() -> None:
    text = smoothest(SAY, {"A": 0.9, "B": 0.4, "C": 0.7})
    assert "most evenly in B (roughness 0.40) and least in A (0.90)" in text
    assert smoothest(SAY, {"A": 0.5, "B": 0.5}) == ""


def test_the_costliest_is_named_where_it_differs() -> None:
    assert costliest(SAY, {"A": 2.0, "B": 9.0, "C": 3.0}) == "B takes 4.5 times as long for a picture as A."
    assert costliest(SAY, {"A": 2.0, "B": 2.1}) == "All read a picture about equally fast."


@pytest.mark.parametrize("language", ["en", "ja", "zh"])
@pytest.mark.parametrize("of", ["right", "doubted", "sure", "fooled"])
def test_sentences_are_written_in_every_language(language: str, of: str) -> None:
    text = compared(Say(language), "rotation", of, ONE, OTHER)
    assert "A" in text
    assert "20.0" in text
    assert "15.0" in text
