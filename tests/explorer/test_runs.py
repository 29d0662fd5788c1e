"""Histories of training runs as they are found: growing, half-written, damaged, gone."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from explorer import runs
from explorer.runs import ENDING, losses_within, read_run, run_names

NUMBERS = {"loss": 0.5, "learning_rate": 1e-3, "test_accuracy": 0.9, "images_per_second": 70.0}


def line(epoch: int, **more: object) -> str:
    return json.dumps({"epoch": epoch, **NUMBERS, **more}) + "\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / f"mine{ENDING}"


def test_a_file_that_grows(file: Path) -> None:
    file.touch()
    run = read_run(file.parent, "mine")
    assert run == runs.Run((), None, None, 0, False)
    file.write_text(json.dumps({"epoch": 1, "epochs": 3, "losses": [[0.5, 2.0]]}) + "\n")
    run = read_run(file.parent, "mine")
    assert run is not None
    assert (run.entries, run.epochs) == ((), 3)
    assert run.running is not None
    assert losses_within(run.running) == [(0.5, 2.0)]
    file.write_text(line(1, epochs=3, losses=[[0.5, 2.0], [1, 1.0]]) + line(2))
    run = read_run(file.parent, "mine")
    assert run is not None
    assert [entry["epoch"] for entry in run.entries] == [1, 2]
    assert (run.running, run.epochs, run.damaged, run.unfinished) == (None, 3, 0, False)
    assert losses_within(run.entries[0]) == [(0.5, 2.0), (1.0, 1.0)]
    assert losses_within(run.entries[1]) == []


def test_a_half_written_line_is_left_for_later(file: Path) -> None:
    file.write_text(line(1) + line(2)[:20])
    run = read_run(file.parent, "mine")
    assert run is not None
    assert (len(run.entries), run.damaged, run.unfinished) == (1, 0, True)


@pytest.mark.parametrize(
    "damaged",
    ["no JSON", "[1]", "7", '{"epoch": "one"}', '{"epoch": NaN}', '{"epoch": true}', '{"epoch": 0}', "[" * 50_000],
    ids=range(8),
)
def test_damaged_lines_are_counted_and_left_out(file: Path, damaged: str) -> None:
    file.write_text(f"{line(1)}{damaged}\n{line(2)}")
    run = read_run(file.parent, "mine")
    assert run is not None
    assert [entry["epoch"] for entry in run.entries] == [1, 2]
    assert (run.damaged, run.unfinished, run.running) == (1, False, None)


def test_an_entry_without_its_numbers_is_no_entry(file: Path) -> None:
    file.write_text(json.dumps({"epoch": 1, **NUMBERS, "loss": None}) + "\n" + line(2))
    run = read_run(file.parent, "mine")
    assert run is not None
    assert (len(run.entries), run.damaged) == (1, 1)


def test_losses_that_are_none_are_left_out() -> None:
    for losses in (7, "ab", [[2, 0.5]], [[0.5]], [[0.5, None]], [[0.5, float("inf")]], [[0.5, 10**400]]):
        assert losses_within({"epoch": 1, "losses": losses}) == []


def test_bytes_that_are_no_text_are_damaged(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00\n" + line(1).encode())
    run = read_run(file.parent, "mine")
    assert run is not None
    assert (len(run.entries), run.damaged) == (1, 1)


def test_only_names_found_in_the_folder_are_opened(file: Path) -> None:
    file.write_text(line(1))
    inner = file.parent / "inner"
    inner.mkdir()
    (inner / f"other{ENDING}").write_text(line(1))
    (file.parent / f"folder{ENDING}").mkdir()
    assert run_names(file.parent) == ["mine"]
    assert run_names(inner) == ["other"]
    for name in ("other", "inner/other", "../mine", str(file.parent / "mine"), "folder", "", "gone"):
        assert read_run(file.parent, name) is None
        assert read_run(inner, "mine") is None


def test_the_newest_run_comes_first_and_a_missing_folder_has_none(file: Path) -> None:
    for age, name in enumerate(("c", "a", "b")):
        path = file.with_name(f"{name}{ENDING}")
        path.touch()
        os.utime(path, (1e9 - age, 1e9 - age))
    assert run_names(file.parent) == ["c", "a", "b"]
    assert run_names(file.parent / "none") == []


def test_a_file_too_large_to_be_true_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(line(1))
    monkeypatch.setattr(runs, "LARGEST_FILE", 10)
    assert read_run(file.parent, "mine") is None
