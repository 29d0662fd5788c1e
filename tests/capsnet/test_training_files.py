"""What a run keeps on a disk that is full, beside another run, and through kills while it saves."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from capsnet.checkpoint import CheckpointError
from capsnet.resume import TrainingStopped
from capsnet.training import history_path, state_path
from capsnet.training.files import alone, lock_path
from tests.capsnet.runs import RECIPE, assert_same_training, train_bars
from tools.faults.kills import forked, killed_while_saving

if sys.platform == "win32":
    pytest.skip("there is no kill -9, and no limit to files", allow_module_level=True)

import resource

pytestmark = pytest.mark.slow

SHORT = replace(RECIPE, epochs=2)


@contextmanager
def full_disk(most: int) -> Iterator[None]:
    """No file can be written beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_disk_that_is_full_at_once(tmp_path: Path) -> None:
    with full_disk(5_000), pytest.raises(TrainingStopped) as stopped:
        train_bars(tmp_path / "bars.safetensors", SHORT)
    assert str(stopped.value) == (
        f"{tmp_path / 'bars.state.safetensors'} can't be written (File too large). "
        "Nothing is saved yet: mend this, or choose another --out."
    )
    assert not names(tmp_path)


@pytest.mark.parametrize(
    ("write", "number", "file"),
    [
        pytest.param("write_bytes", 2, "bars.state.safetensors", id="state"),
        pytest.param("write_text", 2, "bars.history.jsonl", id="history"),
        pytest.param("write_bytes", 4, "bars.safetensors", id="checkpoint"),
    ],
)
def test_a_disk_that_fills_up_while_it_trains(
    write: str, number: int, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state saved last is kept, and once there is room, all ends as if nothing had happened."""
    unbroken, out = tmp_path / "unbroken.safetensors", tmp_path / "full" / "bars.safetensors"
    train_bars(unbroken, SHORT)
    calls, whole = count(1), getattr(Path, write)

    def full(path: Path, content: Any, *more: Any, **options: Any) -> int:
        if next(calls) < number:
            return int(whole(path, content, *more, **options))
        whole(path, content[: len(content) // 2], *more, **options)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, write, full)
    with pytest.raises(TrainingStopped) as stopped:
        train_bars(out, SHORT)
    monkeypatch.undo()
    assert str(stopped.value) == (
        f"{out.parent / file} can't be written (No space left on device). The state saved last is kept in "
        f"{state_path(out)}: once this is mended, the same command with --resume goes on."
    )
    assert names(out.parent) == {state_path(out).name, history_path(out).name}
    train_bars(out, SHORT, resume=True)
    assert_same_training(unbroken, out)


def hold(out: Path, held: Connection) -> None:
    """In another process: trains, as far as others can tell."""
    with alone(out):
        held.send(True)
        held.recv()


def test_a_second_run_is_refused_until_the_first_is_gone_however_it_went(tmp_path: Path) -> None:
    out = tmp_path / "bars.safetensors"
    train_bars(out, replace(SHORT, epochs=1))
    kept = {file: file.read_bytes() for file in tmp_path.iterdir()}
    here, there = Pipe()
    first = forked(hold, out, there)
    first.start()
    assert here.recv()
    for how in ({"resume": True}, {"overwrite": True}):
        with pytest.raises(
            CheckpointError, match=r"Another process trains .*bars\.safetensors at this moment"
        ) as refused:
            train_bars(out, replace(SHORT, epochs=1), **how)
        assert refused.value.kind == "taken"
    assert {file: file.read_bytes() for file in kept} == kept
    first.kill()
    first.join()
    assert lock_path(out).exists()
    train_bars(out, replace(SHORT, epochs=1), overwrite=True)
    assert names(tmp_path) == {file.name for file in kept}


def test_two_runs_in_one_folder_leave_each_other_alone(tmp_path: Path) -> None:
    one, two = tmp_path / "one.safetensors", tmp_path / "two.safetensors"
    with alone(one), alone(two):
        pass
    assert not names(tmp_path)


def test_killed_at_any_moment_a_run_goes_on_as_if_nothing_had_happened(tmp_path: Path) -> None:
    killed = killed_while_saving(tmp_path, kills=3, epochs=9)
    assert (killed.kills, killed.runs) == (3, 1)
