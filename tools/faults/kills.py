"""Training that is killed while it saves, again and again, at moments that chance chooses.

A tiny network saves after each batch all that a run keeps: its state, its history and its checkpoint. After each kill
all of it must be there and whole, and the next process goes on from it. In the end the weights are those of a run that
nothing happened to, bit for bit.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from io import StringIO
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from torch import Tensor
from tqdm import tqdm

from capsnet import checkpoint
from capsnet.recipe import Recipe
from capsnet.stored import read_tensors
from capsnet.training import history_path, state_path
from capsnet.training.files import alone
from capsnet.training.run import Run
from tests.capsnet.runs import RECIPE, assert_same_training, train_bars
from tests.capsnet.samples import CONFIG, barred_pictures, make_card

EPOCHS = 60
"""Of a run that lasts for more kills than one."""
KILLS_OF_A_RUN = 20
SPAN = 0.12
"""Seconds within which a process is killed, from its first batch on."""


class LostError(Exception):
    """Something that was saved is not there any more."""


class Killed(NamedTuple):
    """What became of runs that were killed."""

    kills: int
    halves: int
    """Kills that left half a file, which is removed when the run goes on."""
    runs: int
    """That ended as if nothing had happened."""


class _Saving(Run):
    """Saves after each batch."""

    def _stop_if(self, interrupted: bool, losses: Tensor) -> None:
        super()._stop_if(interrupted, losses)
        self.progress.loss_sum = float(losses)
        self._save()
        self._write_history()
        card = make_card(CONFIG, recipe={"batches": _batches(vars(self.progress))})
        checkpoint.write(self.out, self.learner.model, card)


def killed_while_saving(folder: Path, kills: int, epochs: int = EPOCHS, seed: int = 1) -> Killed:
    """Kills runs of so many epochs in a folder, so many times in all.

    Raises:
        LostError: something that a run kept is gone or damaged.
    """
    chance, recipe, unbroken = random.Random(seed), replace(RECIPE, epochs=epochs), folder / "unbroken.safetensors"  # noqa: S311 - no secret
    train_bars(unbroken, recipe)
    counted = Killed(0, 0, 0)
    while counted.kills < kills:
        out, done = folder / f"run-{counted.runs}" / "bars.safetensors", (0, 0)
        for _ in range(min(KILLS_OF_A_RUN, kills - counted.kills)):
            _kill(out, recipe, chance.uniform(0, SPAN))
            counted = counted._replace(kills=counted.kills + 1, halves=counted.halves + _is_half(out))
            done = _whole(out, done)
        train_bars(out, recipe, resume=True)
        assert_same_training(unbroken, out)
        if left := [file.name for file in out.parent.iterdir() if file.name.startswith(".")]:
            raise LostError(f"left behind: {', '.join(left)}")
        counted = counted._replace(runs=counted.runs + 1)
    return counted


def forked(act: Callable[..., None], *arguments: object) -> BaseProcess:
    """A process that does this, from when it is started; PyTorch is imported once for all of them."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context.Process(target=act, args=arguments)


def _kill(out: Path, recipe: Recipe, seconds: float) -> None:
    """Has a process begin a run, or go on with one, and kills it after so many seconds."""
    listening, telling = Pipe(duplex=False)
    process = forked(_save_again_and_again, out, recipe, telling)
    process.start()
    telling.close()
    try:
        listening.recv()
        time.sleep(seconds)
    except EOFError as error:
        raise LostError(f"{out} can't be gone on with") from error
    finally:
        process.kill()
        process.join()
        process.close()
        listening.close()


def _save_again_and_again(out: Path, recipe: Recipe, begun: Connection) -> None:
    tqdm.set_lock(RLock())  # its own would outlive a process that is killed
    with silence():
        run = _Saving(recipe, barred_pictures(139), barred_pictures(50, seed=4), out, CONFIG, None, cpu=True)
        with alone(out):
            run.begin(resume=state_path(out).exists())
            begun.send(True)
            run.epochs()


@contextmanager
def silence() -> Iterator[None]:
    """Has training say nothing."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        yield


def _is_half(out: Path) -> bool:
    return any(file.name.startswith(f".{out.stem}.") and file.suffix != ".lock" for file in out.parent.iterdir())


def _whole(out: Path, before: tuple[int, int]) -> tuple[int, int]:
    """How many batches are done as the state and the checkpoint say, after looking at all that the run kept."""
    _, metadata = read_tensors(state_path(out))
    progress = json.loads(metadata["state"])["progress"]
    saved = checkpoint.read(out).card.recipe["batches"] if out.exists() or before[1] else 0
    now, epochs = (_batches(progress), saved), len(progress["history"])
    written = [json.loads(line) for line in history_path(out).read_text(encoding="utf-8").splitlines()]
    if now[0] < before[0] or now[1] < before[1] or now[1] > now[0] or not epochs - 1 <= len(written) <= epochs:
        found = (
            f"state and checkpoint have {now} batches, before {before}; the history {len(written)} of {epochs} epochs"
        )
        raise LostError(found)
    return now


def _batches(progress: dict[str, object]) -> int:
    return 5 * int(str(progress["epoch"])) + int(str(progress["step"]))
