"""What one person made and chose: the app's only state, as plain objects, and the address that holds it."""

from __future__ import annotations

from explorer.session.digit import Blank, Digit, Drawing, Example, MnistDigit, Origin, Upload
from explorer.session.poses import PoseSet
from explorer.session.session import Look, NetworkChoices, Notice, PageChoices, Session

__all__ = [
    "Blank",
    "Digit",
    "Drawing",
    "Example",
    "Look",
    "MnistDigit",
    "NetworkChoices",
    "Notice",
    "Origin",
    "PageChoices",
    "PoseSet",
    "Session",
    "Upload",
]
