"""Small pictures in rows that fit the screen's width."""

from explorer.components.tile_sheet.component import tile_sheet

__all__ = ["tile_sheet"]
