"""Options of the command line that are made from the fields of a recipe, or that several commands have."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from capsnet.architectures import ARCHITECTURES
from capsnet.fields import options_of
from capsnet.recipe import Recipe

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="Folder with torchvision's files, such as DATA/MNIST/raw. Default: CAPSNET_DATA, else a cache folder, "
        "into which the data is downloaded.",
    ),
]
DatasetOption = Annotated[
    str | None, typer.Option("--dataset", help="Data to measure on. Default: what the network was trained on.")
]
CheckpointOption = Annotated[
    Path | None, typer.Option("--checkpoint", help="A .safetensors file. Default: the shipped MNIST network.")
]
MOST_ITERATIONS = 1000
"""Of routing: by then nothing moves any more, and a trace of more fills the memory."""


def _possible(iterations: int | None) -> int | None:
    if iterations is not None and iterations > MOST_ITERATIONS:
        raise ValueError(f"iterations must be at most {MOST_ITERATIONS:,}; got {iterations:,}")
    return iterations


IterationsOption = Annotated[
    int | None,
    typer.Option(
        "--iterations",
        help=f"Routing iterations, 1 to {MOST_ITERATIONS}. Default: as many as in training.",
        callback=_possible,
    ),
]

RECIPE_OPTIONS = options_of(Recipe)
"""The fields of a recipe that are options of `train`; the others follow from these."""

CONFIG_OPTIONS = {name: field for one in ARCHITECTURES.values() for name, field in options_of(one.config).items()}
"""The fields of the networks' configs that are options of `train`; those of the same name are one option."""


def option_name(field: str) -> str:
    """What the option of a field is called: --peak-learning-rate."""
    return f"--{field.replace('_', '-')}"


def training_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of a recipe and of a network's sizes.

    It gets their values by name, as its arguments `recipe` and `sizes`; a size that was left out is None.
    """
    own = [
        one for one in inspect.signature(command, eval_str=True).parameters.values() if one.name not in _MADE_OF_OPTIONS
    ]
    options = [*_config_parameters(), *_recipe_parameters()]

    def with_options(**values: Any) -> None:
        recipe = {name: values.pop(name) for name in RECIPE_OPTIONS}
        sizes = {name: _as_in_config(name, values.pop(name)) for name in CONFIG_OPTIONS}
        command(**values, recipe=recipe, sizes=sizes)

    keyword_only = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
    with_options.__signature__ = inspect.Signature([*keyword_only, *options])  # type: ignore[attr-defined]
    with_options.__annotations__ = {one.name: one.annotation for one in (*own, *options)}
    with_options.__name__, with_options.__doc__ = command.__name__, command.__doc__
    return with_options


_MADE_OF_OPTIONS = ("recipe", "sizes")


def _recipe_parameters() -> list[inspect.Parameter]:
    types = get_type_hints(Recipe)
    return [
        _parameter(name, field.default, types[name], field.metadata["help"]) for name, field in RECIPE_OPTIONS.items()
    ]


def _config_parameters() -> list[inspect.Parameter]:
    """Sizes of several layers are said as 48,96,192."""
    made = []
    for name, field in CONFIG_OPTIONS.items():
        of = [one.name for one in ARCHITECTURES.values() if name in options_of(one.config)]
        which = "" if len(of) == len(ARCHITECTURES) else f" For {' and '.join(of)}."
        kind = str if isinstance(field.default, tuple) else type(field.default)
        made.append(_parameter(name, None, kind | None, field.metadata["help"] + which))
    return made


def _parameter(name: str, default: Any, kind: Any, words: str) -> inspect.Parameter:
    annotation = Annotated[kind, typer.Option(option_name(name), help=words)]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _as_in_config(name: str, value: Any) -> Any:
    """The value of an option as the config's field has it."""
    if value is None or not isinstance(CONFIG_OPTIONS[name].default, tuple):
        return value
    try:
        return tuple(int(width) for width in value.split(","))
    except ValueError as error:
        raise ValueError(f"{option_name(name)} takes whole numbers, such as 48,96; got '{value}'") from error


def as_said(value: object) -> str:
    """The value of a field as its option takes it: 48,96,192."""
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
