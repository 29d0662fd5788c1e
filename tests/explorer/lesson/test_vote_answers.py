"""Answers of the steps about votes, against computations by hand."""

from __future__ import annotations

from dataclasses import replace
from math import acos, degrees, exp

import numpy as np
import pytest

from capsnet import CapsNet
from explorer.lesson import votes
from explorer.lesson.answer import Answer, Given
from explorer.measures.evidence import contributions
from explorer.poses import decode
from explorer.reading import CapsuleReading


@pytest.fixture
def given(reading: CapsuleReading, small_model: CapsNet) -> Given:
    """5 classes, 3 x 5 x 5 primary capsules of 7 numbers, digit capsules of 11; primary capsule 17 is followed."""
    return Given(reading, small_model, 17)


def right(answer: Answer) -> float:
    return answer.options[answer.right].number


class TestVotes:
    """How many numbers were learned."""

    def test_there_is_a_matrix_for_each_pair(self, given: Given, small_model: CapsNet) -> None:
        answer = votes.votes(given)
        assert right(answer) == small_model.digit_capsules.transforms.numel() == 75 * 5 * 7 * 11
        assert [option.number for option in answer.options] == [5 * 77, 3 * 5 * 77, 75 * 5 * 77]

    def test_at_one_place_a_kind_is_a_capsule(self, given: Given) -> None:
        alone = replace(given, reading=replace(given.reading, grid=(75, 1, 1)))
        answer = votes.votes(alone)
        assert [option.key for option in answer.options] == ["digit", "pair"]
        assert right(answer) == 75 * 5 * 77

    def test_those_that_pull_most_are_drawn_each_from_another_place(self, given: Given) -> None:
        found = votes.strongest(given.reading, 2, 6)
        pulls = contributions(given.reading)[:, 2]
        assert found[0] == int(pulls.argmax())
        assert len({part % 25 for part in found}) == 6
        for part in found:
            assert pulls[part] == max(pulls[channel * 25 + part % 25] for channel in range(3))
        assert sorted(pulls[found], reverse=True) == pulls[found].tolist()

    def test_a_drawn_vote_is_as_long_as_training_asks(self, given: Given, small_model: CapsNet) -> None:
        vote = given.reading.votes[11, 3]
        by_hand = decode(small_model, 3, (0.9 * vote / np.linalg.norm(vote))[None])
        assert votes.drawn_votes(given.reading, small_model, 3, [11]) == pytest.approx(by_hand, abs=1e-5)

    def test_a_vote_without_length_is_drawn_as_no_pose(self, given: Given, small_model: CapsNet) -> None:
        silent = replace(given.reading, votes=np.zeros_like(given.reading.votes))
        nothing = decode(small_model, 3, np.zeros((1, 11), np.float32))
        assert votes.drawn_votes(silent, small_model, 3, [11]) == pytest.approx(nothing)

    def test_a_part_sees_its_patch(self, given: Given) -> None:
        seen = votes.patch(given.reading, 1 * 25 + 2 * 5 + 4)  # row 2, column 4: from pixel 4 and 8, 5 x 5
        assert np.array_equal(seen, given.reading.image[4:9, 8:13])


def summing(given: Given, total: float) -> Given:
    """The same where the winner's first sum has a length, squashed as equation 1 says."""
    reading, winner = given.reading, given.pair[0]
    sums, lengths = reading.sums.copy(), reading.lengths.copy()
    sums[0, winner] = 0
    sums[0, winner, 4] = total
    lengths[0, winner] = total**2 / (1 + total**2)
    return replace(given, reading=replace(reading, sums=sums, lengths=lengths))


class TestSquash:
    """How long a sum is once it is squashed."""

    @pytest.mark.parametrize(
        ("total", "squashed", "outcome", "options"),
        [
            (2.0, 0.8, "long", [0.67, 0.8, 1.0]),
            (1 / 3, 0.1, "short", [0.1, 0.25, 0.33]),
            (1.0, 0.5, "short", [0.25, 0.5, 1.0]),
            (0.0, 0.0, "short", [0.0, 0.25, 0.5]),
            (19.7, 1.0, "long", [0.5, 0.95, 1.0]),
        ],
    )
    def test_the_right_one_is_squashed(
        self, given: Given, total: float, squashed: float, outcome: str, options: list[float]
    ) -> None:
        answer = votes.squashing(summing(given, total))
        assert right(answer) == squashed
        assert answer.outcome == outcome
        assert [option.number for option in answer.options] == options


def with_agreements(given: Given, own: float, other: float) -> Given:
    """The same where the followed capsule agrees so with the winner and its rival, and with no other."""
    winner, rival = given.pair
    agreements = given.reading.agreements.copy()
    agreements[0, given.followed] = 0
    agreements[0, given.followed, [winner, rival]] = own, other
    return replace(given, reading=replace(given.reading, agreements=agreements, inverse_temperature=3.0))


class TestAgreement:
    """How two votes agree."""

    @pytest.mark.parametrize(
        ("other", "outcome", "option"),
        [
            (0.3, "more", "more"),
            (0.1, "less", "less"),
            (0.004, "none", "none"),
            (-0.004, "none", "none"),
            (-0.1, "against", "none"),
        ],
    )
    def test_signs_and_order_say_what_is_right(self, given: Given, other: float, outcome: str, option: str) -> None:
        answer = votes.agreeing(with_agreements(given, 0.2, other))
        assert answer.outcome == outcome
        assert answer.options[answer.right].key == option
        whole = exp(0.6) + exp(3 * other) + 3
        assert answer.values["after"] == pytest.approx(exp(0.6) / whole)
        assert answer.values["rival_after"] == pytest.approx(exp(3 * other) / whole)

    def test_the_angle_is_that_between_vote_and_output(self, given: Given) -> None:
        reading = given.reading
        vote, pose = reading.votes[17, 3].astype(float), reading.poses[0, 3].astype(float)
        cosine = sum(vote * pose) / (sum(vote**2) * sum(pose**2)) ** 0.5
        found = votes.agreement(reading, 17, 3)
        assert found.degrees == pytest.approx(degrees(acos(cosine)), abs=0.01)
        assert found.dot == pytest.approx(sum(vote * pose), abs=1e-6)

    def test_nothing_stands_at_a_right_angle(self, given: Given) -> None:
        still = replace(
            given.reading, poses=np.zeros_like(given.reading.poses), agreements=np.zeros_like(given.reading.agreements)
        )
        assert votes.agreement(still, 17, 3) == (0, 90)
