"""What an earlier run made is replaced only by who says so."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from capsnet import checkpoint
from capsnet.checkpoint import CheckpointError
from capsnet.training import history_path, state_path
from tests.capsnet.commands import capsnet_command
from tests.capsnet.runs import RECIPE, train_bars
from tests.capsnet.samples import CONFIG, make_card, small_model, write_idx_files

pytestmark = pytest.mark.slow

SHORT = replace(RECIPE, epochs=1)


def test_a_run_that_is_there_goes_on_or_begins_anew_but_never_by_accident(tmp_path: Path) -> None:
    out = tmp_path / "bars.safetensors"
    train_bars(out, SHORT)
    kept = {file: file.read_bytes() for file in (out, state_path(out), history_path(out))}
    with pytest.raises(CheckpointError, match="holds a run, which is kept: --resume continues it, --overwrite") as no:
        train_bars(out, replace(SHORT, seed=9))
    assert (no.value.kind, no.value.file) == ("taken", state_path(out))
    assert {file: file.read_bytes() for file in kept} == kept
    train_bars(out, replace(SHORT, seed=9), overwrite=True)
    assert checkpoint.read(out).card.recipe["seed"] == 9


def test_weights_from_elsewhere_are_kept(tmp_path: Path) -> None:
    out = tmp_path / "bars.safetensors"
    checkpoint.write(out, small_model(), make_card(CONFIG))
    before = out.read_bytes()
    with pytest.raises(CheckpointError, match="is there already, and is kept: --overwrite replaces it; or choose"):
        train_bars(out, SHORT)
    assert [file.name for file in tmp_path.iterdir()] == [out.name]
    assert out.read_bytes() == before


def test_the_command_refuses_before_it_looks_for_data(tmp_path: Path) -> None:
    out = tmp_path / "bars.safetensors"
    state_path(out).write_bytes(b"hours of work")
    outcome = capsnet_command("train", "--out", out, "--data", tmp_path / "no data")
    assert outcome.code == 1
    assert f"{state_path(out)} holds a run, which is kept: --resume" in outcome.err
    assert state_path(out).read_bytes() == b"hours of work"
    both = capsnet_command("train", "--out", out, "--resume", "--overwrite")
    assert (both.code, both.out) == (1, "")
    assert "give one of them" in both.err


def test_the_command_begins_anew_where_it_is_told_to(tmp_path: Path) -> None:
    write_idx_files(tmp_path)
    out = tmp_path / "mnist.safetensors"
    out.write_bytes(b"an earlier one")
    options = ("--data", tmp_path, "--epochs", 1, "--batch-size", 12, "--cpu", "--overwrite")
    outcome = capsnet_command("train", "--out", out, *options)
    assert outcome.code == 0, outcome.err
    assert "--overwrite" not in str(checkpoint.read(out).card.recipe["command"])


def test_a_folder_is_no_checkpoint(tmp_path: Path) -> None:
    out = tmp_path / "bars.safetensors"
    out.mkdir()
    with pytest.raises(ValueError, match="and be no folder"):
        train_bars(out, SHORT, overwrite=True)


def test_the_bar_ends_with_the_epochs_loss(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Its last batch of 11 is not full."""
    card = train_bars(tmp_path / "bars.safetensors", SHORT)
    assert card is not None
    shown = re.findall(r"loss=([0-9.]+)", capfd.readouterr().err)
    assert shown[-1] == f"{card.history[-1]['loss']:.4f}"
