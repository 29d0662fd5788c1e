"""Networks by what they are and how they were trained, as their cards say; never by the name of a file alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from capsnet.card import Card
from capsnet.config import CapsNetConfig
from capsnet.convolutional import CnnConfig, GatedConfig
from explorer.networks import Network
from explorer.text import Say

CONVOLUTIONAL = {CnnConfig: "cnn", GatedConfig: "gated"}
DISTORTED = ("pen", "others", "rotation", "shear", "scale", "elastic", "thickness")
"""Of a recipe, what makes pictures unlike the data set's."""


@dataclass(frozen=True)
class Named:
    """A network in words."""

    kind: str
    """What it is, such as "CNN, max pooling"."""
    training: str
    """What it learned from, such as "MNIST only"."""


def named(network: Network, say: Say) -> Named:
    """What a network's card says of it."""
    return Named(_kind(network, say), _training(network.card, say))


def all_named(networks: Sequence[Network], say: Say) -> list[Named]:
    """The same of some; where two are named alike, with the names of their files."""
    found = [named(network, say) for network in networks]
    return [
        name if found.count(name) == 1 else Named(f"{name.kind} ({network.name})", name.training)
        for network, name in zip(networks, found, strict=True)
    ]


def trained_plainly(card: Card) -> bool:
    """Whether a network learned from MNIST's pictures as they are, moved by a few pixels at most."""
    return card.recipe.get("dataset") == "mnist" and not any(card.recipe.get(name) for name in DISTORTED)


def parameters(network: Network) -> int:
    """How many numbers a network has learned."""
    return sum(weight.numel() for weight in network.checkpoint.model.parameters())


def kind(network: Network) -> str:
    """What a network is: "cnn", "gated", "capsules", "capsules_once", "capsules_full", or "other"."""
    config = network.card.config
    if not isinstance(config, CapsNetConfig):
        return CONVOLUTIONAL.get(type(config), "other")
    paper = CapsNetConfig()
    full = (config.feature_channels, config.primary_channels) == (paper.feature_channels, paper.primary_channels)
    if full and config.iterations == paper.iterations:
        return "capsules_full"
    return "capsules_once" if config.iterations == 1 else "capsules"


def kind_name(kind: str, say: Say, iterations: int = 0) -> str:
    """A kind that is known, in words; of small capsule networks, with so many iterations."""
    counted = {"count": iterations} if kind in ("capsules", "capsules_once") else {}
    return say(f"network_names.{kind}", **counted)


def _kind(network: Network, say: Say) -> str:
    found = kind(network)
    return network.name if found == "other" else kind_name(found, say, getattr(network.card.config, "iterations", 0))


def _training(card: Card, say: Say) -> str:
    if card.recipe.get("dataset") != "mnist":
        return say("network_names.trained_on", dataset=str(card.recipe.get("dataset", "?")))
    return say("network_names.mnist" if trained_plainly(card) else "network_names.drawn")
