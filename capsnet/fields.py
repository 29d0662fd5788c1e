"""Fields of recipes and networks' configs: which are options of `train`, their checks, their way to JSON and back."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import Field, asdict, field, fields
from typing import Any, TypeVar

T = TypeVar("T")
LARGEST_SIZE, LARGEST_IMAGE = 100_000, 512
"""Of a layer; and of a picture's height and width."""
MOST_CLASSES, LONGEST_CLASS = 1000, 200
"""Classes of a network, and letters in the name of one."""
DIRECTIONS = frozenset("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of writing, or end a line; Unicode's own for the latter, too."""


def is_hidden(character: str) -> bool:
    """Whether a character is not seen but changes what is: a control character, half of one, or a direction."""
    return unicodedata.category(character) in ("Cc", "Cs") or character in DIRECTIONS


def option(default: Any, words: str) -> Any:
    """A dataclass's field that is an option of `python -m capsnet train`, with these words in its help."""
    return field(default=default, metadata={"help": words})


def options_of(kind: type[Any]) -> dict[str, Field[Any]]:
    """The fields of a dataclass that are options, by name."""
    return {one.name: one for one in fields(kind) if "help" in one.metadata}


def require_positive_int(name: str, value: object, most: int = LARGEST_SIZE) -> None:
    """Whether a field holds a size.

    Raises:
        ValueError: it is no whole number, less than 1, or so large that it is no size of a network.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1; got {value!r}")
    if value > most:
        raise ValueError(f"{name} must be at most {most}")


def require_classes(classes: tuple[str, ...]) -> None:
    """Whether these can be the names of a network's classes.

    Raises:
        ValueError: they are fewer than two or more than `MOST_CLASSES`, they repeat, or one is no name: nothing, longer
            than `LONGEST_CLASS`, or with characters that `is_hidden`.
    """
    if not isinstance(classes, tuple):
        raise ValueError(f"classes must be names; got {type(classes).__name__}")
    if not 2 <= len(classes) <= MOST_CLASSES or len(set(classes)) != len(classes):
        raise ValueError(f"classes must be at least two different names, at most {MOST_CLASSES}; got {classes[:20]}")
    for name in classes:
        if not isinstance(name, str) or not 1 <= len(name) <= LONGEST_CLASS or any(map(is_hidden, name)):
            raise ValueError(f"a class's name has 1 to {LONGEST_CLASS} letters, none of them invisible; got {name!r}")


def to_dict(config: Any) -> dict[str, Any]:
    """The fields of a network's config as JSON knows them (tuples as lists)."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(config).items()}


def from_dict(kind: type[T], values: Mapping[str, Any]) -> T:
    """The config of this type that `to_dict` made these values of.

    Raises:
        ValueError: a field is missing or unknown, or a value is one that the config rejects.
    """
    if not isinstance(values, Mapping):
        raise ValueError(f"a network's config is an object with fields; got {type(values).__name__}")
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    if set(values) != known:
        wrong = sorted(set(values) ^ known)
        raise ValueError(f"a network's config has exactly the fields {sorted(known)}; missing or unknown: {wrong}")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})
