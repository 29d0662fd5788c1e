"""Training runs of the small network, and whether two of them are the same."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from capsnet.card import Card
from capsnet.checkpoint import read
from capsnet.recipe import Recipe
from capsnet.training import state_path, train
from tests.capsnet.samples import CONFIG, barred_pictures

RECIPE = Recipe(dataset="bars", epochs=3, batch_size=32, peak_learning_rate=0.01, shift=1)
STEPS = 5
"""Batches in an epoch of `train_bars`, of which the last is not full."""


def train_bars(
    out: Path, recipe: Recipe = RECIPE, *, resume: bool = False, overwrite: bool = False, count: int = 139
) -> Card | None:
    """Trains the small network on bars, in a second or so; the card comes back in the first process alone."""
    training, test = barred_pictures(count), barred_pictures(50, seed=4)
    return train(recipe, training, test, out, config=CONFIG, resume=resume, overwrite=overwrite, cpu=True)


def final_state(out: Path) -> dict[str, Tensor]:
    """All weights and moments that a run keeps beside `out`."""
    tensors: dict[str, Tensor] = load_file(state_path(out))
    return tensors


def assert_same_training(one: Path, other: Path) -> None:
    """Both runs ended with the same weights and moments, bit for bit, and with the same losses on the way."""
    first, second = final_state(one), final_state(other)
    assert first.keys() == second.keys()
    assert [name for name, tensor in first.items() if not torch.equal(tensor, second[name])] == []
    histories = [
        [
            {name: value for name, value in entry.items() if name not in ("images_per_second", "seconds")}
            for entry in read(out).card.history
        ]
        for out in (one, other)
    ]
    assert histories[0] == histories[1]
