"""The pose page's instrument: sliders and pictures that are decoded in the browser."""

from explorer.components.pose_lab.component import Start, Subject, figure_four, lab, loop, morph, packed, send_decoder

__all__ = ["Start", "Subject", "figure_four", "lab", "loop", "morph", "packed", "send_decoder"]
