"""What a network costs: numbers to keep, time to read a picture, and time to train.

    python -m tools.experiments.cost --save explorer/measured/cost.json

Each network reads single pictures and batches of 100 on one thread. What is measured is the processor's time, which
other work on the machine lengthens little, where it makes the clock's several times longer; networks take turns, round
after round, so that it lengthens all alike. The quartiles over the rounds stand in the file, and the machine's load at
the beginning (processes that wanted a core). How long training took, by the clock, comes from the card's history:
on whatever machine trained, with whatever else ran there.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import torch
import typer

from capsnet import checkpoint
from capsnet.checkpoint import Checkpoint
from capsnet.data import Dataset, load_dataset, to_float
from capsnet.evaluation import BATCH
from capsnet.network import Network
from explorer.networks import threads
from explorer.views.training.made import pictures, seconds
from tools.experiments.kept import Kept

FORMAT = "capsnet-cost-1"


@torch.no_grad()
def milliseconds(model: Network, images: torch.Tensor) -> float:
    """Of the processor, for one picture of a batch."""
    begun = time.process_time()
    model(images)
    return 1000 * (time.process_time() - begun) / len(images)


def timed(models: Sequence[Network], data: Dataset, rounds: int) -> list[dict[str, list[float]]]:
    """For each network the quartiles, lower, middle and upper, of milliseconds a picture: alone, and of a batch."""
    images = to_float(data.images)
    taken: list[dict[str, list[float]]] = [{"single": [], "batch": []} for _ in models]
    for number in range(-1, rounds):  # the first round is none: memory is fetched then
        single = images[number % len(images)][None]
        for model, own in zip(models, taken, strict=True):
            found = {"single": milliseconds(model, single)}
            if number % 10 == 0:
                found["batch"] = milliseconds(model, images)
            for name, value in found.items() if number >= 0 else ():
                own[name].append(value)
    return [{name: quartiles(values) for name, values in own.items()} for own in taken]


def quartiles(values: Sequence[float]) -> list[float]:
    """Lower, middle and upper."""
    found = statistics.quantiles(values, method="inclusive") if len(values) > 1 else [values[0]] * 3
    return [round(value, 4) for value in found]


def sizes(file: Path, found: Checkpoint) -> dict[str, Any]:
    """What is known without measuring."""
    trained = seconds(found.card)
    return {
        "parameters": sum(weights.numel() for weights in found.model.parameters()),
        "bytes": file.stat().st_size,
        "test_accuracy": found.card.test_accuracy,
        "pictures": (pictures(found.card) or 0) * len(found.card.history),
        "training_seconds": None if trained is None else round(trained),
        "started_from": bool(found.card.recipe.get("start")),
    }


def table(networks: Sequence[Mapping[str, Any]]) -> str:
    """In Markdown."""
    lines = ["| network | parameters | bytes | ms, one | ms, of 100 | trained, s | correct, % |", "|---" * 7 + "|"]
    for one in networks:
        cells = [
            one["name"],
            f"{one['parameters']:,}",
            f"{one['bytes']:,}",
            f"{one['single'][1]:.2f}",
            f"{one['batch'][1]:.2f}",
            "" if one["training_seconds"] is None else f"{one['training_seconds']:,}",
            f"{100 * one['test_accuracy']:.2f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main(
    weights: Annotated[
        list[Path] | None, typer.Option("--checkpoint", help="May be said several times. Default: all shipped ones.")
    ] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Single pictures that each network reads.")] = 200,
    save: Annotated[Path | None, typer.Option(help="Keep the measures in this file, in place of older ones.")] = None,
) -> None:
    """Measure all networks beside one another, and say what each costs."""
    files = weights or checkpoint.shipped()
    found = [checkpoint.read(file) for file in files]
    data = load_dataset("mnist", "test").take(torch.arange(BATCH))
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    settings = {"rounds": rounds}
    begun = time.perf_counter()
    with threads(1):
        times = timed([one.model for one in found], data, rounds)
    each = (time.perf_counter() - begun) / len(files)
    kept = Kept(None, FORMAT, settings, "networks")
    for file, one, taken in zip(files, found, times, strict=True):
        what = {"name": file.stem, "weights": one.weights_digest, "load": load}
        kept.add(what | sizes(file, one) | taken, each)
    if save:
        kept.file = save
        kept.write()
    print(table(kept.found))


if __name__ == "__main__":
    typer.run(main)
