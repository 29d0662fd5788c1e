r"""How many digits does it take? Each kind of small network learns from few digits, several times.

    ACCELERATE_DYNAMO_BACKEND=INDUCTOR ACCELERATE_DYNAMO_USE_DYNAMIC=0 OMP_NUM_THREADS=1 \
        python -m tools.experiments.few_digits --save explorer/measured/few_digits.json

The digits are drawn at random from MNIST's training digits, as many of each class, by the seed alone: all networks of
a seed learn from the same ones, and those of fewer digits are among those of more. All are shown the same number of
pictures, the digits again and again, moved by up to 2 pixels, with the recipe of the shipped small networks and a batch
size for few steps; a run is one cycle of the learning rate. Each is tried on the same first test digits when it ends.

Runs are kept one by one; the same command goes on with those that are missing.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, NamedTuple

import torch
import typer
from torch import Tensor

from capsnet.config import CapsNetConfig
from capsnet.convolutional import CnnConfig, GatedConfig
from capsnet.data import Dataset, load_dataset
from capsnet.network import NetworkConfig
from capsnet.recipe import Recipe
from capsnet.runtime import keep_freed_memory
from capsnet.training.run import Run
from tools.experiments.kept import Kept

FORMAT = "capsnet-few-digits-1"
PICTURES = {100: 10_000, 300: 15_000, 1000: 20_000, 3000: 30_000, 10_000: 40_000}
"""By the number of digits that are learned from, how many pictures of them a network is shown."""
SEEDS = (1, 2, 3)
TESTED = 5000
BATCH = 50
SMALL: dict[str, Any] = {
    "feature_channels": 96,
    "primary_stride": 3,
    "primary_channels": 16,
    "decoder_hidden": (256, 512),
}
CAPSULES: dict[str, Any] = {"long_votes": 0.01, "capsule_dropout": 0.2}
AGREEING: dict[str, Any] = {"unrolled": True, "agreement": 0.05, "agreement_last": 0.04}


class Learner(NamedTuple):
    """A kind of network, and what its recipe has beside the others'."""

    config: NetworkConfig
    recipe: dict[str, Any]


LEARNERS = {
    "capsules-3": Learner(CapsNetConfig(iterations=3, inverse_temperature=10.0, **SMALL), CAPSULES | AGREEING),
    "capsules-1": Learner(CapsNetConfig(iterations=1, **SMALL), CAPSULES),
    "cnn": Learner(CnnConfig(), {}),
    "gated": Learner(GatedConfig(), {}),
}


def few(data: Dataset, digits: int, seed: int) -> Dataset:
    """So many digits, as many of each class, in an order in which fewer are the first ones of more.

    Raises:
        ValueError: the classes don't divide them, or one has too few.
    """
    classes = len(data.classes)
    share, rest = divmod(digits, classes)
    generator = torch.Generator().manual_seed(seed)
    chosen = []
    for label in range(classes):
        own = torch.nonzero(data.labels == label)[:, 0]
        if rest or len(own) < share:
            raise ValueError(f"{digits} digits of {classes} classes: there must be as many of each, and in the data")
        chosen.append(own[torch.randperm(len(own), generator=generator)[:share]])
    return data.take(torch.stack(chosen, dim=1).flatten())


def again_and_again(data: Dataset, pictures: int) -> Dataset:
    """So many pictures, each of the data as often as the others, give or take one."""
    positions: Tensor = torch.arange(pictures) % len(data)
    return data.take(positions)


def learned(learner: Learner, digits: Dataset, test: Dataset, pictures: int, seed: int) -> dict[str, Any]:
    """Trains one network, and says how many of the test digits it reads rightly, and how fast it was."""
    recipe = Recipe(epochs=1, batch_size=BATCH, seed=seed, **learner.recipe)
    shown = again_and_again(digits, pictures)
    with TemporaryDirectory() as folder:
        run = Run(recipe, shown, test, Path(folder) / "few.safetensors", learner.config, None, cpu=True)
        run.begin(resume=False)
        run.epoch(lambda: False)
    ended = run.progress.history[-1]
    right = round(ended["test_accuracy"] * len(test))
    return {"right": right, "count": len(test), "training_seconds": round(ended["seconds"], 1)}


def settings(test: Dataset) -> dict[str, Any]:
    """What all runs of a file have in common."""
    recipes = {name: asdict(Recipe(epochs=1, batch_size=BATCH, **learner.recipe)) for name, learner in LEARNERS.items()}
    configs = {name: learner.config.to_dict() for name, learner in LEARNERS.items()}
    own = {name: {"recipe": _own(recipes[name], asdict(Recipe())), "config": configs[name]} for name in LEARNERS}
    return {"dataset": "mnist", "test_md5": test.md5, "learners": own}


def _own(values: dict[str, Any], default: dict[str, Any]) -> dict[str, Any]:
    """What differs from the default."""
    return {name: value for name, value in values.items() if value != default[name]}


def main(
    save: Annotated[
        Path | None, typer.Option(help="Keep the runs in this file, and add those that are missing.")
    ] = None,
    sizes: Annotated[str, typer.Option(help="Numbers of digits.")] = ",".join(map(str, PICTURES)),
    seeds: Annotated[str, typer.Option(help="Seeds, one network of each kind each.")] = ",".join(map(str, SEEDS)),
    tested: Annotated[int, typer.Option(help="So many test digits, the first ones.")] = TESTED,
) -> None:
    """Train small networks on few digits, and say how well they read."""
    keep_freed_memory()
    training = load_dataset("mnist", "train")
    test = load_dataset("mnist", "test").take(torch.arange(tested))
    kept = Kept(save, FORMAT, settings(test), "runs")
    for seed in map(int, seeds.split(",")):
        for digits in map(int, sizes.split(",")):
            chosen, pictures = few(training, digits, seed), PICTURES[digits]
            for name, learner in LEARNERS.items():
                what = {"learner": name, "digits": digits, "seed": seed, "pictures": pictures}
                if not kept.has(**what):
                    kept.measure(what, lambda: learned(learner, chosen, test, pictures, seed))  # noqa: B023 - called at once
                    print(time.strftime("%X"), kept.found[-1], flush=True)
    print(table(kept.found))


def table(runs: list[dict[str, Any]]) -> str:
    """In Markdown: a line for each kind of network, in percent; mean over the seeds, least and most."""
    sizes = sorted({run["digits"] for run in runs})
    lines = [
        f"| correct, %, after | {' | '.join(f'{size:,} digits' for size in sizes)} |",
        "|---" * (len(sizes) + 1) + "|",
    ]
    for name in dict.fromkeys(run["learner"] for run in runs):
        cells = []
        for size in sizes:
            found = [
                100 * run["right"] / run["count"] for run in runs if (run["learner"], run["digits"]) == (name, size)
            ]
            cells.append(f"{sum(found) / len(found):.1f} ({min(found):.1f} to {max(found):.1f})" if found else "")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    typer.run(main)
