"""Buttons and a slider that play a theatre: the chart with frames that stands elsewhere on the page.

Playing and stepping take place in the browser, by mouse, touch and keyboard, and stay as they are when another digit is
shown. The server is told of the iteration where the play comes to rest, no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.components.registry import MALFORMED, handler, received, register
from explorer.palette import Palette

_component = register(
    "capsnet_theatre_controls",
    Path(__file__).parent,
    css="component.css",
    html='<div class="controls"></div>',
)
MOST_ITERATIONS = 1000
"""Nobody steps through more."""
LATEST = 2**53
"""Milliseconds: a browser's clock counts no further in whole numbers."""


@dataclass(frozen=True)
class Rest:
    """Where the play has come to rest."""

    iteration: int
    """From 1."""
    sent: int
    """When the browser said so, in milliseconds since it loaded the page."""

    @classmethod
    def parse(cls, sent: Any) -> Rest:
        """What the browser sends.

        Raises:
            LookupError, TypeError, ValueError: it is malformed.
        """
        iteration, moment = sent["iteration"], sent["sent"]
        if any(isinstance(number, bool) or not isinstance(number, int) for number in (iteration, moment)):
            raise ValueError("expected an iteration and a moment, whole numbers")
        if not (1 <= iteration <= MOST_ITERATIONS and 0 <= moment < LATEST):
            raise ValueError(f"expected an iteration from 1 to {MOST_ITERATIONS}, and a moment of this age")
        return cls(iteration, moment)

    @classmethod
    def heard(cls, sent: Any) -> int:
        """The moment of what the browser sent; 0: nothing that can be understood."""
        try:
            return cls.parse(sent).sent
        except MALFORMED:
            return 0


def theatre_controls(chart: str, controls: Mapping[str, Any], palette: Palette, *, key: str) -> None:
    """Shows the buttons and the slider.

    Args:
        chart: the key of the chart that they play.
        controls: its frames and the words, as `explorer.figures.theatre.controls` gives them.
        palette: the page's.
        key: names the element.
    """
    _component(key=key, data={"chart": chart, "palette": palette.css_variables(), **controls})


def iteration_looked_at(chart: str, iteration: int, rested: Callable[[int], None], *, key: str) -> None:
    """Lets the play of a chart and the page look at the same iteration; shows nothing.

    Args:
        chart: the key of the chart.
        iteration: the one looked at, from 1.
        rested: called with the iteration, from 1, where the play has come to rest.
        key: names the element.
    """
    heard = Rest.heard(received(key, "rested"))
    _component(
        key=key,
        data={"chart": chart, "iteration": iteration, "heard": heard},
        height=1,
        on_rested_change=handler(key, "rested", lambda rest: rested(rest.iteration), Rest.parse),
    )
