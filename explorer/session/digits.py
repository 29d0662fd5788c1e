"""The digit of a session, and what the app has put on the canvas.

The browser keeps the history of what was drawn, and undoes by itself; here is what it shows now.
"""

from __future__ import annotations

import json
import secrets
from collections import OrderedDict
from hashlib import sha256
from typing import Any

from explorer.session.digit import Digit
from explorer.session.digit_text import digit_text

MOST_KNOWN = 60
LONGEST_DRAWING = 400_000
"""Characters of strokes, as JSON, that are kept: some minutes with the pen. Of longer ones the picture is."""


def kept_drawing(objects: list[Any]) -> dict[str, Any] | None:
    """What a digit keeps of its strokes, Fabric's; None: they are too many."""
    return {"objects": objects} if len(json.dumps(objects)) <= LONGEST_DRAWING else None


class Digits:
    """The digit that is looked at; there is always one."""

    def __init__(self, first: Digit) -> None:
        self.token = secrets.token_hex(4)
        """Tells this session from any other that a browser may remember."""
        self._known: OrderedDict[str, Digit] = OrderedDict()
        self._puts = 0
        self._moment: float | None = None
        self.heard: float | None = None
        """The moment of what the canvas told last, whether it was news or not."""
        self.replace(first)

    @property
    def current(self) -> Digit:
        """The digit that all pages look at."""
        return self._current

    @property
    def put(self) -> tuple[int, Digit]:
        """What the app has put on the canvas last, and a number that grows with each."""
        return self._puts, self._put

    def replace(self, newest: Digit) -> None:
        """Makes a digit that did not come from the canvas the current one, and puts it on the canvas."""
        self._puts += 1
        self._put = self._current = newest
        self._remember(digit_text(newest), newest)

    def take(self, newest: Digit, objects: list[Any]) -> None:
        """Makes what is on the canvas, Fabric's strokes, the current digit."""
        self._current = newest
        self._remember(_name(objects), newest)

    def show(self, known: Digit) -> None:
        """Makes a digit that was known before the current one: the canvas went back to it."""
        self._current = known

    def is_news(self, token: str, put: int, moment: float) -> bool:
        """Whether what a canvas tells was not heard before, and came after all that the app put there.

        A canvas that outlived the server's last session speaks for it as long as nothing was done in this one.

        Args:
            token: of the session that the canvas knew.
            put: the number of what was put there last, as far as it knew.
            moment: unlike that of anything else it tells.
        """
        self.heard = moment
        begun = self._moment is None and self._puts == 1
        if moment == self._moment or not ((token, put) == (self.token, self._puts) or (begun and token != self.token)):
            return False
        self._moment = moment
        return True

    def known(self, text: str) -> Digit | None:
        """A digit of this session by its text in addresses; None: there was none, or it is long ago."""
        return self._known.get(text)

    def drawn(self, objects: list[Any]) -> Digit | None:
        """The digit of these strokes, if they were on the canvas before."""
        return self._known.get(_name(objects))

    def _remember(self, text: str | None, digit: Digit) -> None:
        if text:
            self._known[text] = digit
            self._known.move_to_end(text)
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)


def _name(objects: list[Any]) -> str:
    """Strokes by what they are, and not with all their length."""
    return sha256(json.dumps(objects).encode()).hexdigest()
