"""Options of the command line that are made from the fields of a recipe, or that several commands have."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

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

RECIPE_OPTIONS = {field.name: field for field in fields(Recipe) if "help" in field.metadata}
"""The fields of a recipe that are options of `train`; the others follow from these."""

CONFIG_OPTIONS = ("inverse_temperature", "image_size")
"""The fields of a network's config that are options of `train`."""


def option_name(field: str) -> str:
    """What the option of a field is called: --peak-learning-rate."""
    return f"--{field.replace('_', '-')}"


def recipe_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of a recipe; it gets their values by name, as its argument `recipe`."""
    types = get_type_hints(Recipe)
    own = [one for one in inspect.signature(command, eval_str=True).parameters.values() if one.name != "recipe"]
    options = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=Annotated[types[name], typer.Option(option_name(name), help=field.metadata["help"])],
        )
        for name, field in RECIPE_OPTIONS.items()
    ]

    def with_options(**values: Any) -> None:
        recipe = {name: values.pop(name) for name in RECIPE_OPTIONS}
        command(**values, recipe=recipe)

    keyword_only = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
    with_options.__signature__ = inspect.Signature([*keyword_only, *options])  # type: ignore[attr-defined]
    with_options.__annotations__ = {one.name: one.annotation for one in (*own, *options)}
    with_options.__name__, with_options.__doc__ = command.__name__, command.__doc__
    return with_options
