"""Words as a value: made from the session's language, and handed to whatever writes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from capsnet.fields import is_hidden

FOLDER = Path(__file__).parent
DEFAULT = "en"
MARKS = frozenset("\\`*_{}[]()<>#+-.!|$:~^&=\"'/@\n\r\t")
"""What means something to Markdown, HTML, KaTeX, or to Streamlit's own colours and icons."""


@dataclass(frozen=True)
class Say:
    """All words of one language.

    Called with "section.name" and the values of its {placeholders}, it gives the text.

    Raises:
        ValueError: there is no such language.
        KeyError: on a call, there is no such text, or a placeholder is left without a value.
    """

    language: str = DEFAULT

    def __post_init__(self) -> None:
        if self.language not in languages():
            raise ValueError(f"language must be one of {', '.join(languages())}; got {self.language!r}")

    def __call__(self, key: str, **values: object) -> str:
        """The text under "section.name", its placeholders filled in."""
        section, name = key.split(".")
        return words(self.language)[section][name].format(**values)

    def markdown(self, key: str, **values: object) -> str:
        """The same for what is shown as Markdown: text among the values, such as a class's name, stays text."""
        return self(
            key, **{name: escaped(value) if isinstance(value, str) else value for name, value in values.items()}
        )

    def section(self, name: str) -> dict[str, str]:
        """All texts of a section, placeholders as they stand: for components, which fill them in in the browser."""
        return dict(words(self.language)[name])


def escaped(text: str) -> str:
    """Text that Streamlit's Markdown shows as it is: no emphasis, link, HTML, formula, emoji or colour comes of it."""
    return "".join(f"&#{ord(character)};" if character in MARKS else character for character in visible(text, "\n\t\r"))


def visible(text: str, kept: str = "") -> str:
    """Text of a stranger, without what is not seen but changes what is: in its place stands a sign that says so.

    That is control characters but those `kept`, halves of characters, and what turns the direction of writing.
    """
    return "".join(
        character if character in kept or not is_hidden(character) else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


@cache
def words(language: str) -> Mapping[str, Mapping[str, str]]:
    """All texts of a language, by section and name, placeholders as they stand."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are, by their two letters (ISO 639-1), as in `lang` and in addresses.

    "en" comes first, then the others by name.
    """
    found = sorted(file.stem for file in FOLDER.glob("??.toml"))
    return (DEFAULT, *(name for name in found if name != DEFAULT))
