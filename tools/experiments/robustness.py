"""How far digits can be changed before they are misread: a table, and curves for the model card.

    python -m tools.experiments.robustness --plot robustness.png

Test digits of MNIST are changed as they lie in the 28 x 28 pixels, and not normalised again: turned, moved, resized,
made thicker or thinner, and with noise laid over them, each alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import torch
import typer
from torch import Tensor

from capsnet import checkpoint
from capsnet.data import Dataset, load_dataset, shifted, to_float
from capsnet.distortion import Ranges, distorted, sample
from capsnet.evaluation import BATCH
from capsnet.model import CapsNet
from capsnet.network import Network
from tools.experiments.plots import curves, save_png

Change = Callable[[Tensor, float], Tensor]
"""Pictures [B, 1, 28, 28] in 0..1, changed by so much."""


def _distorted(images: Tensor, **values: Tensor) -> Tensor:
    nothing = sample(Ranges(), len(images), torch.Generator())
    return distorted(images, nothing._replace(**{name: value.float() for name, value in values.items()}))


def turned(images: Tensor, degrees: float) -> Tensor:
    """To the right."""
    return _distorted(images, rotation=torch.full((len(images),), degrees))


def moved(images: Tensor, pixels: float) -> Tensor:
    """So many pixels, a quarter of the pictures each to the right, down, left and up."""
    ways = torch.tensor([[0, 1], [1, 0], [0, -1], [-1, 0]])
    return shifted(images[:, 0], int(pixels) * ways[torch.arange(len(images)) % 4])[:, None]


def resized(images: Tensor, factor: float) -> Tensor:
    """About the middle."""
    return _distorted(images, scale=torch.full((len(images), 2), factor - 1))


def thickened(images: Tensor, pixels: float) -> Tensor:
    """By so many pixels on each side of a stroke; negative: thinner."""
    while abs(pixels) > 1:
        step = 1.0 if pixels > 0 else -1.0
        images, pixels = thickened(images, step), pixels - step
    return _distorted(images, thickness=torch.full((len(images),), pixels))


def noisy(images: Tensor, deviation: float) -> Tensor:
    """Each pixel on its own, the same noise for every network."""
    noise = torch.randn(images.shape, generator=torch.Generator().manual_seed(1))
    return (images + deviation * noise).clamp(0, 1)


CHANGES: dict[str, tuple[Change, tuple[float, ...]]] = {
    "rotation, degrees to the right": (turned, (-45, -30, -20, -10, 0, 10, 20, 30, 45)),
    "shift, pixels": (moved, (0, 1, 2, 3, 4, 5)),
    "scale": (resized, (0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4)),
    "thickness, pixels a side": (thickened, (-1, -0.5, 0, 0.5, 1, 1.5)),
    "noise, standard deviation": (noisy, (0, 0.1, 0.2, 0.3, 0.4, 0.5)),
}
"""What is tried, and by how much."""


def batches(data: Dataset, change: Change, amount: float) -> Iterator[tuple[Tensor, Tensor]]:
    """Changed pictures [B, 1, 28, 28], and their labels [B, 1]."""
    for images, labels in zip(data.images.split(BATCH), data.labels.split(BATCH), strict=True):
        yield change(to_float(images), amount), labels[:, None]


def accuracies(
    model: Network, pictures: Iterable[tuple[Tensor, Tensor]], iterations: Sequence[int] | None = None
) -> list[float]:
    """Share of the pictures in which exactly the right classes score highest, for each number of iterations, 0..1.

    Args:
        model: the network.
        pictures: batches of pictures [B, 1, 28, 28] and of the K classes in each, [B, K].
        iterations: routing iterations of a capsule network, each from 1; None: only those of training, or none. Poses
            after r iterations of a longer routing are those of one with r, so each picture is read once.
    """
    chosen = list(iterations or [model.config.iterations if isinstance(model, CapsNet) else 1])
    found: list[Tensor] = []
    for images, labels in pictures:
        longest = _scores(model, images, max(chosen)).topk(labels.shape[1]).indices  # [R, B, K]
        found.append((longest.sort().values == labels.sort().values).all(dim=-1))  # [R, B]
    shares = torch.cat(found, dim=1).double().mean(dim=1)
    return [float(shares[number - 1]) for number in chosen]


@torch.no_grad()
def _scores(model: Network, images: Tensor, iterations: int) -> Tensor:
    """After each iteration of routing, or of a network without it once, [R, B, J]."""
    scores: Tensor = (
        model.trace(images, iterations).lengths if isinstance(model, CapsNet) else model(images).scores[None]
    )
    return scores


def table(measured: dict[str, dict[str, Sequence[tuple[float, float]]]]) -> str:
    """In Markdown: for each change a line for each network, in percent."""
    lines = []
    for change, networks in measured.items():
        amounts = [f"{amount:g}" for amount, _ in next(iter(networks.values()))]
        lines += ["", f"| {change} | {' | '.join(amounts)} |", "|---" * (len(amounts) + 1) + "|"]
        lines += [
            f"| {name} | {' | '.join(f'{100 * share:.1f}' for _, share in curve)} |" for name, curve in networks.items()
        ]
    return "\n".join(lines)


def main(
    weights: Annotated[
        list[Path] | None, typer.Option("--checkpoint", help="May be said several times. Default: all shipped ones.")
    ] = None,
    count: Annotated[int, typer.Option(help="So many test digits, the first ones.")] = 2000,
    plot: Annotated[Path | None, typer.Option(help="Draw the curves into this PNG.")] = None,
) -> None:
    """Change digits in five ways, and say how many are still classified correctly."""
    data = load_dataset("mnist", "test").take(torch.arange(count))
    models = {file.stem: checkpoint.load(file) for file in weights or checkpoint.shipped()}
    measured: dict[str, dict[str, Sequence[tuple[float, float]]]] = {
        name: {
            model_name: [(amount, accuracies(model, batches(data, change, amount))[0]) for amount in amounts]
            for model_name, model in models.items()
        }
        for name, (change, amounts) in CHANGES.items()
    }
    print(f"Correct, of {count} test digits of MNIST, in %:\n{table(measured)}")
    if plot:
        save_png(curves(measured, "correct").update_yaxes(tickformat=".0%"), plot, 1600, 420)


if __name__ == "__main__":
    typer.run(main)
