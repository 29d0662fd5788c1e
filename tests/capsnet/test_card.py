"""Thresholds of doubt in the card: kept, read from older cards too, and changed by a command."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from capsnet import checkpoint
from capsnet.card import Card, DoubtThresholds
from tests.capsnet.commands import capsnet_command
from tests.capsnet.samples import CONFIG, make_card, small_model


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
