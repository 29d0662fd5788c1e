"""Where routing earns its keep: accuracy by number of iterations, and measures of agreement, as tables for the card.

    python -m tools.experiments.iterations

The first test digits of MNIST, read after 1, 2, 3 and 5 routing iterations by each network:

clean            as they are.
overlapping      each with a partner of another class laid over it, drawn at random; correct when the two longest
                 capsules are those of both. As in the paper's MultiMNIST (section 6) each of the two is first moved by
                 up to 4 pixels each way at random, and pixels are added and clipped at full ink. There the picture
                 grows to 36 x 36; here it stays 28 x 28, so that a digit moves only as far as its ink stays inside.
quarter hidden   one quarter of the picture, 14 x 14 pixels, is background: upper left, upper right, lower left, lower
                 right in turn. What is hidden of the ink may be more or less than a quarter.
noise            normal noise on each pixel, clipped to 0..1, as in `capsnet.perturbation`.

All is drawn from fixed seeds, the same for each network.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import torch
import typer
from torch import Tensor

from capsnet.agreement import Agreement, measure_agreement
from capsnet.data import Dataset, load_dataset, shifted, to_float
from capsnet.evaluation import BATCH
from capsnet.model import CapsNet
from capsnet.perturbation import Perturbation, perturbed
from capsnet.reports import agreement_rows
from tools.experiments.networks import capsule_networks
from tools.experiments.reading import Change, accuracies, batches

ITERATIONS = (1, 2, 3, 5)
NOISE = (0.1, 0.2, 0.3)
SEED = 1
REACH = 4
"""Pixels that each of two overlapping digits is moved by at most, each way."""


def hidden(images: Tensor) -> Tensor:
    """Pictures [B, 1, H, W] with one quarter set to background, another one in turn."""
    height, width = images.shape[2] // 2, images.shape[3] // 2
    covered = images.clone()
    for quarter in range(4):
        row, column = divmod(quarter, 2)
        covered[quarter::4, :, row * height : (row + 1) * height, column * width : (column + 1) * width] = 0
    return covered


def noisy(deviation: float) -> Change:
    """Pictures with noise on them, the same for every network."""
    return lambda images: perturbed(images, Perturbation(noise=deviation))


def partners(labels: Tensor, generator: torch.Generator) -> Tensor:
    """For each picture the position of another, of another class, drawn at random, [N].

    Raises:
        ValueError: all pictures are of one class.
    """
    if bool((labels == labels[0]).all()):
        raise ValueError("digits of at least two classes are needed to lay one over another: take more of them")
    chosen = torch.randint(len(labels), labels.shape, generator=generator)
    while bool((same := labels[chosen] == labels).any()):
        chosen[same] = torch.randint(len(labels), (int(same.sum()),), generator=generator)
    return chosen


def moved_inside(images: Tensor, generator: torch.Generator, reach: int = REACH) -> Tensor:
    """Each picture [N, H, W] moved by up to `reach` pixels each way at random, as far as its ink stays inside."""
    shifts = []
    for ink in (images.amax(dim=2) > 0, images.amax(dim=1) > 0):  # by row, by column
        before = ink.int().argmax(dim=1).clamp(max=reach)  # empty lines before the ink
        after = ink.flip(1).int().argmax(dim=1).clamp(max=reach)
        steps = (torch.rand(len(images), generator=generator) * (before + after + 1)).long()
        shifts.append(steps - before)
    return shifted(images, torch.stack(shifts, dim=1), reach)


def overlapping(data: Dataset) -> tuple[Tensor, Tensor]:
    """Two digits in each picture, uint8 [N, H, W], and their classes [N, 2]."""
    generator = torch.Generator().manual_seed(SEED)
    chosen = partners(data.labels, generator)
    upper, lower = moved_inside(data.images, generator), moved_inside(data.images[chosen], generator)
    both = (upper.int() + lower.int()).clamp(max=255).to(torch.uint8)
    return both, torch.stack([data.labels, data.labels[chosen]], dim=1)


def _overlapping_batches(data: Dataset) -> Iterator[tuple[Tensor, Tensor]]:
    images, labels = overlapping(data)
    for batch, classes in zip(images.split(BATCH), labels.split(BATCH), strict=True):
        yield to_float(batch), classes


def measured(model: CapsNet, data: Dataset) -> dict[str, list[float]]:
    """Share of pictures that are right after each of `ITERATIONS`, by kind of picture."""
    kinds = {
        "clean digits": batches(data, lambda images: images),
        "two overlapping, both among the two longest": _overlapping_batches(data),
        "a quarter hidden": batches(data, hidden),
        **{f"noise, standard deviation {sigma:g}": batches(data, noisy(sigma)) for sigma in NOISE},
    }
    return {kind: accuracies(model, pictures, ITERATIONS) for kind, pictures in kinds.items()}


def accuracy_table(networks: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    """In Markdown: a line for each kind of picture, the networks side by side, in percent."""
    heads = [
        f"{name}: {number}" if number == ITERATIONS[0] else str(number) for name in networks for number in ITERATIONS
    ]
    lines = [f"| correct, %, after iterations | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for kind in next(iter(networks.values())):
        shares = [share for rows in networks.values() for share in rows[kind]]
        lines.append(f"| {kind} | {' | '.join(f'{100 * share:.1f}' for share in shares)} |")
    return "\n".join(lines)


def agreement_table(networks: Mapping[str, Agreement]) -> str:
    """In Markdown: a line for each measure of agreement, the networks side by side."""
    lines = [f"| agreement | {' | '.join(networks)} |", "|---" * (len(networks) + 1) + "|"]
    rows = [agreement_rows(agreement) for agreement in networks.values()]
    for cells in zip(*rows, strict=True):
        name = cells[0][0].replace("|", r"\|")
        lines.append(f"| {name} | {' | '.join(value for _, value in cells)} |")
    return "\n".join(lines)


def main(
    weights: Annotated[
        list[Path] | None,
        typer.Option("--checkpoint", help="May be said several times. Default: all shipped ones with capsules."),
    ] = None,
    count: Annotated[int, typer.Option(min=2, help="So many test digits, the first ones.")] = 2000,
) -> None:
    """Say what routing iterations change on clean, overlapping, hidden and noisy digits, and how much parts agree."""
    data = load_dataset("mnist", "test").take(torch.arange(count))
    models = {name: network.model for name, network in capsule_networks(weights).items()}
    print(accuracy_table({name: measured(model, data) for name, model in models.items()}))
    errors = ", ".join(
        f"{100 * math.sqrt(share * (1 - share) / count):.1f} at {share:.0%}" for share in (0.5, 0.9, 0.99)
    )
    print(f"\n{count} pictures of each kind; standard error in points: {errors}.\n")
    print(agreement_table({name: measure_agreement(model, data, count) for name, model in models.items()}))


if __name__ == "__main__":
    typer.run(main)
