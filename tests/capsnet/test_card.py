"""Thresholds of doubt and measures of agreement in the card: kept, missing in older cards, changed by a command."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from capsnet import checkpoint
from capsnet.agreement import Agreement, measure_agreement
from capsnet.card import Card, DoubtThresholds
from capsnet.data import load_dataset
from capsnet.recipe import hold_out
from tests.capsnet.commands import capsnet_command
from tests.capsnet.samples import CONFIG, DIGIT_CONFIG, TEST_COUNT, make_card, small_model, write_idx_files

AGREEMENT = Agreement(
    count=17,
    moved=0.02,
    entropy=0.97,
    effective_mean=13.0,
    effective_median=11.0,
    strongest=0.19,
    winner_resultant=0.29,
    runner_up_resultant=0.07,
    accuracy_after=(0.83, 0.89),
    accuracy_without={1: 0.79, 5: 0.73, 20: 0.71},
    changed=0.05,
    changed_to_right=0.03,
    changed_to_wrong=0.02,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.safetensors"
    checkpoint.write(path, small_model(), make_card(CONFIG))
    return path


def test_thresholds_are_kept(tmp_path: Path) -> None:
    doubt = DoubtThresholds(length=0.5, lead=0.1, misfit=1.5)
    checkpoint.write(tmp_path / "x.safetensors", small_model(), make_card(CONFIG, doubt=doubt))
    assert checkpoint.read(tmp_path / "x.safetensors").card.doubt == doubt


def test_cards_that_say_nothing_of_doubt_have_the_defaults() -> None:
    values = json.loads(make_card(CONFIG).to_json())
    assert values.pop("doubt") == {"length": 0.65, "lead": 0.2, "misfit": 0.45}
    assert Card.from_json(json.dumps(values)).doubt == DoubtThresholds(0.65, 0.2, 0.45)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"length": 1.1}, "doubt's length must lie in 0 to 1, as lengths do; got 1.1"),
        ({"lead": -0.1}, "doubt's lead must lie in 0 to 1"),
        ({"lead": float("nan")}, "doubt's lead must lie in 0 to 1"),
        ({"misfit": 0.0}, "doubt's misfit must be above 0; got 0.0"),
        ({"misfit": float("inf")}, "doubt's misfit must be above 0"),
    ],
)
def test_thresholds_that_are_none(change: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(DoubtThresholds(), **change)


def test_the_command_changes_the_card_and_nothing_else(file: Path) -> None:
    before = checkpoint.read(file)
    outcome = capsnet_command("card", file, "--doubt-length", 0.5, "--doubt-misfit", 0.4)
    after = checkpoint.read(file)
    assert outcome.code == 0
    assert after.digest in outcome.out
    assert after.digest != before.digest
    assert after.card == replace(before.card, doubt=DoubtThresholds(length=0.5, lead=0.2, misfit=0.4))
    for name, weights in before.model.state_dict().items():
        assert torch.equal(after.model.state_dict()[name], weights)
    assert (
        "no length above 0.5, a lead below 0.2, or a misfit above 0.4"
        in capsnet_command("info", "--checkpoint", file).out
    )


@pytest.mark.parametrize(
    ("options", "words"), [((), "Nothing to change: give --doubt-length"), (("--doubt-lead", 2), "must lie in 0 to 1")]
)
def test_nothing_is_written_where_nothing_can_be_changed(file: Path, options: tuple[object, ...], words: str) -> None:
    content = file.read_bytes()
    outcome = capsnet_command("card", file, *options)
    assert outcome.code == 1
    assert words in outcome.err
    assert file.read_bytes() == content


def test_agreement_is_kept_and_shown(tmp_path: Path) -> None:
    file = tmp_path / "x.safetensors"
    checkpoint.write(file, small_model(), make_card(CONFIG, agreement=AGREEMENT))
    assert checkpoint.read(file).card.agreement == AGREEMENT
    text = capsnet_command("info", "--checkpoint", file).out
    assert "Agreement in routing, over the first 17 pictures:" in text
    for words in ("2.00%", "13.0, 11.0", "19.00%", "0.290, 0.070", "83.00%, 89.00%", "79.00%, 73.00%, 71.00%"):
        assert words in text


def test_older_cards_say_nothing_of_agreement(file: Path) -> None:
    values = json.loads(make_card(CONFIG).to_json())
    assert values.pop("agreement") is None
    assert Card.from_json(json.dumps(values)).agreement is None
    assert "Agreement" not in capsnet_command("info", "--checkpoint", file).out


@pytest.mark.parametrize("broken", [{"count": 17}, {"accuracy_without": {"one": 0.5}}, {"accuracy_after": None}])
def test_a_card_with_half_an_agreement_is_none(broken: dict[str, object]) -> None:
    values = json.loads(make_card(CONFIG, agreement=AGREEMENT).to_json())
    values["agreement"] = broken if "count" in broken else values["agreement"] | broken
    with pytest.raises((TypeError, ValueError, KeyError)):
        Card.from_json(json.dumps(values))


@pytest.mark.parametrize(("held_out", "count"), [(0, TEST_COUNT), (7, 7)])
def test_the_command_measures_agreement_where_the_accuracy_was_found(tmp_path: Path, held_out: int, count: int) -> None:
    file = tmp_path / "digits.safetensors"
    card = make_card(DIGIT_CONFIG)
    card = replace(card, recipe={**card.recipe, "held_out": held_out})
    checkpoint.write(file, small_model(DIGIT_CONFIG, votes=20), card)
    write_idx_files(tmp_path)
    outcome = capsnet_command("card", file, "--measure-agreement", "--data", tmp_path, "--doubt-lead", 0.3)
    after = checkpoint.read(file)
    assert (outcome.code, outcome.err) == (0, "")
    if held_out:
        data = hold_out(load_dataset("mnist", "train", tmp_path), held_out)[1]
    else:
        data = load_dataset("mnist", "test", tmp_path)
    expected = measure_agreement(after.model, data)
    assert expected.count == count
    assert after.card == replace(card, agreement=expected, doubt=DoubtThresholds(lead=0.3))
