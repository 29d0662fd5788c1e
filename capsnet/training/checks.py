"""What is looked at before the first step of a run, since no step looks at it again."""

from __future__ import annotations

import torch

from capsnet.architectures import architecture_of, unfollowed
from capsnet.config import CapsNetConfig
from capsnet.data import NOTHING, Dataset
from capsnet.network import NetworkConfig
from capsnet.recipe import Recipe

NO_WEIGHTS = ("inverse_temperature", "iterations", "dropout")
"""Fields of configs that no weight's shape hangs on: a network can be trained further with others."""


def check_recipe(recipe: Recipe, config: NetworkConfig) -> None:
    """The recipe against the network of this config.

    Raises:
        ValueError: the recipe asks what only networks of another architecture can do, or what one iteration can't.
    """
    kind, default = architecture_of(config), Recipe()
    asked = sorted(name for name in unfollowed(kind) if getattr(recipe, name) != getattr(default, name))
    if asked:
        raise ValueError(f"a network of architecture '{kind.name}' can't follow {', '.join(asked)}: leave this out")
    if isinstance(config, CapsNetConfig) and config.iterations == 1 and (recipe.agreement or recipe.agreement_last):
        raise ValueError("agreement needs at least 2 iterations: after 1, all couplings are still equal")


def check_data(data: Dataset, config: NetworkConfig) -> None:
    """All pictures and labels at once.

    Raises:
        ValueError: they are of another shape, type or range than the network of this config is trained on.
    """
    size, most = config.image_size, len(config.classes) - 1
    if data.images.shape != (len(data.labels), size, size) or data.images.dtype != torch.uint8:
        got = f"{data.images.dtype} {tuple(data.images.shape)}"
        raise ValueError(f"the pictures of {data.name} must be [{len(data)}, {size}, {size}] uint8; got {got}")
    if data.labels.dtype != torch.int64 or not ((data.labels >= NOTHING) & (data.labels <= most)).all():
        got = f"{data.labels.dtype} {sorted(set(data.labels.tolist()))[:20]}"
        raise ValueError(f"the labels of {data.name} must be int64 in 0..{most}, or {NOTHING} for nothing; got {got}")


def check_start(start: NetworkConfig, config: NetworkConfig, training: Dataset) -> None:
    """The config of the network to start from, against that of the network to train.

    Raises:
        ValueError: they differ in more than `NO_WEIGHTS`, or the classes are not the data's.
    """
    own, asked = (
        {name: value for name, value in one.to_dict().items() if name not in NO_WEIGHTS} for one in (start, config)
    )
    if type(start) is not type(config) or own != asked:
        raise ValueError(f"the network to start from must be the one that is trained; got {start} and {config}")
    if start.classes != training.classes:
        names = f"{', '.join(start.classes)} against {', '.join(training.classes)}"
        raise ValueError(f"the network to start from has other classes than {training.name}: {names}")
