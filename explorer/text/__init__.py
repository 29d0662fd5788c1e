"""All words that people read, one TOML file a language."""

from __future__ import annotations

from explorer.text.say import DEFAULT, Say, languages, words

__all__ = ["DEFAULT", "Say", "languages", "words"]
