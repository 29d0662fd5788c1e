"""The digit turned: lengths and numbers of its capsules over the angle."""

from explorer.components.turn.component import turn

__all__ = ["turn"]
