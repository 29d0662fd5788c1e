"""What follows from a language: which one a browser asks for, its tag for browsers, and its fonts."""

from __future__ import annotations

from functools import cache

from explorer.text.say import DEFAULT, FOLDER, languages

OWN_SCRIPT = "Own Script"
"""The family that the fonts of a language's script go by, in every style sheet; no machine has one of this name."""
TAGS = {"zh": "zh-Hans"}
"""For browsers (BCP 47), where the two letters leave the script open."""


def language_for(locale: str | None) -> str:
    """The language of a browser's locale, such as "zh-TW"; the default where there are no words in it."""
    language = (locale or "").replace("_", "-").partition("-")[0].lower()
    return language if language in languages() else DEFAULT


def tag(language: str) -> str:
    """A language as the attribute `lang` of a page names it."""
    return TAGS.get(language, language)


@cache
def font_faces(language: str) -> str:
    """A style sheet that names fonts for the script of a language, `fonts/zh.css`; "" where Latin ones will do.

    Han characters look different in Chinese and in Japanese, so that each language has its own order of fonts.
    """
    file = FOLDER / "fonts" / f"{language}.css"
    return file.read_text(encoding="utf-8") if file.is_file() else ""
