"""A training run: epochs of steps, tried after each, saved so that it can go on after any batch."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor
from tqdm import tqdm

from capsnet.architectures import Batch
from capsnet.card import Card
from capsnet.config import CapsNetConfig
from capsnet.data import Dataset, shifted, to_float
from capsnet.distortion import distorted
from capsnet.film import first_of_each_class
from capsnet.network import Network, NetworkConfig
from capsnet.recipe import Plan, Recipe, plan
from capsnet.resume import Progress, TrainingStopped, restore_state, save_state
from capsnet.runtime import interrupts, keep_freed_memory
from capsnet.training.bar import epoch_bar
from capsnet.training.checks import check_data, check_recipe, check_start
from capsnet.training.files import alone, check_name, check_unused, saying_what_is_kept, state_path
from capsnet.training.finish import write_checkpoint
from capsnet.training.history import epoch_entry, epoch_line, running_entry, write_history
from capsnet.training.learner import Learner

CHECK_EVERY = 20  # batches between looks at the loss: each look waits for the device


def train(
    recipe: Recipe,
    training: Dataset,
    test: Dataset,
    out: Path,
    *,
    config: NetworkConfig | None = None,
    start: Network | None = None,
    resume: bool = False,
    overwrite: bool = False,
    cpu: bool = False,
    command: str = "",
) -> Card | None:
    """Trains a network, writes it to `out`, and returns its card: in the first process, None in all others.

    Args:
        recipe: how.
        training: what the weights are fitted to.
        test: what each epoch is tried on (when comparing recipes: the pictures held out).
        out: the checkpoint; the run's state and history are kept beside it.
        config: of any known architecture; None: that of `start`, else the paper's, for the data's classes and size.
        start: the network to train further, which the recipe names; it is left as it is. None: random weights.
        resume: go on from the state that an earlier run with the same recipe, data and config left beside `out`.
        overwrite: begin anew, even where there is a checkpoint or the state of a run already.
        cpu: don't use a GPU.
        command: how a person starts this run, for the card.

    Raises:
        TrainingStopped: interrupted, the loss is no number any more, or something can't be written.
        CheckpointError: nothing to resume, or another run's state; something would be overwritten, or is being made.
        ValueError: batch size and processes don't fit, or network and data or recipe, or `out` is no .safetensors file.
    """
    check_name(out)
    run = Run(recipe, training, test, out, config or _config(start, training), start, cpu)
    keep_freed_memory()
    with saying_what_is_kept(out), alone(out) if run.accelerator.is_main_process else nullcontext():
        run.begin(resume, overwrite)
        run.epochs()
        return run.finish(command)


class Run:
    """A training run in this process: its data, its place in the recipe, its files."""

    def __init__(
        self,
        recipe: Recipe,
        training: Dataset,
        test: Dataset,
        out: Path,
        config: NetworkConfig,
        start: Network | None,
        cpu: bool,
    ) -> None:
        self.recipe, self.training, self.test, self.out, self.start = recipe, training, test, out, start
        self.accelerator = Accelerator(cpu=cpu, mixed_precision="no")  # only convolutions: see `Learner.step`
        self.world, self.device = self.accelerator.num_processes, self.accelerator.device
        self.share = slice(self.accelerator.process_index, None, self.world)
        if recipe.batch_size % self.world:
            raise ValueError(f"batch_size {recipe.batch_size} must divide among {self.world} processes")
        if start:
            check_start(start.config, config, training)
        check_recipe(recipe, config)
        check_data(training, config)
        # Equal shares for all processes: a few pictures, others in each epoch, may wait for the next one.
        self.count: int = len(training) - len(training) % self.world
        self.steps = math.ceil(self.count / recipe.batch_size)
        self.learner = Learner(recipe, config, start, recipe.epochs * self.steps, self.accelerator)
        self.images, self.labels = training.images.to(self.device), training.labels.to(self.device)
        self.film = first_of_each_class(test)
        self.progress = Progress()

    def begin(self, resume: bool, overwrite: bool = False) -> None:
        """Restores the state of an earlier run, or writes the first one, so that there always is one."""
        if resume:
            model, optimizer, schedule = self.learner.model, self.learner.optimizer, self.learner.schedule
            self.progress = restore_state(state_path(self.out), model, optimizer, schedule, self._identity())
        else:
            if self.accelerator.is_main_process and not overwrite:
                check_unused(self.out)
            self._save()
        self._write_history()
        self.learner.prepare()

    def epochs(self) -> None:
        """Trains until all epochs are done."""
        with interrupts() as interrupted:
            while self.progress.epoch < self.recipe.epochs:
                self.epoch(interrupted)

    def epoch(self, interrupted: Callable[[], bool]) -> None:
        """Trains to the end of the current epoch, tries the network on the test set and saves."""
        progress, drawn = self.progress, plan(self.recipe, self.progress.epoch, len(self.training))
        drawn = drawn.take(slice(self.count)).to(self.device)
        losses = torch.full((), progress.loss_sum, device=self.device)
        started = time.perf_counter() - progress.seconds
        with self._bar() as bar:
            for step in range(progress.step, self.steps):
                chosen = drawn.take(slice(step * self.recipe.batch_size, (step + 1) * self.recipe.batch_size))
                losses += self.step(chosen, step) * len(chosen.order)
                progress.step = step + 1
                progress.seconds = time.perf_counter() - started
                bar.update(len(chosen.order))
                if progress.step % CHECK_EVERY == 0 or progress.step == self.steps:
                    progress.loss_sum = self._checked(float(losses))
                    self._look(bar)
                self._stop_if(interrupted(), losses)
        self._close_epoch()

    def step(self, chosen: Plan, step: int) -> Tensor:
        """Trains on the pictures chosen, this process's share of them moved and distorted; their mean loss, []."""
        own, epoch = chosen.take(self.share), self.progress.epoch
        images = to_float(shifted(self.images[own.order], own.shifts, self.recipe.shift))
        if own.distortions:
            images = distorted(images, own.distortions)
        done = (epoch * self.steps + step) / (self.recipe.epochs * self.steps)
        labels = self.labels[own.order]
        return self.learner.step(Batch(images, labels, self.recipe, epoch, step, done, len(chosen.order), self.share))

    def finish(self, command: str) -> Card | None:
        """Writes the checkpoint in the first process, and has all of them leave together."""
        card = None
        if self.accelerator.is_main_process:
            data = (self.training, self.test)
            history = self.progress.history
            card = write_checkpoint(self.out, self.learner, self.recipe, data, self.start, history, command)
        if self.world > 1:  # a process that ends while others still talk to it may be aborted
            self.accelerator.wait_for_everyone()
            self.accelerator.end_training()
        return card

    def _look(self, bar: tqdm[Any]) -> None:
        """Notes the loss on the way, and shows it to who waits."""
        progress = self.progress
        progress.looks.append((progress.step, progress.loss_sum))
        bar.set_postfix(loss=f"{progress.loss_sum / self._seen(progress.step):.4f}")
        if progress.step < self.steps:  # else the epoch's own line comes
            self._write_history(running_entry(progress, self.recipe, self.count))

    def _checked(self, loss_sum: float) -> float:
        if not math.isfinite(loss_sum):
            raise self._diverged(f"The loss became {loss_sum}")
        return loss_sum

    def _check_weights(self) -> None:
        if not self.learner.is_finite():
            raise self._diverged("Weights became infinite or no numbers")

    def _diverged(self, what: str) -> TrainingStopped:
        return TrainingStopped(
            f"{what} in epoch {self.progress.epoch + 1}: try a lower --peak-learning-rate, with --overwrite. "
            f"The last good state is kept in {state_path(self.out)}."
        )

    def _stop_if(self, interrupted: bool, losses: Tensor) -> None:
        if self.world > 1:  # all processes must stop after the same batch
            if interrupted:
                self.accelerator.set_trigger()
            interrupted = self.accelerator.check_trigger()
        if not interrupted:
            return
        self.progress.loss_sum = self._checked(float(losses))
        self._check_weights()
        self._save()
        if self.world > 1:  # a launcher that sees one process end tells the others to, also the one that saves
            self.accelerator.wait_for_everyone()
        raise TrainingStopped(
            f"Stopped in epoch {self.progress.epoch + 1} of {self.recipe.epochs}, and all is saved: "
            "the same command with --resume goes on from here."
        )

    def _close_epoch(self) -> None:
        progress = self.progress
        self._check_weights()
        if self.accelerator.is_main_process:
            tried = (self.test, self.film)
            progress.history.append(epoch_entry(progress, self.recipe, self.learner, self.count, *tried))
        progress.epoch, progress.step, progress.loss_sum, progress.seconds = progress.epoch + 1, 0, 0.0, 0.0
        progress.looks = []
        self._save()
        self._write_history()
        if self.accelerator.is_main_process:
            tqdm.write(epoch_line(progress.history[-1], self.recipe.epochs))

    def _save(self) -> None:
        if self.accelerator.is_main_process:
            model, optimizer, schedule = self.learner.model, self.learner.optimizer, self.learner.schedule
            save_state(state_path(self.out), model, optimizer, schedule, self.progress, self._identity())

    def _write_history(self, running: dict[str, Any] | None = None) -> None:
        if self.accelerator.is_main_process:
            write_history(self.out, self.progress.history, running)

    def _identity(self) -> dict[str, Any]:
        return {
            "recipe": asdict(self.recipe),
            "config": self.learner.model.config.to_dict(),
            "training data": self.training.md5,
        }

    def _seen(self, step: int) -> int:
        """Pictures in so many batches of an epoch, of which the last may not be full."""
        return min(step * self.recipe.batch_size, self.count)

    def _bar(self) -> tqdm[Any]:
        progress, shown = self.progress, self.accelerator.is_main_process
        return epoch_bar(progress.epoch, self.recipe.epochs, self.count, self._seen(progress.step), shown=shown)


def _config(start: Network | None, data: Dataset) -> NetworkConfig:
    """The start's, else the paper's."""
    return start.config if start else CapsNetConfig(classes=data.classes, image_size=data.images.shape[-1])
