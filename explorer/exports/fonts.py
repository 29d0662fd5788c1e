"""Fonts to draw words with: Pillow's own, which is Latin, and for other scripts one of the machine's."""

from __future__ import annotations

from functools import cache

from PIL import ImageFont

from explorer.text import DEFAULT, Say

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
FIRST_OF_EAST_ASIA = "\u2e80"
"""Characters from here on are in no Latin font."""
COLLECTION = "NotoSansCJK-Regular.ttc"
FILES = {
    "zh": (
        (COLLECTION, 2),
        "NotoSansSC-Regular.otf",
        "PingFang.ttc",
        "msyh.ttc",
        "wqy-microhei.ttc",
        "wqy-zenhei.ttc",
        "simhei.ttf",
    ),
    "ja": (
        (COLLECTION, 0),
        "NotoSansJP-Regular.otf",
        "ヒラギノ角ゴシック W3.ttc",
        "YuGothR.ttc",
        "meiryo.ttc",
        "ipaexg.ttf",
    ),
}
"""Files of fonts by language, which Pillow looks for where each system keeps its fonts; with them, which of a
collection."""


def font_for(text: str, size: int, language: str = DEFAULT) -> Font:
    """A font that has a text's characters, as far as the machine has one; those of no font are drawn as boxes.

    Args:
        text: what is to be drawn.
        size: in pixels.
        language: whose forms Han characters take, where there is a choice.
    """
    if max(text, default="") >= FIRST_OF_EAST_ASIA:
        for name in sorted(FILES, key=lambda name: name != language):
            if found := _script(name):
                return found.font_variant(size=size)
    return ImageFont.load_default(size)


def drawable(say: Say) -> Say:
    """The same words, or English ones where the machine has no font for the script of theirs."""
    return say if say.language not in FILES or _script(say.language) else Say(DEFAULT)


@cache
def _script(language: str) -> ImageFont.FreeTypeFont | None:
    """The first of a language's fonts that the machine has."""
    for entry in FILES[language]:
        name, index = (entry, 0) if isinstance(entry, str) else entry
        try:
            return ImageFont.truetype(name, index=index)
        except OSError:
            continue
    return None
