"""The digits of a session, and the canvas that they are drawn on.

A digit once made is not lost: digits form a history, and Undo goes one back, whatever made the newest one.
"""

from __future__ import annotations

from typing import Any

from explorer.session.digit import Digit

HISTORY_LENGTH = 60


class Digits:
    """The history of digits, the newest last; there is always one."""

    def __init__(self, first: Digit) -> None:
        self._history = [first]
        self._canvas_version = 1
        self._canvas_start = first.drawing
        self._canvas_seen = _objects(first.drawing)

    @property
    def current(self) -> Digit:
        """The digit that all pages look at."""
        return self._history[-1]

    @property
    def can_undo(self) -> bool:
        """Whether there is a digit to go back to."""
        return len(self._history) > 1

    @property
    def canvas(self) -> tuple[str, dict[str, Any] | None]:
        """The key of the canvas and the drawing it starts with; both change only when the app redraws it."""
        return f"canvas-{self._canvas_version}", self._canvas_start

    def replace(self, newest: Digit) -> None:
        """Makes a digit that did not come from the canvas the current one, and puts its strokes on the canvas."""
        self.take(newest)
        self._restart_canvas()

    def take(self, newest: Digit) -> None:
        """Makes what is on the canvas the current digit; the canvas stays as it is."""
        self._history = [*self._history, newest][-HISTORY_LENGTH:]

    def undo(self) -> None:
        """Goes back to the digit before the current one, where there is one."""
        if self.can_undo:
            self._history.pop()
            self._restart_canvas()

    def canvas_changed(self, objects: list[Any]) -> bool:
        """Whether the canvas holds other strokes than when it was last looked at."""
        changed = objects != self._canvas_seen
        self._canvas_seen = objects
        return changed

    def _restart_canvas(self) -> None:
        self._canvas_version += 1
        self._canvas_start = self.current.drawing
        self._canvas_seen = _objects(self._canvas_start)


def _objects(drawing: dict[str, Any] | None) -> list[Any]:
    objects: list[Any] = (drawing or {}).get("objects", [])
    return objects
