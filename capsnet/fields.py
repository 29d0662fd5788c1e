"""Fields of recipes and networks' configs: which are options of `train`, their checks, their way to JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, asdict, field, fields
from typing import Any, TypeVar

T = TypeVar("T")


def option(default: Any, words: str) -> Any:
    """A dataclass's field that is an option of `python -m capsnet train`, with these words in its help."""
    return field(default=default, metadata={"help": words})


def options_of(kind: type[Any]) -> dict[str, Field[Any]]:
    """The fields of a dataclass that are options, by name."""
    return {one.name: one for one in fields(kind) if "help" in one.metadata}


def require_positive_int(name: str, value: object) -> None:
    """Whether a field holds a size.

    Raises:
        ValueError: it is no whole number, or less than 1.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1; got {value!r}")


def require_classes(classes: tuple[str, ...]) -> None:
    """Whether these can be the names of a network's classes.

    Raises:
        ValueError: they are fewer than two, or repeat.
    """
    if len(classes) < 2 or len(set(classes)) != len(classes):
        raise ValueError(f"classes must be at least two different names; got {classes}")


def to_dict(config: Any) -> dict[str, Any]:
    """The fields of a network's config as JSON knows them (tuples as lists)."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(config).items()}


def from_dict(kind: type[T], values: Mapping[str, Any]) -> T:
    """The config of this type that `to_dict` made these values of.

    Raises:
        ValueError: a field is missing or unknown, or a value is one that the config rejects.
    """
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    if set(values) != known:
        wrong = sorted(set(values) ^ known)
        raise ValueError(f"a network's config has exactly the fields {sorted(known)}; missing or unknown: {wrong}")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})
