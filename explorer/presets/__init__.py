"""Drawings to begin with."""

from __future__ import annotations

from explorer.presets.presets import (
    CANVAS,
    PEN,
    Point,
    Preset,
    Stroke,
    load_presets,
    pen_path,
    preset_drawing,
    render,
    stroke_drawing,
)

__all__ = [
    "CANVAS",
    "PEN",
    "Point",
    "Preset",
    "Stroke",
    "load_presets",
    "pen_path",
    "preset_drawing",
    "render",
    "stroke_drawing",
]
