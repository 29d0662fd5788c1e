"""All words that people read, one TOML file per language, and the glossary that they keep to."""

from __future__ import annotations

from explorer.text.glossary import Entry, glossary
from explorer.text.locale import OWN_SCRIPT, font_faces, language_for, tag
from explorer.text.say import DEFAULT, Say, languages, words

__all__ = [
    "DEFAULT",
    "OWN_SCRIPT",
    "Entry",
    "Say",
    "font_faces",
    "glossary",
    "language_for",
    "languages",
    "tag",
    "words",
]
