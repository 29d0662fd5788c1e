"""One primary capsule's part in routing, with votes that can be dragged."""

from explorer.components.by_hand.component import Looked, by_hand, part

__all__ = ["Looked", "by_hand", "part"]
