"""The whole network as one picture of a digit: from the input through its capsules to the decoder.

Six stages, each with a card that tells more. What is pointed at lights what it comes from and what it goes to. The same
scripts show what the server has read and, while the pen moves, what the network in the browser reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from capsnet.checkpoint import Checkpoint
from explorer.components.anatomy.packing import Extras, filters, packed
from explorer.components.network.packing import settings
from explorer.components.registry import handler, index_below, register
from explorer.components.served_files import address, is_served, serve
from explorer.palette import INK_SCALE, Palette
from explorer.reading import CapsuleReading
from explorer.session.session import STAGES

_component = register(
    "capsnet_anatomy", Path(__file__).parent, css="component.css", html='<div class="anatomy"></div>\n'
)


@dataclass(frozen=True)
class Look:
    """What is looked at."""

    stage: int
    """The stage that is open, from 0."""
    winner: int
    """The longest digit capsule, index j."""
    focus: int
    """The digit capsule looked at."""
    rival: int
    """The one that it is compared with."""
    meant: int | None
    followed: int | None
    """The primary capsule i that the person follows; None: the one that pulls the focus most."""
    doubt: str
    """Why the answer should not be believed, of `Doubt`."""
    moved: int
    """Primary capsules that routing moved."""
    parts: str = "all"
    """What is shown: that, or the "chain" of stages, or the "card" of the open one alone."""
    locked: bool = False
    """Whether nothing can be used, and what a question would be answered by is hidden."""


@dataclass(frozen=True)
class Handlers:
    """What is called when something was chosen in the browser."""

    stage: Callable[[int], None]
    follow: Callable[[int], None]
    focus: Callable[[int], None]


def anatomy(
    checkpoint: Checkpoint,
    reading: CapsuleReading,
    extras: Extras,
    look: Look,
    on: Handlers,
    words: Mapping[str, str],
    palette: Palette,
    *,
    key: str,
) -> None:
    """Shows all stages of a reading and the card of the one that is open.

    Args:
        checkpoint: the network.
        reading: its reading of the digit.
        extras: what is shown beside it.
        look: what is looked at.
        on: what is called when something is chosen; words about another digit, which come late, are left out.
        words: all of the section "anatomy".
        palette: the page's.
        key: names the element.
    """
    name = sha256(reading.image.tobytes() + bytes([reading.iterations])).hexdigest()[:12]
    data = {
        "name": name,
        "look": asdict(look),
        **_network_data(checkpoint),
        **_reading_data(reading, extras),
        "words": dict(words),
        "palette": palette.css_variables(),
        "scales": {"ink": INK_SCALE, "difference": palette.difference_scale},
    }
    classes, capsules = len(reading.classes), len(reading.primary)
    handlers: dict[str, Any] = {
        "on_stage_change": handler(key, "stage", on.stage, index_below(STAGES)),
        "on_follow_change": handler(key, "follow", on.follow, partial(_about, name, capsules)),
        "on_focus_change": handler(key, "focus", on.focus, partial(_about, name, classes)),
    }
    _component(key=key, data=data, **handlers)


def _network_data(checkpoint: Checkpoint) -> dict[str, Any]:
    return {"digest": checkpoint.digest, "filters": _filters_address(checkpoint), **settings(checkpoint)}


def _reading_data(reading: CapsuleReading, extras: Extras) -> dict[str, Any]:
    dial = extras.dial
    return {
        "iterations": reading.iterations,
        "arrays": packed(reading, extras),
        "dial": {"capsule": dial.capsule, "angles": dial.angles, "lengths": dial.lengths},
    }


def _about(name: str, count: int, sent: Any) -> int:
    """An index below `count` out of a message about the reading of this name.

    Raises:
        LookupError, TypeError, ValueError: it is about another reading, or no such index.
    """
    if sent["name"] != name:
        raise ValueError(f"expected a message about {name}")
    return index_below(count)(sent["index"])


def _filters_address(checkpoint: Checkpoint) -> str:
    """Where browsers find the filters of the first convolution."""
    name = f"{checkpoint.digest[:16]}-filters.gz"
    return address(name) if is_served(name) else serve(name, filters(checkpoint))
