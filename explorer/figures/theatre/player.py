"""Playing frames in the browser: which there are, and the buttons and the scrubber that show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from explorer.arrays import Floats
from explorer.palette import Palette

FRAME, HOLD = 33, 18
"""Milliseconds a frame is shown, and how many times a true iteration is shown before the next one comes."""
MOTION, MOST_FRAMES = 10, 60
"""Frames from one iteration to the next, fewer where they would be more than these in all."""


class Moment(NamedTuple):
    """A frame: iteration `start` (from 0), or `share` of the way to the next one, eased."""

    name: str
    start: int
    share: float

    @property
    def true(self) -> bool:
        """Whether it is an iteration of the network's own, and not the motion between two."""
        return self.share == 0

    @property
    def time(self) -> float:
        """The iteration, from 1, with the share of the way to the next one."""
        return self.start + 1 + self.share

    def of(self, values: Floats) -> Floats:
        """The values at this moment, of values for each iteration, [R, ...]."""
        now: Floats = values[self.start]
        if self.true:
            return now
        mixed: Floats = (1 - self.share) * now + self.share * values[self.start + 1]
        return mixed


def moments(iterations: int) -> Iterator[Moment]:
    """The frames in order: iterations "1" to "R", and between them the motion, slow at both ends."""
    motion = min(MOTION, MOST_FRAMES // max(1, iterations - 1))
    for start in range(iterations):
        yield Moment(str(start + 1), start, 0.0)
        for step in range(1, motion if start + 1 < iterations else 1):
            share = step / motion
            yield Moment(f"{start + 1}+{step}", start, share * share * (3 - 2 * share))


def player(iterations: int, words: tuple[str, str, str], palette: Palette, **place: Any) -> dict[str, Any]:
    """Buttons that play, play slowly and pause, as an entry of `layout.updatemenus`."""
    names = [moment.name for moment in moments(iterations) for _ in range(HOLD if moment.true else 1)]
    play, slowly, pause = words
    return _buttons(
        [
            _button(play, "animate", [names, _at(FRAME)]),
            _button(slowly, "animate", [names, _at(3 * FRAME)]),
            _button(pause, "animate", [[None], _at(0)]),
        ],
        palette,
        showactive=False,
        **place,
    )


def switch(words: tuple[str, str], traces: tuple[int, int], palette: Palette, **place: Any) -> dict[str, Any]:
    """Buttons that show one of two traces and hide the other, as an entry of `layout.updatemenus`."""
    first, second = words
    return _buttons(
        [
            _button(first, "restyle", [{"visible": [True, False]}, list(traces)]),
            _button(second, "restyle", [{"visible": [False, True]}, list(traces)]),
        ],
        palette,
        **place,
    )


def scrubber(iterations: int, palette: Palette, **place: Any) -> dict[str, Any]:
    """A slider over all frames, the iterations numbered, as an entry of `layout.sliders`."""
    steps = [
        {
            "label": moment.name if moment.true else "",
            "method": "animate",
            "args": [[moment.name], _at(0)],
            "value": moment.name,
        }
        for moment in moments(iterations)
    ]
    return {
        "active": len(steps) - 1,
        "steps": steps,
        "pad": {"t": 0, "b": 0, "l": 0, "r": 0},
        "currentvalue": {"visible": False},
        "tickcolor": palette.other,
        "bgcolor": palette.other,
        "bordercolor": palette.other,
        "activebgcolor": palette.focus,
        "ticklen": 4,
        **place,
    }


def _buttons(entries: list[dict[str, Any]], palette: Palette, **place: Any) -> dict[str, Any]:
    """Buttons in a row, light with dark words: Plotly paints a pressed one nearly white, whatever the theme."""
    ground, words = (palette.ink, palette.page) if palette.dark else (palette.line, palette.ink)
    return {
        "type": "buttons",
        "direction": "right",
        "buttons": entries,
        "yanchor": "top",
        "pad": {"t": 0, "b": 0, "l": 0, "r": 0},
        "bgcolor": ground,
        "bordercolor": palette.other,
        "font": {"color": words, "size": 15},
        **place,
    }


def _button(label: str, method: str, arguments: list[Any]) -> dict[str, Any]:
    return {"label": label, "method": method, "args": arguments}


def _at(milliseconds: int) -> dict[str, Any]:
    frame = {"duration": milliseconds, "redraw": True}  # heat maps change only when all is drawn again
    return {"frame": frame, "transition": {"duration": 0}, "mode": "immediate"}
