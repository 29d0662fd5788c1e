"""The pose page's instrument: sliders and pictures that are decoded in the browser."""

from explorer.components.pose_lab.component import Handlers, Start, Style, Subject, figure_four, lab, loop, morph

__all__ = [
    "Handlers",
    "Start",
    "Style",
    "Subject",
    "figure_four",
    "lab",
    "loop",
    "morph",
]
