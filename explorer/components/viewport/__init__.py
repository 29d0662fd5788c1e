"""How wide the screen is; and charts on paper, which shrink to its width."""

from explorer.components.viewport.component import is_narrow, watch_viewport

__all__ = ["is_narrow", "watch_viewport"]
