"""One primary capsule's part in routing: what it says, its votes, what its logits remember, and how it splits.

All of it is worked out in the browser from the capsule's votes and the digit capsules' outputs, so that a vote can be
dragged to where it would have to point to be believed more, or less, without the server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.components.numbers import packed
from explorer.components.registry import handler, index_below, register
from explorer.palette import Palette
from explorer.reading import CapsuleReading

_component = register(
    "capsnet_by_hand", Path(__file__).parent, css="component.css", html='<div class="by-hand" aria-busy="true"></div>'
)


@dataclass(frozen=True)
class Looked:
    """What is looked at of a reading."""

    iteration: int
    """From 1."""
    focus: int
    """Index j of the digit capsule."""
    rival: int
    """Of the one that it is compared with."""
    followed: int
    """Index i of the primary capsule."""


def by_hand(
    reading: CapsuleReading,
    looked: Looked,
    network: str,
    words: Mapping[str, str],
    palette: Palette,
    *,
    stepped: Callable[[int], None],
    hidden: Sequence[str] | None = None,
    key: str,
) -> None:
    """Shows the capsule that is followed.

    Args:
        reading: of the digit.
        looked: what is shown of it.
        network: digest of the one that read it.
        words: those of the section "by_hand".
        palette: the page's.
        stepped: called with the iteration, from 1, that a person chooses.
        hidden: in the lesson what is not seen, of "rival", "votes", "remembers" and "splits"; None: elsewhere.
        key: names the element.
    """
    data: dict[str, Any] = part(reading, looked) | {
        "network": network,
        "words": dict(words),
        "palette": palette.css_variables(),
    }
    data["hidden"] = None if hidden is None else " ".join(hidden)
    step = handler(key, "step", stepped, lambda sent: index_below(reading.iterations)(sent - 1) + 1)
    _component(key=key, data=data, on_step_change=step)


def part(reading: CapsuleReading, looked: Looked) -> dict[str, Any]:
    """What the browser needs of a reading: the arrays of one primary capsule, a few thousand numbers."""
    return {
        "iteration": looked.iteration,
        "focus": looked.focus,
        "rival": looked.rival,
        "followed": looked.followed,
        "classes": reading.classes,
        "iterations": reading.iterations,
        "inverseTemperature": reading.inverse_temperature,
        "grid": reading.grid,
        "places": reading.places,
        "patch": reading.patch,
        "width": reading.image.shape[1],
        "pose": reading.votes.shape[-1],
        "primaryPose": reading.primary.shape[-1],
        "image": packed(reading.image),
        "primary": packed(reading.primary[looked.followed]),
        "votes": packed(reading.votes[looked.followed]),
        "poses": packed(reading.poses),
    }
