"""Lines of code that can be pointed at: each lights its formula, its numbers and, where there is one, the race."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.annotations import Annotation, Line, Looked
from explorer.components.registry import handler, index_below, register
from explorer.palette import Palette
from explorer.reading import CapsuleReading

_component = register(
    "capsnet_code", Path(__file__).parent, css="component.css", html='<div class="annotated-code"></div>'
)


@dataclass(frozen=True)
class Note:
    """What the browser shows of one annotated line."""

    line: int
    """Its number in the file."""
    annotation: Annotation
    said: str
    """What the line does."""
    paper: str
    """Where it stands in the paper; "": nowhere."""
    whose: str
    """Which primary capsule its numbers are of; "": of no one."""
    now: Callable[[dict[str, Any]], str]
    """The line's numbers in words."""


def annotated_code(
    reading: CapsuleReading,
    look: Looked,
    lines: Sequence[Line | None],
    notes: Sequence[Note],
    words: Mapping[str, str],
    palette: Palette,
    *,
    stepped: Callable[[int], None],
    whole: bool,
    key: str,
) -> None:
    """Shows lines of code.

    Args:
        reading: of the digit.
        look: what is looked at of it.
        lines: of the code; None where some are left out.
        notes: of those that can be pointed at.
        words: those of the section "code_words".
        palette: the page's.
        stepped: called with the iteration, from 1, that a person chooses.
        whole: whether it is a whole file, which scrolls in a box of its own.
        key: names the element.
    """
    given = part(reading, look, lines, notes)
    data = given | {"whole": whole, "words": dict(words), "palette": palette.css_variables()}
    step = handler(key, "step", stepped, lambda sent: index_below(reading.iterations)(sent - 1) + 1)
    _component(key=key, data=data, on_step_change=step)


def part(reading: CapsuleReading, look: Looked, lines: Sequence[Line | None], notes: Sequence[Note]) -> dict[str, Any]:
    """What the browser needs of a reading and of the code: arguments as of `annotated_code`."""
    return {
        "lines": [line and [line.number, line.tokens] for line in lines],
        "notes": [_given(note, reading, look) for note in notes],
        "look": {"focus": look.digit, "rival": look.rival, "followed": look.primary},
        "iteration": look.iteration + 1,
        "iterations": reading.iterations,
        "classes": reading.classes,
    }


def _given(note: Note, reading: CapsuleReading, look: Looked) -> dict[str, Any]:
    """A note with its numbers in each iteration, or once where they are the same in all."""
    found = [note.annotation.numbers(reading, look._replace(iteration=r)) for r in range(reading.iterations)]
    now = [[note.now(values) for values in live.values] for live in found]
    bars = [live.bars.astype(float).round(4).tolist() for live in found]
    same = all(each == now[0] for each in now) and all(each == bars[0] for each in bars)
    return {
        "line": note.line,
        "formula": note.annotation.formula,
        "phase": note.annotation.phase,
        "leads": note.annotation.leads,
        "said": note.said,
        "paper": note.paper,
        "whose": note.whose,
        "now": now[:1] if same else now,
        "bars": bars[:1] if same else bars,
        "pose": found[0].pose,
        "symbol": note.annotation.symbol,
    }
