"""Answers of the lesson: for any digit, number of iterations and network what a computation by hand says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import capsnet
from capsnet import CapsNet
from explorer.lesson import capsules
from explorer.lesson.answer import Answer, Given, Option
from explorer.lesson.steps import STEPS, Step
from explorer.measures.over_iterations import most_moved
from explorer.poses import decode
from explorer.presets import load_presets
from explorer.reading import CapsuleReading, read
from explorer.session.session import LESSON_STEPS
from explorer.text import Say, languages, words
from tests.explorer.pages import image_of


def given_of(model: CapsNet, reading: CapsuleReading) -> Given:
    return Given(reading, model, most_moved(reading, int(reading.lengths[-1].argmax())))


@pytest.fixture(scope="session")
def every(tiny_checkpoint: Path, small_model: CapsNet, reading: CapsuleReading) -> list[Given]:
    """Every example with the tiny network, one with one iteration, and other classes: with and without ink."""
    model = capsnet.load(tiny_checkpoint)
    found = [given_of(model, read(model, image_of(preset.id))) for preset in load_presets()]
    found.append(given_of(model, read(model, image_of("school-4"), 1)))
    found.append(given_of(small_model, reading))
    found.append(given_of(small_model, read(small_model, np.zeros((13, 13), np.float32), 2)))
    return found


def texts(step: Step) -> dict[str, str]:
    return dict(words("en")[f"learn_{step.name}"])


def test_the_session_knows_how_many_steps_there_are() -> None:
    assert len(STEPS) == LESSON_STEPS
    assert len({step.name for step in STEPS}) == len(STEPS)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
class TestEveryStep:
    """What holds of each step and digit."""

    def test_it_answers_for_any_digit(self, step: Step, every: list[Given]) -> None:
        for given in every:
            answer = step.answer(given)
            assert len(set(answer.options)) == len(answer.options)
            numbers = [option.number for option in answer.options if option.key == "number"]
            assert numbers == sorted(numbers)
            assert not answer.options or 0 <= answer.right < len(answer.options)

    def test_all_its_sentences_can_be_said(self, step: Step, every: list[Given]) -> None:
        for answer in (step.answer(given) for given in (every[0], every[-1])):
            for key in texts(step):
                for language in languages():
                    assert Say(language)(f"learn_{step.name}.{key}", **{"number": 1, "count": 1, **answer.values})

    def test_its_words_are_those_that_the_card_says(self, step: Step, every: list[Given]) -> None:
        found = [step.answer(given) for given in every]
        asked = {f"option_{option.key}" for answer in found for option in answer.options}
        asked |= {f"said_{answer.outcome}" for answer in found if answer.options}
        assert asked | {"title", "text", "task"} <= texts(step).keys()
        assert ("question" in texts(step)) == bool(asked)


def test_two_options_that_are_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match="options must differ"):
        Answer({}, "same", (Option("same"), Option("same")))
    with pytest.raises(ValueError, match="right must be one of 1 options; got 3"):
        Answer({}, "same", (Option("same"),), 3)


def rows_by_hand(first: int, count: int) -> list[int]:
    """Which of `count` rows from `first` stands where, once their halves are exchanged."""
    return [first + (row + count // 2 + count % 2) % count for row in range(count)]


class TestPooling:
    """Halves exchanged."""

    def test_no_strongest_response_changes(self, every: list[Given]) -> None:
        for given in every:
            maps = given.reading.features
            assert np.array_equal(maps.max((1, 2)), capsules.halves_exchanged(maps).max((1, 2)))

    def test_halves_change_places(self, reading: CapsuleReading) -> None:
        size, side = reading.features.shape[1], len(reading.image)
        first = (side - size) // 2
        other = capsules.picture_exchanged(reading)
        order = rows_by_hand(first, size)
        assert np.array_equal(other[first : first + size], reading.image[order])
        assert np.array_equal(other[:first], reading.image[:first])
        assert not np.array_equal(other, reading.image)

    def test_nothing_changes_where_nothing_is_exchanged(
        self, every: list[Given], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(capsules, "halves_exchanged", lambda maps: maps)
        for given in every:
            found = capsules.exchanged_lengths(given.reading, given.model)
            assert found == pytest.approx(given.reading.lengths[-1], abs=1e-4)

    @pytest.mark.parametrize(
        ("found", "outcome"), [([0.1, 0.9, 0.2], "same"), ([0.1, 0.2, 0.9], "other"), ([0.1, 0.5, 0.4], "none")]
    )
    def test_what_is_read_then_is_right(
        self,
        reading: CapsuleReading,
        small_model: CapsNet,
        monkeypatch: pytest.MonkeyPatch,
        found: list[float],
        outcome: str,
    ) -> None:
        given = given_of(small_model, reading)
        winner = given.pair[0]
        lengths = np.zeros(5, np.float32)
        lengths[[(winner + 1) % 5, winner, (winner + 2) % 5]] = found
        monkeypatch.setattr(capsules, "exchanged_lengths", lambda *_: lengths)
        answer = capsules.pooling(given)
        assert answer.options[answer.right].key == answer.outcome == outcome
        assert answer.values["name_length"] == pytest.approx(found[1])


class TestVector:
    """An arrow a third as long."""

    def test_it_is_the_same_where_both_reconstructions_look_alike(self, every: list[Given]) -> None:
        for given in every:
            answer, winner = capsules.vector(given), given.pair[0]
            pose = given.reading.poses[-1, winner]
            own, drawn = (decode(given.model, winner, vector[None])[0].ravel() for vector in (pose, pose / 3))
            cosine = own @ drawn / (np.linalg.norm(own) * np.linalg.norm(drawn))
            outcome = "same" if cosine >= 0.8 else "other"
            assert answer.outcome == ("nothing" if drawn.sum() < own.sum() / 4 else outcome)
            assert answer.values["short"] == pytest.approx(float(np.linalg.norm(pose)) / 3, abs=1e-5)

    def test_brightness_does_not_count(self) -> None:
        image = np.array([[0.0, 0.4], [0.8, 0.2]], np.float32)
        assert capsules.alike(image, (image / 3).astype(np.float32)) == pytest.approx(1)
        assert capsules.alike(image, np.array([[0.7, 0.0], [0.0, 0.0]], np.float32)) == 0
        assert capsules.alike(image, np.zeros((2, 2), np.float32)) == 0


class TestChain:
    """Places."""

    def test_primary_capsules_are_the_last_that_stand_at_places(self, every: list[Given]) -> None:
        for given in every:
            answer = capsules.chain(given)
            assert answer.options[answer.right].key == "primary"
            assert answer.values["rows"] == given.reading.grid[1]


def seeing_by_hand(given: Given) -> int:
    """Primary capsules whose patch holds a pixel above a tenth, one by one."""
    reading = given.reading
    (first, step), (channels, rows, columns), reach = reading.places, reading.grid, reading.patch // 2
    ink = np.argwhere(reading.image > 0.1)

    def sees(row: int, column: int) -> bool:
        centre = np.array([first + step * row, first + step * column])
        return bool((np.abs(ink - centre).max(axis=1, initial=0) <= reach).any()) if len(ink) else False

    return channels * sum(sees(row, column) for row in range(rows) for column in range(columns))


class TestPrimary:
    """Who sees ink."""

    def test_all_that_see_ink_are_counted(self, every: list[Given]) -> None:
        for given in every:
            answer = capsules.primary(given)
            count = seeing_by_hand(given)
            assert answer.values["seeing"] == count
            share = count / len(given.reading.primary)
            assert answer.outcome == ("few" if share < 0.3 else "half" if share < 0.7 else "most")

    def test_no_ink_is_seen_by_none(self, every: list[Given]) -> None:
        assert capsules.primary(every[-1]).values["seeing"] == 0
