"""Words for screen readers, said when they change."""

from explorer.components.live_region.component import say_aloud

__all__ = ["say_aloud"]
