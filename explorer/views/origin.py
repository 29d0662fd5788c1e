"""Where a digit came from, in words."""

from __future__ import annotations

from explorer.session import Blank, Drawing, Example, MnistDigit, Origin, Upload
from explorer.text import Say
from explorer.text.say import visible

LONGEST_NAME = 40
"""Names of files with more letters than this are shown shortened."""


def origin_text(say: Say, origin: Origin) -> str:
    """A few words, such as "Example: 4, open"; plain text."""
    match origin:
        case Example(identity):
            return say("origin.example", name=say(f"examples.{identity}"))
        case MnistDigit(number, label):
            return say("origin.mnist", number=number, label=label)
        case Upload(""):
            return say("origin.picture")
        case Upload(name):
            return say("origin.upload", name=shortened(name))
        case Drawing():
            return say("origin.drawing")
        case Blank():
            return say(f"origin.{origin.value}")


def shortened(name: str) -> str:
    """A file's name, at most `LONGEST_NAME` letters of it: its beginning and its end, which says what sort it is."""
    name = visible(name)
    if len(name) <= LONGEST_NAME:
        return name
    end = LONGEST_NAME // 3
    return f"{name[: LONGEST_NAME - end - 1]}…{name[-end:]}"
