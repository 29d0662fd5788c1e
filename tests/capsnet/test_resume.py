"""A run that was stopped and resumed ends with the same weights, bit for bit, as one that was not."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from capsnet import architectures, checkpoint
from capsnet.checkpoint import CheckpointError
from capsnet.film import film_of
from capsnet.losses import total_loss
from capsnet.resume import TrainingStopped
from capsnet.training import history_path, run, state_path, train
from tests.capsnet.runs import RECIPE, STEPS, assert_same_training, final_state, train_bars
from tests.capsnet.samples import CONFIG, barred_pictures

pytestmark = pytest.mark.slow

Effect = Callable[[Tensor], Tensor]


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that nothing happened to."""
    out = tmp_path_factory.mktemp("unbroken") / "bars.safetensors"
    train_bars(out)
    return out


@pytest.fixture
def at_step(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Effect], None]:
    """Has something happen to the loss of the n-th batch of what is trained next, counted from 1."""

    def arrange(step: int, effect: Effect) -> None:
        count = iter(range(1, 1_000_000))

        def watched(*arguments: object) -> Tensor:
            loss = total_loss(*arguments)  # type: ignore[arg-type]
            return effect(loss) if next(count) == step else loss

        monkeypatch.setattr(architectures, "total_loss", watched)

    return arrange


def press_ctrl_c(loss: Tensor) -> Tensor:
    os.kill(os.getpid(), signal.SIGINT)
    return loss


def ask_to_end(loss: Tensor) -> Tensor:
    os.kill(os.getpid(), signal.SIGTERM)
    return loss


@pytest.fixture(autouse=True)
def handlers_are_put_back() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    yield
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(1, id="first batch"),
        pytest.param(STEPS + 3, id="in the middle of an epoch"),
        pytest.param(2 * STEPS, id="last batch of an epoch"),
        pytest.param(3 * STEPS, id="last batch of all"),
    ],
)
def test_stopped_by_ctrl_c_and_resumed(
    step: int, unbroken: Path, tmp_path: Path, at_step: Callable[[int, Effect], None]
) -> None:
    out = tmp_path / "bars.safetensors"
    at_step(step, press_ctrl_c)
    with pytest.raises(TrainingStopped, match="all is saved: the same command with --resume goes on from here"):
        train_bars(out)
    assert not out.exists()
    train_bars(out, resume=True)
    assert_same_training(unbroken, out)
    assert len(history_path(out).read_text().splitlines()) == RECIPE.epochs


def test_losses_within_the_epoch_and_the_film_go_on(
    tmp_path: Path, at_step: Callable[[int, Effect], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "CHECK_EVERY", 2)
    whole, broken = tmp_path / "whole" / "bars.safetensors", tmp_path / "broken" / "bars.safetensors"
    train_bars(whole)
    at_step(STEPS + 3, press_ctrl_c)
    with pytest.raises(TrainingStopped):
        train_bars(broken)
    train_bars(broken, resume=True)
    assert_same_training(whole, broken)
    history = checkpoint.read(broken).card.history
    assert [len(entry["losses"]) for entry in history] == [3, 3, 3]
    film = film_of(history)
    assert film is not None
    assert film.epochs == (1, 2, 3)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"plain": 0.25, "rotation": 15, "shear": 0.2, "scale": 0.1, "elastic": 0.5, "thickness": 0.5},
            id="distortions",
        ),
        pytest.param(
            {"capsule_dropout": 0.3, "unrolled": True, "agreement": 0.2, "agreement_last": 0.1, "long_votes": 0.01},
            id="capsules left out",
        ),
    ],
)
def test_what_is_drawn_at_random_is_drawn_anew(
    tmp_path: Path, at_step: Callable[[int, Effect], None], changes: dict[str, Any]
) -> None:
    recipe = replace(RECIPE, **changes)
    whole, broken = tmp_path / "whole" / "bars.safetensors", tmp_path / "broken" / "bars.safetensors"
    train_bars(whole, recipe)
    at_step(STEPS + 3, press_ctrl_c)
    with pytest.raises(TrainingStopped):
        train_bars(broken, recipe)
    train_bars(broken, recipe, resume=True)
    assert_same_training(whole, broken)
    assert final_state(whole).keys() == final_state(broken).keys()


def test_stopped_three_times_by_different_means(
    unbroken: Path, tmp_path: Path, at_step: Callable[[int, Effect], None]
) -> None:
    out = tmp_path / "bars.safetensors"
    for resume, step, effect in ((False, 4, press_ctrl_c), (True, 1, ask_to_end), (True, STEPS + 1, press_ctrl_c)):
        at_step(step, effect)
        with pytest.raises(TrainingStopped, match="Stopped in epoch"):
            train_bars(out, resume=resume)
    at_step(0, press_ctrl_c)
    train_bars(out, resume=True)
    assert_same_training(unbroken, out)


def test_a_second_ctrl_c_ends_at_once(tmp_path: Path, at_step: Callable[[int, Effect], None]) -> None:
    at_step(3, lambda loss: press_ctrl_c(press_ctrl_c(loss)))
    with pytest.raises(KeyboardInterrupt):
        train_bars(tmp_path / "bars.safetensors")


def test_resuming_a_finished_run_changes_nothing(unbroken: Path, tmp_path: Path) -> None:
    out = tmp_path / unbroken.name
    for place in (state_path, history_path):
        place(out).write_bytes(place(unbroken).read_bytes())
    train_bars(out, resume=True)
    assert checkpoint.read(out).digest == checkpoint.read(unbroken).digest


def test_a_loss_that_is_no_number_stops_with_the_last_good_state_kept(
    unbroken: Path, tmp_path: Path, at_step: Callable[[int, Effect], None]
) -> None:
    out = tmp_path / "bars.safetensors"
    at_step(STEPS + 2, lambda loss: loss * torch.nan)
    with pytest.raises(TrainingStopped, match=r"loss became nan in epoch 2: try a lower --peak-learning-rate.*state"):
        train_bars(out)
    assert not out.exists()
    assert len(history_path(out).read_text().splitlines()) == 1
    assert all(tensor.isfinite().all() for tensor in final_state(out).values())
    at_step(0, press_ctrl_c)
    train_bars(out, resume=True)
    assert_same_training(unbroken, out)


def test_ctrl_c_does_not_save_a_loss_that_is_no_number(tmp_path: Path, at_step: Callable[[int, Effect], None]) -> None:
    out = tmp_path / "bars.safetensors"
    at_step(STEPS + 1, lambda loss: press_ctrl_c(loss) * torch.nan)
    with pytest.raises(TrainingStopped, match="loss became nan"):
        train_bars(out)
    assert all(tensor.isfinite().all() for tensor in final_state(out).values())


@pytest.mark.parametrize("step", [STEPS, STEPS + 2], ids=["last batch of an epoch", "then Ctrl-C"])
def test_weights_that_are_no_numbers_are_never_saved(
    step: int, tmp_path: Path, at_step: Callable[[int, Effect], None]
) -> None:
    """The loss may still be finite in the step whose gradients are not."""
    out = tmp_path / "bars.safetensors"

    def break_gradients(loss: Tensor) -> Tensor:
        if step > STEPS:
            press_ctrl_c(loss)
        return loss + (0 * loss).sqrt()

    at_step(step, break_gradients)
    with pytest.raises(TrainingStopped, match="--peak-learning-rate"):
        train_bars(out)
    assert all(tensor.isfinite().all() for tensor in final_state(out).values())


def test_other_options_are_refused(unbroken: Path) -> None:
    for change, words in (
        ({"seed": 2}, r"seed \(2 now, 1 then\)"),
        ({"epochs": 4, "batch_size": 16}, r"batch size \(16 now, 32 then\), epochs \(4 now, 3 then\)"),
        ({"peak_learning_rate": 0.02}, r"peak learning rate \(0.02 now, 0.01 then\)"),
    ):
        with pytest.raises(
            CheckpointError, match=rf"of another run \(it differs in {words}\): resume with the options"
        ):
            train_bars(unbroken, replace(RECIPE, **change), resume=True)


def test_other_data_and_another_network_are_refused(unbroken: Path) -> None:
    data, other = barred_pictures(139), barred_pictures(139, seed=8)
    with pytest.raises(CheckpointError, match="it differs in training data"):
        train(RECIPE, other, other, unbroken, config=CONFIG, resume=True, cpu=True)
    with pytest.raises(CheckpointError, match=r"it differs in digit pose \(7 now, 11 then\)"):
        train(RECIPE, data, data, unbroken, config=replace(CONFIG, digit_pose=7), resume=True, cpu=True)


def test_nothing_to_resume(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"nothing to resume at .*bars\.state\.safetensors: start .* without"):
        train_bars(tmp_path / "bars.safetensors", resume=True)


@pytest.mark.parametrize("kind", ["truncated", "a checkpoint"])
def test_a_state_that_is_none(kind: str, unbroken: Path, tmp_path: Path) -> None:
    out = tmp_path / "bars.safetensors"
    content = unbroken.read_bytes() if kind == "a checkpoint" else state_path(unbroken).read_bytes()[:-10]
    state_path(out).write_bytes(content)
    with pytest.raises(CheckpointError, match=r"bars\.state\.safetensors .*: start the run again, with --overwrite"):
        train_bars(out, resume=True)
