"""The terms of the field as every page says them, each with its meaning in one sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from explorer.text.say import DEFAULT, FOLDER


class Entry(NamedTuple):
    """A term in one language."""

    term: str
    meaning: str


@cache
def glossary(language: str) -> Mapping[str, Entry]:
    """All terms by their keys, in the order in which one learns them; English where a language has none yet."""
    terms = tomllib.loads((FOLDER / "glossary.toml").read_text(encoding="utf-8"))
    return {key: Entry(**said.get(language, said[DEFAULT])) for key, said in terms.items()}
