"""What people can mend: a sentence for the command line, and what happened for programs with words of their own."""

from __future__ import annotations

from typing import Any


class CapsNetError(Exception):
    """Something outside this program is missing or not what it should be.

    The message is for people, in English: which thing, what was expected, and the way out.
    """

    kind: str
    """What happened, in one word for programs; each subclass lists its own."""
    values: dict[str, Any]
    """What a sentence about it needs, by name; each subclass says which."""

    def __init__(self, message: str, kind: str, **values: Any) -> None:
        super().__init__(message)
        self.kind, self.values = kind, values
