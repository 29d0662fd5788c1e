"""The kinds of networks that are known: how each is made, trained and described.

A checkpoint names its architecture. To add one: a frozen config, a `Network`, and an entry in `ARCHITECTURES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from torch import Tensor

from capsnet.config import CapsNetConfig
from capsnet.convolutional import Cnn, CnnConfig, CnnOutput, GatedCnn, GatedConfig
from capsnet.data import Dataset
from capsnet.evaluation import pose_statistics
from capsnet.losses import cross_entropy, total_loss
from capsnet.model import CapsNet
from capsnet.network import Network, NetworkConfig
from capsnet.recipe import Recipe, kept_units

Table = tuple[tuple[float, ...], ...]


class Batch(NamedTuple):
    """One process's share of a batch, and where in the training it stands."""

    images: Tensor  # [B, 1, H, W] in 0..1
    labels: Tensor  # [B], int64, `NOTHING` among them
    recipe: Recipe
    epoch: int
    step: int  # of the epoch, from 0
    progress: float  # share of all steps that are done, 0 to 1
    pictures: int  # of the whole batch, in all processes
    share: slice  # which of these are this process's


@dataclass(frozen=True)
class Architecture:
    """A kind of network; everything that checkpoints, training and reports need to know of it."""

    name: str
    """What checkpoints call it."""
    config: type[Any]
    """The type of its config, with `from_dict`."""
    network: type[Network]
    """Made from a config alone, with random weights."""
    loss: Callable[[Any, Batch], Tensor]
    """From what the network said about a batch to the mean loss, []."""
    options: Callable[[Any, Batch], dict[str, Any]] = lambda _config, _batch: {}
    """What the network is called with in training, besides the pictures; from its config and the batch."""
    statistics: Callable[[Any, Dataset], dict[str, Any]] = lambda _network, _training: {}
    """Further fields of the card, from the trained network and its training pictures."""
    summary: Callable[[Any], str] = lambda config: f"{len(config.classes)} classes"
    """A config's sizes in words, for the card."""
    vote_weights: tuple[str, ...] = ()
    """Names of the weights that `Recipe.fresh_votes` makes anew."""
    recipe_options: tuple[str, ...] = ()
    """Fields of the recipe that not every network can follow, but these can."""


class UnknownArchitectureError(ValueError):
    """A checkpoint's architecture is none of those that are known."""


def architecture(name: str) -> Architecture:
    """An architecture by name.

    Raises:
        UnknownArchitectureError: there is none of this name.
    """
    if name not in ARCHITECTURES:
        raise UnknownArchitectureError(f"architecture '{name}', known: {', '.join(ARCHITECTURES)}")
    return ARCHITECTURES[name]


def architecture_of(config: NetworkConfig) -> Architecture:
    """The architecture that a config is of.

    Raises:
        UnknownArchitectureError: it is of none.
    """
    for candidate in ARCHITECTURES.values():
        if type(config) is candidate.config:
            return candidate
    raise UnknownArchitectureError(f"architecture of {type(config).__name__}, known: {', '.join(ARCHITECTURES)}")


def unfollowed(kind: Architecture) -> set[str]:
    """The recipe's fields that networks of this architecture can't follow, but others can."""
    return {name for one in ARCHITECTURES.values() for name in one.recipe_options} - set(kind.recipe_options)


def _capsnet_loss(output: Any, batch: Batch) -> Tensor:
    return total_loss(output, batch.images, batch.labels, batch.recipe.terms(batch.progress))


def _capsnet_options(config: CapsNetConfig, batch: Batch) -> dict[str, Any]:
    return {
        "labels": batch.labels.clamp(min=0),  # any capsule will do for `NOTHING`: see total_loss
        "present": _kept(batch, config.primary_capsules, batch.recipe.capsule_dropout),
        "unrolled": batch.recipe.unrolled,
        "check_values": False,  # training checks its whole data once
    }


def _capsnet_statistics(network: CapsNet, training: Dataset) -> dict[str, Any]:
    mean, std = pose_statistics(network, training)
    return {"pose_mean": _rounded(mean), "pose_std": _rounded(std)}


def _capsnet_summary(config: CapsNetConfig) -> str:
    return (
        f"{config.primary_capsules} primary capsules of {config.primary_pose} numbers, "
        f"{config.digit_capsules} digit capsules of {config.digit_pose}, {config.iterations} routing iterations"
    )


def _cnn_loss(output: CnnOutput, batch: Batch) -> Tensor:
    return cross_entropy(output.logits, batch.labels).mean()


def _cnn_options(config: CnnConfig, batch: Batch) -> dict[str, Any]:
    return {"kept": _kept(batch, config.hidden[-1], config.dropout), "check_values": False}


def _cnn_summary(config: CnnConfig) -> str:
    gates = " and a gate on them" if isinstance(config, GatedConfig) else ""
    maps, widths = (", ".join(map(str, sizes)) for sizes in (config.channels, config.hidden))
    return f"convolutions of {maps} maps{gates}, each with max pooling, dense layers of {widths}"


def _kept(batch: Batch, units: int, dropout: float) -> Tensor | None:
    """Of this process's share of a batch, which units take part, [B, units]."""
    kept = kept_units(batch.recipe, batch.epoch, batch.step, (batch.pictures, units), dropout)
    return None if kept is None else kept[batch.share].to(batch.images.device, non_blocking=True)


def _rounded(values: Tensor) -> Table:
    return tuple(tuple(round(number, 6) for number in row) for row in values.tolist())


_KNOWN = (
    Architecture(
        name="capsnet",
        config=CapsNetConfig,
        network=CapsNet,
        loss=_capsnet_loss,
        options=_capsnet_options,
        statistics=_capsnet_statistics,
        summary=_capsnet_summary,
        vote_weights=("digit_capsules.transforms",),
        recipe_options=("unrolled", "agreement", "agreement_last", "long_votes", "capsule_dropout", "fresh_votes"),
    ),
    Architecture("cnn", CnnConfig, Cnn, _cnn_loss, _cnn_options, summary=_cnn_summary),
    Architecture("gated", GatedConfig, GatedCnn, _cnn_loss, _cnn_options, summary=_cnn_summary),
)
ARCHITECTURES = {one.name: one for one in _KNOWN}
"""By name."""
