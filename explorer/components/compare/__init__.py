"""Networks side by side on one digit that is changed by sliders, or whose parts are displaced."""

from explorer.components.compare.component import Board, Row, compare
from explorer.components.compare.packing import Answers

__all__ = ["Answers", "Board", "Row", "compare"]
