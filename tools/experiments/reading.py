"""Many changed test digits, read by a network after one or more iterations of routing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import torch
from torch import Tensor

from capsnet.data import Dataset, to_float
from capsnet.evaluation import BATCH
from capsnet.model import CapsNet
from capsnet.network import Network

Change = Callable[[Tensor], Tensor]
"""From pictures [B, 1, 28, 28] in 0..1 to changed ones."""


def batches(data: Dataset, change: Change) -> Iterator[tuple[Tensor, Tensor]]:
    """Changed pictures [B, 1, 28, 28], and their labels [B, 1]."""
    for images, labels in zip(data.images.split(BATCH), data.labels.split(BATCH), strict=True):
        yield change(to_float(images)), labels[:, None]


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
