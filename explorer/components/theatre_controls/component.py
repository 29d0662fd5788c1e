"""Buttons and a slider that play a theatre: the chart with frames that stands elsewhere on the page.

Playing and stepping take place in the browser, by mouse, touch and keyboard, and stay as they are when another digit is
shown. The server is told of the iteration where the play comes to rest, no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.components.registry import handler, received, register
from explorer.palette import Palette

_component = register(
    "capsnet_theatre_controls",
    Path(__file__).parent,
    css="component.css",
    html='<div class="controls"></div>',
)


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
            raise ValueError(f"expected an iteration and a moment, whole numbers; got {sent!r}")
        if iteration < 1:
            raise ValueError(f"iterations are counted from 1; got {iteration}")
        return cls(iteration, moment)


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
    last = received(key, "rested")
    heard = last["sent"] if isinstance(last, Mapping) and "sent" in last else 0
    _component(
        key=key,
        data={"chart": chart, "iteration": iteration, "heard": heard},
        height=1,
        on_rested_change=handler(key, "rested", lambda rest: rested(rest.iteration), Rest.parse),
    )
