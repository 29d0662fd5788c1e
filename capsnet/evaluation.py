"""How well a network reads a data set, and what its poses look like over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from capsnet.data import NOTHING, Dataset, to_float
from capsnet.losses import reconstruction_error
from capsnet.model import CapsNet
from capsnet.network import Network

BATCH = 100  # 74 MB of votes
SHOWN = 10
"""So many of the hardest pictures are reported."""


class HardPicture(NamedTuple):
    """A picture that the network reads with difficulty or wrongly."""

    position: int  # in the data set
    label: int
    read: int
    margin: float
    """Score of the right class less the highest other one: negative when misread."""


@dataclass(frozen=True)
class Evaluation:
    """A network's reading of a data set."""

    count: int
    accuracy: float
    """Share of pictures whose highest score is the right class's, 0..1."""
    confusion: Tensor
    """Pictures of class (row) read as class (column), int64, [J, J]."""
    reconstruction_error: float | None
    """Mean over pictures of the sum of squared pixel differences, decoded from the longest capsule; None where the
    network draws nothing."""
    hardest: tuple[HardPicture, ...]
    """The pictures with the smallest margin, hardest first."""

    @property
    def error_percent(self) -> float:
        """Share of pictures misread, in percent."""
        return 100 * (self.count - int(self.confusion.trace())) / self.count


def evaluate(model: Network, data: Dataset, iterations: int | None = None, hardest: int = SHOWN) -> Evaluation:
    """Reads every picture, in eval mode and without gradients.

    Raises:
        ValueError: the data's classes are not the network's, there are no pictures, or there is `NOTHING` in some.
    """
    check_data(model, data)
    kept, errors = [], []
    with eval_mode(model):
        for images, output in _read(model, data, iterations):
            kept.append(output.scores)
            if hasattr(output, "reconstructions"):
                errors.append(reconstruction_error(output.reconstructions, images))
    scores = torch.cat(kept).cpu()  # [N, J]
    read = scores.argmax(dim=1)  # [N]
    classes = len(data.classes)
    confusion = torch.bincount(data.labels * classes + read, minlength=classes**2).view(classes, classes)
    margins = _margins(scores, data.labels)
    return Evaluation(
        count=len(data),
        accuracy=float((read == data.labels).double().mean()),
        confusion=confusion,
        reconstruction_error=float(torch.cat(errors).cpu().double().mean()) if errors else None,
        hardest=tuple(
            HardPicture(int(index), int(data.labels[index]), int(read[index]), float(margins[index]))
            for index in margins.argsort()[:hardest]
        ),
    )


def misread(model: Network, data: Dataset) -> Tensor:
    """Positions of the pictures that the network reads wrongly, in order, int64.

    Raises:
        ValueError: as `evaluate`.
    """
    check_data(model, data)
    with eval_mode(model):
        read = torch.cat([output.scores.argmax(dim=1).cpu() for _, output in _read(model, data, None)])
    return torch.nonzero(read != data.labels)[:, 0]


def pose_statistics(model: CapsNet, data: Dataset) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation of capsule j's pose over the pictures of class j, both float64 [J, D].

    A class without pictures has zeros, one with a single picture a standard deviation of 0. Pictures labelled
    `NOTHING` are left out.
    """
    data = data.take(torch.nonzero(data.labels != NOTHING)[:, 0])
    own = []
    with eval_mode(model):
        for labels, (_, output) in zip(data.labels.split(BATCH), _read(model, data, None), strict=True):
            own.append(output.poses.cpu()[torch.arange(len(labels)), labels])
    poses = torch.cat(own).double()  # [N, D]
    member = functional.one_hot(data.labels, len(data.classes)).double()  # [N, J]
    count = member.sum(dim=0)[:, None].clamp(min=1)  # [J, 1]
    mean = member.T @ poses / count
    variance = member.T @ (poses - mean[data.labels]).square() / count
    return mean, variance.sqrt()


def check_data(model: Network, data: Dataset) -> None:
    """Whether a network can read a data set.

    Raises:
        ValueError: the data's classes or size are not the network's, there are no pictures, or `NOTHING` is in some.
    """
    if data.classes != model.config.classes:
        counts = f"{data.name} has {len(data.classes)} classes, the network {len(model.config.classes)}"
        names = f"{', '.join(data.classes)} against {', '.join(model.config.classes)}"
        raise ValueError(f"{counts}: {names}. Evaluate a network on data of its own classes.")
    size, own = model.config.image_size, "{} x {}".format(*data.images.shape[1:])
    if data.images.shape[1:] != (size, size):
        raise ValueError(f"the pictures of {data.name} are {own}, those of the network {size} x {size}")
    if len(data) == 0:
        raise ValueError(f"{data.name} holds no pictures to read.")
    if bool((data.labels == NOTHING).any()):
        raise ValueError(f"{data.name} holds pictures of no class, which can't be read rightly: leave them out.")


@contextmanager
def eval_mode(model: Network) -> Iterator[None]:
    """The mode is put back whatever happens, in the network or in what is done with its outputs."""
    was_training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(was_training)


@torch.no_grad()
def _read(model: Network, data: Dataset, iterations: int | None = None) -> Iterator[tuple[Tensor, Any]]:
    """Pictures [B, 1, H, W] and the network's output, batch by batch."""
    if iterations is not None and not isinstance(model, CapsNet):
        raise ValueError("only capsule networks have routing iterations to choose: leave them out")
    options = {} if iterations is None else {"iterations": iterations}
    device = next(model.parameters()).device
    for batch in data.images.split(BATCH):
        images = to_float(batch.to(device))
        yield images, model(images, **options)


def _margins(scores: Tensor, labels: Tensor) -> Tensor:
    right = scores.gather(1, labels[:, None])[:, 0]
    others = scores.scatter(1, labels[:, None], -torch.inf).max(dim=1).values
    return right - others
