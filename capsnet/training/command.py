"""From the options of `python -m capsnet train` to a run: recipe, network, data, and the command for the card."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from accelerate import PartialState

from capsnet import training
from capsnet.architectures import architecture, architecture_of, unfollowed
from capsnet.card import Card
from capsnet.checkpoint import read
from capsnet.data import Dataset, dataset_name, load_dataset
from capsnet.fields import options_of
from capsnet.ink import Frame
from capsnet.network import NetworkConfig
from capsnet.options import RECIPE_OPTIONS, as_said, option_name
from capsnet.pen import pen_digits
from capsnet.pen.non_digits import pen_non_digits
from capsnet.recipe import Recipe, hold_out
from capsnet.training.checks import check_recipe
from capsnet.training.files import check_name, check_unused


class Asked(NamedTuple):
    """The network that a person asks to be trained."""

    start: Path | None  # checkpoint to train further; None: random weights
    architecture: str | None  # None: the start's, else the capsule network
    sizes: Mapping[str, Any]  # fields of the config that were said; the others are the start's, else the architecture's


def train_from_options(
    out: Path,
    options: Mapping[str, Any],
    data: Path | None,
    network: Asked,
    *,
    resume: bool,
    overwrite: bool,
    cpu: bool,
) -> Card | None:
    """Trains as the command line asks; returns the card in the first process.

    Args:
        out: the checkpoint.
        options: the recipe's fields that are options.
        data: torchvision's folder.
        network: what is trained.
        resume: go on with an earlier run.
        overwrite: begin anew, whatever `out` holds.
        cpu: don't use a GPU.

    Raises:
        CheckpointError, ValueError: as `capsnet.training.train`; what would be overwritten is refused at once. Or the
            architecture is not known, or has no such sizes.
    """
    _check_out(out, resume, overwrite)
    start = network.start
    begun = read(start) if start else None
    named = {**options, "dataset": dataset_name(options["dataset"])}
    recipe = Recipe(**named, start=start.name if start else "", start_digest=begun.digest if begun else "")
    config = _config(network, begun.card if begun else None)
    check_recipe(recipe, config)
    with PartialState(cpu=cpu).local_main_process_first():  # one process downloads, the others find it there
        pictures, test = _data(recipe, options["dataset"], data, config.frame)
    if not begun:
        config = replace(config, classes=pictures.classes)
    model = begun.model if begun else None
    command = _command(out, start, recipe, config)
    how: dict[str, Any] = {"resume": resume, "overwrite": overwrite, "cpu": cpu, "command": command}
    return training.train(recipe, pictures, test, out, config=config, start=model, **how)


def _config(network: Asked, begun: Card | None) -> Any:
    """The config that was asked for; begun: of the network to start from."""
    name = network.architecture or (begun.architecture if begun else "capsnet")
    if begun and name != begun.architecture:
        raise ValueError(
            f"--start holds a network of architecture '{begun.architecture}', not '{name}': leave one out."
        )
    kind = architecture(name).config
    if foreign := [option_name(field) for field in network.sizes if field not in options_of(kind)]:
        raise ValueError(f"A network of architecture '{name}' has no {', '.join(foreign)}: leave this out.")
    return replace(begun.config if begun else kind(), **network.sizes)


def _check_out(out: Path, resume: bool, overwrite: bool) -> None:
    check_name(out)
    if resume and overwrite:
        raise ValueError("--resume continues a run, --overwrite starts again: give one of them.")
    if not resume and not overwrite:
        check_unused(out)


def _data(recipe: Recipe, name: str, folder: Path | None, frame: Frame) -> tuple[Dataset, Dataset]:
    """What is trained on, and what the network is tried on."""
    pictures = load_dataset(name, "train", folder, frame)
    if recipe.held_out:
        pictures, test = hold_out(pictures, recipe.held_out)
    else:
        test = load_dataset(name, "test", folder, frame)
    if recipe.pen:
        pictures = pictures.joined(pen_digits(recipe.pen, recipe.seed, frame))
    if recipe.others:
        pictures = pictures.joined(pen_non_digits(recipe.others, recipe.seed, frame))
    return pictures, test


def _command(out: Path, start: Path | None, recipe: Recipe, config: NetworkConfig) -> str:
    """The command that trains so, for the card: every option said that this network has, but not the data's folder."""
    kind = architecture_of(config)
    left_out = unfollowed(kind)
    values = {name: value for name, value in asdict(recipe).items() if name in RECIPE_OPTIONS and name not in left_out}
    values |= {name: getattr(config, name) for name in options_of(kind.config)}
    said = [
        (option_name(name), *([] if value is True else [as_said(value)]))
        for name, value in values.items()
        if value is not False
    ]
    files = ["--out", str(out), *(["--start", str(start)] if start else [])]
    return shlex.join(["python", "-m", "capsnet", "train", *files, "--architecture", kind.name, *chain(*said)])
