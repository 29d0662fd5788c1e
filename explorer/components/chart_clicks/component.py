"""Which mark of a chart was clicked.

Streamlit reports selections of scatter points only; here a click on any mark comes, the cells of a heat map too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.components.registry import handler, index_below, register

MOST_MARKS = 2**31
"""No chart has more."""

_component = register("capsnet_chart_clicks", Path(__file__).parent, html="<span hidden></span>")


@dataclass(frozen=True)
class Click:
    """A mark of a chart that was clicked."""

    chart: str
    """The chart's key."""
    index: tuple[int, ...]
    """The mark's number in its trace, or a heat map's row and column."""
    value: int | None
    """The mark's `customdata`; None: that is no whole number."""

    @classmethod
    def parse(cls, sent: Any) -> Click:
        """A click as the browser sends it.

        Raises:
            LookupError, TypeError, ValueError: it is malformed.
        """
        chart, index, value = sent["chart"], sent["index"], sent["value"]
        if not isinstance(chart, str) or not isinstance(index, list) or not 1 <= len(index) <= 2:
            raise TypeError("expected a chart and the numbers of a mark")
        whole = isinstance(value, int) and not isinstance(value, bool)
        return cls(chart, tuple(map(index_below(MOST_MARKS), index)), value if whole else None)


def listen_to_clicks(key: str, clicked: Callable[[Click], None]) -> None:
    """Listens to all charts of the page from now on, once a page.

    Args:
        key: names the element and its state.
        clicked: called when a mark of a chart is clicked.
    """
    _component(key=key, height=1, on_click_change=handler(key, "click", clicked, Click.parse))
