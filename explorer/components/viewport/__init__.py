"""How wide the screen is."""

from explorer.components.viewport.component import is_narrow, watch_viewport

__all__ = ["is_narrow", "watch_viewport"]
