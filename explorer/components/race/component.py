"""The hero of the routing page: ten lanes on which every vote is a step, and the couplings that move.

The browser is given agreements and lengths; it gets the logits by adding, the couplings by softmax and the pulls from
these, so that playing needs no word from the server. While the pen moves, the network in the browser gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from explorer.components.race.packing import packed
from explorer.components.registry import handler, index_below, register
from explorer.kept import kept
from explorer.palette import Palette
from explorer.reading import CapsuleReading

_FOLDER = Path(__file__).parent
_component = register("capsnet_race", _FOLDER, css="component.css", html='<div class="race"></div>')
_look = register("capsnet_race_look", _FOLDER, script="look.js")


@dataclass(frozen=True)
class Looked:
    """What the person looks at in the race."""

    focus: int
    """Digit capsule j."""
    rival: int
    """Another one."""
    followed: int
    """Primary capsule i."""

    @classmethod
    def parser(cls, reading: CapsuleReading) -> Callable[[Any], Looked]:
        """A parser of what the browser sends about a reading: two different digits, and a primary capsule."""
        digit, primary = index_below(len(reading.classes)), index_below(len(reading.primary))

        def parse(sent: Any) -> Looked:
            found = cls(digit(sent["focus"]), digit(sent["rival"]), primary(sent["followed"]))
            if found.focus == found.rival:
                raise ValueError(f"expected two different digits; got {found.focus} twice")
            return found

        return parse


@dataclass(frozen=True)
class Stand:
    """How the race is shown in the lesson: without what only some want to try."""

    moment: int | None
    """Where it stands: see `moments.js`; None: at its end."""
    locked: bool
    """Whether it can't be played, and lengths can't be read from its ruler."""


def race(
    reading: CapsuleReading,
    words: Mapping[str, str],
    palette: Palette,
    look: Looked,
    looked: Callable[[Looked], None],
    most: int,
    iterated: Callable[[int], None],
    *,
    stand: Stand | None = None,
    key: str,
) -> None:
    """Shows the race of a digit.

    Args:
        reading: of the digit.
        words: the section "race_words", and as "honest" what routing did with this digit.
        palette: the page's.
        look: what is looked at.
        looked: called when the person looks at something else.
        most: iterations that may be run.
        iterated: called with a number of iterations that the browser, where it has no network, cannot run.
        stand: where it stands at first, in the lesson; None: at its end, with all that belongs to it.
        key: names the element; the one that hears of `look` is `key`-look.
    """
    data = routed(reading) | {"most": most, "race": key, "words": dict(words), "palette": palette.css_variables()}
    data["stand"] = stand and asdict(stand)
    _component(key=key, data=data)
    name = f"{key}-look"
    _look(
        key=name,
        data={"race": key, "look": asdict(look)},
        height=1,
        on_look_change=handler(name, "look", looked, Looked.parser(reading)),
        on_iterate_change=handler(name, "iterate", iterated, lambda sent: index_below(most)(sent - 1) + 1),
    )


@kept
def routed(reading: CapsuleReading) -> dict[str, Any]:
    """Routing of one picture as the browser takes it: see `routed.js`."""
    iterations, capsules, classes = reading.agreements.shape
    _, rows, columns = reading.grid
    return {
        "classes": reading.classes,
        "sizes": {
            "R": iterations,
            "I": capsules,
            "J": classes,
            "D": reading.poses.shape[-1],
            "places": rows * columns,
            "columns": columns,
            "side": len(reading.image),
            "patch": reading.patch,
            "centre": reading.places[0],
            "stride": reading.places[1],
        },
        "beta": reading.inverse_temperature,
        "trained": reading.trained_iterations,
        "lengths": reading.lengths.astype(float).round(6).tolist(),
        "poses": reading.poses[-1].astype(float).round(5).tolist(),
    } | packed(reading)
