"""Training against a plain loop, that of the example: the same pictures, losses and steps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from capsnet.data import shifted
from capsnet.model import CapsNet, CapsNetOutput
from capsnet.recipe import plan
from capsnet.training import learner
from examples import train_in_40_lines
from examples.train_in_40_lines import train as plain_training
from tests.capsnet.runs import RECIPE, final_state, train_bars
from tests.capsnet.samples import barred_pictures, small_model

pytestmark = pytest.mark.slow

ONE_EPOCH = replace(RECIPE, epochs=1)


@pytest.fixture(autouse=True)
def full_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner, "has_bfloat16", lambda _device: False)


def batches() -> list[tuple[Tensor, Tensor]]:
    """Pictures and labels of the first epoch, batch by batch."""
    data = barred_pictures(139)
    order, shifts, _ = plan(ONE_EPOCH, 0, 139)
    moved = shifted(data.images[order], shifts)[:, None].float() / 255
    return list(zip(moved.split(32), data.labels[order].split(32), strict=True))


def test_the_weights_are_those_of_a_plain_loop(tmp_path: Path) -> None:
    out = tmp_path / "bars.safetensors"
    train_bars(out, ONE_EPOCH)
    model = small_model(seed=ONE_EPOCH.seed).train()
    begun = {name: weights.clone() for name, weights in model.state_dict().items()}
    plain_training(model, barred_pictures(139), ONE_EPOCH)
    trained = final_state(out)
    for name, weights in model.state_dict().items():
        moved = float((weights - begun[name]).abs().mean())
        assert moved > 1e-4
        assert float((trained[f"model.{name}"] - weights).abs().mean()) < 0.01 * moved, name


def test_pictures_are_shifted_while_training_and_never_when_tested(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[bool, list[Tensor]] = {True: [], False: []}
    forward = CapsNet.forward

    def watched(self: CapsNet, images: Tensor, *more: Any, **options: Any) -> CapsNetOutput:
        seen[self.training].append(images)
        return forward(self, images, *more, **options)

    monkeypatch.setattr(CapsNet, "forward", watched)
    train_bars(tmp_path / "bars.safetensors", ONE_EPOCH)
    assert [len(images) for images in seen[True]] == [32, 32, 32, 32, 11]
    for images, (expected, _) in zip(seen[True], batches(), strict=True):
        assert torch.equal(images, expected)
    test = barred_pictures(50, seed=4).images[:, None].float() / 255
    assert torch.equal(seen[False][0], test)


def test_a_bar_shows_loss_and_speed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train_bars(tmp_path / "bars.safetensors", ONE_EPOCH)
    printed = capsys.readouterr()
    assert "epoch 1/1" in printed.err
    assert "images/s" in printed.err
    assert "loss=" in printed.err
    assert "epoch 1/1: loss" in printed.out + printed.err


def test_the_example_is_as_short_as_it_says() -> None:
    lines = Path(train_in_40_lines.__file__).read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line]) <= 40
