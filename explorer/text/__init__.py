"""All words that people read, one TOML file per language, and the glossary that they keep to."""

from __future__ import annotations

from explorer.text.glossary import Entry, glossary
from explorer.text.say import DEFAULT, Say, languages, words

__all__ = ["DEFAULT", "Entry", "Say", "glossary", "languages", "words"]
