"""The end of a run: weights as the file will hold them, tried, and written with their card."""

from __future__ import annotations

import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from capsnet import checkpoint
from capsnet.agreement import measure_agreement
from capsnet.card import Card
from capsnet.config import CapsNetConfig
from capsnet.data import Dataset
from capsnet.evaluation import evaluate
from capsnet.model import CapsNet
from capsnet.network import Network
from capsnet.recipe import Recipe
from capsnet.training.learner import Learner

LIBRARIES = ("torch", "torchvision", "accelerate", "numpy", "safetensors")
"""Whose versions the card names."""


def write_checkpoint(
    out: Path,
    learner: Learner,
    recipe: Recipe,
    data: tuple[Dataset, Dataset],
    start: Network | None,
    history: list[dict[str, Any]],
    command: str,
) -> Card:
    """Rounds the weights as the file will hold them, tries exactly those, and writes file and card.

    `data` is what was trained on, and what the network is tried on.
    """
    (training, test), device = data, learner.accelerator.device
    _round(learner, start, recipe.start_share)
    card = Card(
        config=cast(CapsNetConfig, learner.model.config),  # or another, as `architecture` says
        recipe={
            **asdict(recipe),
            "command": command,
            "device": device.type,
            "processes": learner.accelerator.num_processes,
            "convolutions": "bfloat16" if learner.bfloat16 else "float32",
        },
        history=tuple(history),
        data_md5=training.md5,
        versions={"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
        test_accuracy=evaluate(learner.model, test).accuracy,
        architecture=learner.architecture.name,
        agreement=measure_agreement(learner.model, test) if isinstance(learner.model, CapsNet) else None,
        **learner.architecture.statistics(learner.model, training),
    )
    checkpoint.write(out, learner.model, card)
    return card


def _round(learner: Learner, start: Network | None, start_share: float) -> None:
    """Mixed with the start's weights, where the recipe says so, and of the precision of the file."""
    device = learner.accelerator.device
    if start and start_share:
        begun = start.state_dict()
        for name, weight in learner.model.state_dict().items():
            weight.lerp_(begun[name].to(device), start_share)
    rounded = {name: weight.to(device).float() for name, weight in checkpoint.at_rest(learner.model).items()}
    learner.model.load_state_dict(rounded)
