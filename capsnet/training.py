"""Training: one-cycle Adam on margin and reconstruction loss, resumable at any batch, on one device or several."""

from __future__ import annotations

import json
import math
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor
from torch.optim import Adam
from torch.optim.lr_scheduler import OneCycleLR
from tqdm import tqdm

from capsnet import checkpoint
from capsnet.config import CapsNetConfig
from capsnet.data import NOTHING, Dataset, shifted, to_float
from capsnet.distortion import distorted
from capsnet.evaluation import evaluate, pose_statistics
from capsnet.losses import total_loss
from capsnet.machine import has_bfloat16, interrupts, keep_freed_memory
from capsnet.model import CapsNet
from capsnet.recipe import Plan, Recipe, plan, present_capsules
from capsnet.resume import Progress, TrainingStopped, restore_state, save_state

LIBRARIES = ("torch", "torchvision", "accelerate", "numpy", "safetensors")
CHECK_EVERY = 20  # batches between looks at the loss: each look waits for the device


def state_path(out: Path) -> Path:
    """Where the run that makes `out` keeps its state."""
    return out.with_suffix(".state.safetensors")


def history_path(out: Path) -> Path:
    """Where the run that makes `out` writes a line of JSON an epoch."""
    return out.with_suffix(".history.jsonl")


def train(
    recipe: Recipe,
    training: Dataset,
    test: Dataset,
    out: Path,
    *,
    config: CapsNetConfig | None = None,
    start: CapsNet | None = None,
    resume: bool = False,
    cpu: bool = False,
    command: str = "",
) -> checkpoint.Card | None:
    """Trains a network and writes it to `out`, with its card.

    Args:
        recipe: how.
        training: what the weights are fitted to.
        test: what each epoch is tried on (when comparing recipes: the pictures held out).
        out: the checkpoint; the run's state and history are kept beside it.
        config: the network; None: that of `start`, else the paper's, with the data's classes and size.
        start: the network to train further, the one that the recipe names; it is left as it is. None: random weights.
        resume: go on from the state that an earlier run with the same recipe, data and config left beside `out`.
        cpu: don't use a GPU.
        command: how a person starts this run, for the card.

    Returns:
        The card written; None in all processes but the first.

    Raises:
        TrainingStopped: interrupted, or the loss is no number any more.
        CheckpointError: there is nothing to resume, or it is of another run.
        ValueError: batch size and number of processes don't fit, or network and data, or `out` has another suffix.
    """
    if out.suffix != ".safetensors":
        raise ValueError(f"the weights' file must end in .safetensors; got {out}")
    config = config or (start.config if start else _default_config(training))
    run = _Run(recipe, training, test, out, config, start, cpu)
    keep_freed_memory()
    run.begin(resume)
    with interrupts() as interrupted:
        while run.progress.epoch < recipe.epochs:
            run.epoch(interrupted)
    card = run.finish(command) if run.accelerator.is_main_process else None
    if run.world > 1:  # all leave together: a process that ends while others still talk to it may be aborted
        run.accelerator.wait_for_everyone()
        run.accelerator.end_training()
    return card


class _Run:
    """A training run: the one place where weights, optimizer and schedule change."""

    def __init__(
        self,
        recipe: Recipe,
        training: Dataset,
        test: Dataset,
        out: Path,
        config: CapsNetConfig,
        start: CapsNet | None,
        cpu: bool,
    ) -> None:
        self.recipe, self.training, self.test, self.out, self.start = recipe, training, test, out, start
        self.accelerator = Accelerator(cpu=cpu, mixed_precision="no")  # only convolutions: see `_step`
        self.world = self.accelerator.num_processes
        if recipe.batch_size % self.world:
            raise ValueError(f"batch_size {recipe.batch_size} must divide among {self.world} processes")
        self.device = self.accelerator.device
        self.bfloat16 = has_bfloat16(self.device)
        _check_data(training, config)
        torch.manual_seed(recipe.seed)
        self.model = CapsNet(config)
        if start:
            _check_start(start.config, config, training)
            fresh = "digit_capsules.transforms" if recipe.fresh_votes else ""
            self.model.load_state_dict({k: v for k, v in start.state_dict().items() if k != fresh}, strict=not fresh)
        self.optimizer = Adam(self.model.parameters(), lr=recipe.peak_learning_rate, fused=True)
        # Equal shares for all processes: a few pictures, others in each epoch, may wait for the next one.
        self.count = len(training) - len(training) % self.world
        self.steps = math.ceil(self.count / recipe.batch_size)
        self.schedule = OneCycleLR(
            self.optimizer,
            max_lr=recipe.peak_learning_rate,
            total_steps=recipe.epochs * self.steps + 1,  # it is asked once more, after the last step
            pct_start=recipe.warmup,
            cycle_momentum=False,
        )
        self.wrapped: Any = None
        self.images = training.images.to(self.device)
        self.labels = training.labels.to(self.device)
        self.progress = Progress()

    def begin(self, resume: bool) -> None:
        """Restores the state of an earlier run, or writes the first one, so that there always is one."""
        if resume:
            found = restore_state(state_path(self.out), self.model, self.optimizer, self.schedule, self._identity())
            self.progress = found
        elif self.accelerator.is_main_process:
            self._save()
        self._write_history()
        self.wrapped, self.optimizer = self.accelerator.prepare(self.model, self.optimizer)

    def epoch(self, interrupted: Callable[[], bool]) -> None:
        """Trains to the end of the current epoch, tries the network on the test set and saves."""
        progress, drawn = self.progress, plan(self.recipe, self.progress.epoch, len(self.training))
        drawn = drawn.take(slice(self.count)).to(self.device)
        losses = torch.full((), progress.loss_sum, device=self.device)
        started = time.perf_counter() - progress.seconds
        with self._bar() as bar:
            for step in range(progress.step, self.steps):
                batch = drawn.take(slice(step * self.recipe.batch_size, (step + 1) * self.recipe.batch_size))
                losses += self._step(batch, step)
                progress.step = step + 1
                progress.seconds = time.perf_counter() - started
                bar.update(len(batch.order))
                if progress.step % CHECK_EVERY == 0 or progress.step == self.steps:
                    progress.loss_sum = self._checked(float(losses))
                    bar.set_postfix(loss=f"{progress.loss_sum / (progress.step * self.recipe.batch_size):.4f}")
                self._stop_if(interrupted(), losses)
        self._close_epoch()

    def finish(self, command: str) -> checkpoint.Card:
        """Rounds the weights as the file will hold them, tries exactly those, and writes file and card."""
        if self.start and self.recipe.start_share:
            begun = self.start.state_dict()
            for name, weight in self.model.state_dict().items():
                weight.lerp_(begun[name].to(self.device), self.recipe.start_share)
        rounded = {name: weight.to(self.device).float() for name, weight in checkpoint.at_rest(self.model).items()}
        self.model.load_state_dict(rounded)
        mean, std = pose_statistics(self.model, self.training)
        card = checkpoint.Card(
            config=self.model.config,
            recipe={
                **asdict(self.recipe),
                "command": command,
                "device": self.device.type,
                "processes": self.world,
                "convolutions": "bfloat16" if self.bfloat16 else "float32",
            },
            history=tuple(self.progress.history),
            data_md5=self.training.md5,
            versions={"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
            test_accuracy=evaluate(self.model, self.test).accuracy,
            pose_mean=_table(mean),
            pose_std=_table(std),
        )
        checkpoint.write(self.out, self.model, card)
        return card

    def _step(self, batch: Plan, step: int) -> Tensor:
        """One step of the optimizer on this process's share of a batch; its loss times the batch's size.

        Nothing here waits for the device: what is computed on is checked once, before the first step.
        """
        own = batch.take(slice(self.accelerator.process_index, None, self.world))
        images, labels = (
            to_float(shifted(self.images[own.order], own.shifts, self.recipe.shift)),
            self.labels[own.order],
        )
        if own.distortions:
            images = distorted(images, own.distortions)
        present = self._present(step, len(batch.order))
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.bfloat16):
            chosen = labels.clamp(min=0)  # any capsule will do for `NOTHING`: see total_loss
            output = self.wrapped(images, chosen, present=present, unrolled=self.recipe.unrolled, check_values=False)
        done = (self.progress.epoch * self.steps + step) / (self.recipe.epochs * self.steps)
        loss = total_loss(output, images, labels, self.recipe.terms(done))
        self.optimizer.zero_grad()
        self.accelerator.backward(loss)
        self.optimizer.step()
        self.schedule.step()
        mean: Tensor = self.accelerator.reduce(loss.detach(), "mean")
        return mean * len(batch.order)

    def _present(self, step: int, count: int) -> Tensor | None:
        """The primary capsules that take part in this process's share of a batch of so many pictures."""
        shape = (count, self.model.config.primary_capsules)
        present = present_capsules(self.recipe, self.progress.epoch, step, shape)
        own = slice(self.accelerator.process_index, None, self.world)
        return None if present is None else present[own].to(self.device, non_blocking=True)

    def _checked(self, loss_sum: float) -> float:
        if not math.isfinite(loss_sum):
            raise self._diverged(f"The loss became {loss_sum}")
        return loss_sum

    def _check_weights(self) -> None:
        """Before they are saved: the loss is still a number in the step that spoils the weights."""
        if not all(bool(weights.isfinite().all()) for weights in self.model.parameters()):
            raise self._diverged("Weights became infinite or no numbers")

    def _diverged(self, what: str) -> TrainingStopped:
        return TrainingStopped(
            f"{what} in epoch {self.progress.epoch + 1}: try a lower --peak-learning-rate. "
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
        if self.accelerator.is_main_process:
            self._save()
        if self.world > 1:  # a launcher that sees one process end tells the others to, also the one that saves
            self.accelerator.wait_for_everyone()
        raise TrainingStopped(
            f"Stopped in epoch {self.progress.epoch + 1} of {self.recipe.epochs}, and all is saved: "
            "the same command with --resume goes on from here."
        )

    def _close_epoch(self) -> None:
        progress, count = self.progress, self.count
        self._check_weights()
        if self.accelerator.is_main_process:
            progress.history.append(
                {
                    "epoch": progress.epoch + 1,
                    "loss": progress.loss_sum / count,
                    "learning_rate": float(self.schedule.get_last_lr()[0]),
                    "test_accuracy": evaluate(self.model, self.test).accuracy,
                    "images_per_second": count / progress.seconds,
                }
            )
        progress.epoch, progress.step, progress.loss_sum, progress.seconds = progress.epoch + 1, 0, 0.0, 0.0
        if self.accelerator.is_main_process:
            self._save()
            self._write_history()
            tqdm.write(_sentence(progress.history[-1], self.recipe.epochs))

    def _save(self) -> None:
        path, identity = state_path(self.out), self._identity()
        save_state(path, self.model, self.optimizer, self.schedule, self.progress, identity)

    def _write_history(self) -> None:
        if self.accelerator.is_main_process:
            lines = [json.dumps(entry) + "\n" for entry in self.progress.history]
            history_path(self.out).write_text("".join(lines), encoding="utf-8")

    def _identity(self) -> dict[str, Any]:
        return {
            "recipe": asdict(self.recipe),
            "config": self.model.config.to_dict(),
            "training data": self.training.md5,
        }

    def _bar(self) -> tqdm[Any]:
        done = min(self.progress.step * self.recipe.batch_size, self.count)
        return tqdm(
            total=self.count,
            initial=done,
            desc=f"epoch {self.progress.epoch + 1}/{self.recipe.epochs}",
            unit=" images",
            disable=not self.accelerator.is_main_process,
            leave=False,
            mininterval=0.5 if sys.stderr.isatty() else 60,  # a log is no place for a moving bar
        )


def _default_config(data: Dataset) -> CapsNetConfig:
    return CapsNetConfig(classes=data.classes, image_size=data.images.shape[-1])


def _check_data(data: Dataset, config: CapsNetConfig) -> None:
    """All pictures and labels at once, since no step of training looks at their values."""
    size, most = config.image_size, config.digit_capsules - 1
    if data.images.shape != (len(data.labels), size, size) or data.images.dtype != torch.uint8:
        got = f"{data.images.dtype} {tuple(data.images.shape)}"
        raise ValueError(f"the pictures of {data.name} must be [{len(data)}, {size}, {size}] uint8; got {got}")
    if data.labels.dtype != torch.int64 or not ((data.labels >= NOTHING) & (data.labels <= most)).all():
        got = f"{data.labels.dtype} {sorted(set(data.labels.tolist()))[:20]}"
        raise ValueError(f"the labels of {data.name} must be int64 in 0..{most}, or {NOTHING} for nothing; got {got}")


def _check_start(start: CapsNetConfig, config: CapsNetConfig, training: Dataset) -> None:
    if replace(start, inverse_temperature=config.inverse_temperature) != config:
        raise ValueError(f"the network to start from must be the one that is trained; got {start} and {config}")
    if start.classes != training.classes:
        names = f"{', '.join(start.classes)} against {', '.join(training.classes)}"
        raise ValueError(f"the network to start from has other classes than {training.name}: {names}")


def _sentence(entry: dict[str, float], epochs: int) -> str:
    return (
        f"epoch {entry['epoch']:.0f}/{epochs}: loss {entry['loss']:.4f}, accuracy {100 * entry['test_accuracy']:.2f}%, "
        f"learning rate {entry['learning_rate']:.2g}, {entry['images_per_second']:.0f} images/s"
    )


def _table(values: Tensor) -> checkpoint.Table:
    return tuple(tuple(round(number, 6) for number in row) for row in values.tolist())
