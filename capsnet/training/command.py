"""From the options of `python -m capsnet train` to a run: recipe, network, data, and the command for the card."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from typing import Any

from accelerate import PartialState

from capsnet import training
from capsnet.card import Card
from capsnet.checkpoint import read
from capsnet.config import CapsNetConfig
from capsnet.data import Dataset, dataset_name, load_dataset
from capsnet.ink import Frame
from capsnet.options import CONFIG_OPTIONS, RECIPE_OPTIONS, option_name
from capsnet.pen import pen_digits
from capsnet.pen.non_digits import pen_non_digits
from capsnet.recipe import Recipe, hold_out
from capsnet.training.files import check_name, check_unused


def train_from_options(
    out: Path,
    options: Mapping[str, Any],
    data: Path | None,
    start: Path | None,
    changes: Mapping[str, Any],
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
        start: the checkpoint to train further.
        changes: fields of the network's config that were asked for; None: left as they are.
        resume: go on with an earlier run.
        overwrite: begin anew, whatever `out` holds.
        cpu: don't use a GPU.

    Raises:
        CheckpointError, ValueError: as `capsnet.training.train`; what would be overwritten is refused at once.
    """
    _check_out(out, resume, overwrite)
    begun = read(start) if start else None
    named = {**options, "dataset": dataset_name(options["dataset"])}
    recipe = Recipe(**named, start=start.name if start else "", start_digest=begun.digest if begun else "")
    asked: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
    config = replace(begun.model.config if begun else CapsNetConfig(), **asked)
    with PartialState(cpu=cpu).local_main_process_first():  # one process downloads, the others find it there
        pictures, test = _data(recipe, options["dataset"], data, config.frame)
    if not begun:
        config = replace(config, classes=pictures.classes)
    command = _command(out, start, {**asdict(recipe), **{name: getattr(config, name) for name in CONFIG_OPTIONS}})
    model = begun.model if begun else None
    how: dict[str, Any] = {"resume": resume, "overwrite": overwrite, "cpu": cpu, "command": command}
    return training.train(recipe, pictures, test, out, config=config, start=model, **how)


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


def _command(out: Path, start: Path | None, values: Mapping[str, object]) -> str:
    """The command that trains so, for the card: every option said, but not the data's folder."""
    options = {option_name(name): values[name] for name in values if name in {*RECIPE_OPTIONS, *CONFIG_OPTIONS}}
    said = [(name, *([] if value is True else [str(value)])) for name, value in options.items() if value is not False]
    files = ["--out", str(out), *(["--start", str(start)] if start else [])]
    return shlex.join(["python", "-m", "capsnet", "train", *files, *chain(*said)])
