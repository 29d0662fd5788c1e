"""Small pictures in rows that fit the screen's width."""

from explorer.components.tile_sheet.component import SheetLayout, tile_sheet

__all__ = ["SheetLayout", "tile_sheet"]
