"""All words that people read, one TOML file a language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _words(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))


def say(key: str, language: str = "en", **values: object) -> str:
    """The text under "section.name", its {placeholders} filled in.

    Raises:
        KeyError: there is no such text, or a placeholder is left without a value.
    """
    section, name = key.split(".")
    return _words(language)[section][name].format(**values)


def section(name: str, language: str = "en") -> dict[str, str]:
    """All texts of a section, placeholders as they stand: for components, which fill them in in the browser."""
    return dict(_words(language)[name])
