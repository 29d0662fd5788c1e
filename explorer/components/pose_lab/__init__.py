"""The pose page's instrument: sliders and pictures that are decoded in the browser."""

from explorer.components.pose_lab.component import Handlers, Start, Style, Subject, figure_four, lab, loop, morph
from explorer.components.pose_lab.delivery import deliver_decoder, packed

__all__ = [
    "Handlers",
    "Start",
    "Style",
    "Subject",
    "deliver_decoder",
    "figure_four",
    "lab",
    "loop",
    "morph",
    "packed",
]
