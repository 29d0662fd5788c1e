"""Training against a plain loop that is written here: the same pictures, losses and steps."""

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
from tests.capsnet.runs import RECIPE, STEPS, final_state, train_bars
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


def loss_by_hand(output: CapsNetOutput, images: Tensor, labels: Tensor) -> Tensor:
    """Equation 4 and the reconstruction, picture by picture."""
    total = torch.zeros(())
    for lengths, drawn, image, label in zip(output.lengths, output.reconstructions, images, labels, strict=True):
        for j in range(len(lengths)):
            if j == int(label):
                total = total + torch.clamp(0.9 - lengths[j], min=0) ** 2
            else:
                total = total + 0.5 * torch.clamp(lengths[j] - 0.1, min=0) ** 2
        total = total + 0.0005 * ((drawn - image) ** 2).sum()
    return total / len(images)


def test_the_weights_are_those_of_a_plain_loop(tmp_path: Path) -> None:
    out = tmp_path / "bars.safetensors"
    train_bars(out, ONE_EPOCH)
    model = small_model(seed=ONE_EPOCH.seed).train()
    begun = {name: weights.clone() for name, weights in model.state_dict().items()}
    optimizer = torch.optim.Adam(model.parameters(), lr=ONE_EPOCH.peak_learning_rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, ONE_EPOCH.peak_learning_rate, STEPS + 1, pct_start=ONE_EPOCH.warmup, cycle_momentum=False
    )
    for images, labels in batches():
        loss = loss_by_hand(model(images, labels), images, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
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
