"""Where a digit came from, in words."""

from __future__ import annotations

from explorer.session import Blank, Drawing, Example, MnistDigit, Origin, Upload
from explorer.text import Say


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
            return say("origin.upload", name=name)
        case Drawing():
            return say("origin.drawing")
        case Blank():
            return say(f"origin.{origin.value}")
