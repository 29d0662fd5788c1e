"""The canvas that digits are drawn on."""

from explorer.components.drawing_canvas.component import Put, Shown, drawing_canvas

__all__ = ["Put", "Shown", "drawing_canvas"]
