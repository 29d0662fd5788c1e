"""The panel's meters, which follow the pen, and the mark that says what the server has read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from capsnet.checkpoint import Checkpoint
from explorer.components.modules import embedded
from explorer.components.network.packing import settings
from explorer.components.network.weights import weights
from explorer.components.registry import handler, register
from explorer.components.served_files import serve_script
from explorer.palette import Palette
from explorer.presets import CANVAS

_FOLDER = Path(__file__).parent
_component = register(
    "capsnet_live",
    _FOLDER,
    css="component.css",
    html=(_FOLDER / "component.html").read_text(encoding="utf-8"),
)
_mark = register("capsnet_served", _FOLDER, script="served.js")


@dataclass(frozen=True)
class ServerReading:
    """What the server says of the digit, shown until the pen moves."""

    lengths: Sequence[float]
    """|v_j|, or scores, [J]; all zero where there is no digit."""
    winner: int | None
    """None where there is no digit."""


def live_reading(
    checkpoint: Checkpoint,
    iterations: int | None,
    said: ServerReading,
    words: Mapping[str, str],
    palette: Palette,
    *,
    wish: bool | None,
    wished: Callable[[bool], None],
    key: str,
) -> None:
    """Shows the length of each digit capsule, and a switch; of a network without capsules, the score of each class.

    Args:
        checkpoint: the network that reads; the browser runs capsule networks only.
        iterations: routing iterations; None: it has no capsules.
        said: what the server has read.
        words: "meters", "meter", "switch", "slow", "failed", and what the panel says of an answer.
        palette: the page's.
        wish: whether the person wants live reading; None: where it is fast enough.
        wished: called when the person says so.
        key: names the element.
    """
    runs = iterations is not None
    data = {
        "digest": checkpoint.digest,
        "files": weights(checkpoint)._asdict() | {"worker": _worker()} if runs else None,
        "settings": settings(checkpoint) if runs else None,
        "size": CANVAS,
        "iterations": iterations,
        "classes": checkpoint.card.config.classes,
        "side": checkpoint.card.config.image_size,
        "lengths": [round(float(length), 4) for length in said.lengths],
        "winner": said.winner,
        "wish": wish,
        "words": dict(words),
        "palette": palette.css_variables(),
    }
    _component(key=key, data=data, on_wish_change=handler(key, "wish", wished, _switched))


def served(moment: float | None, *, key: str) -> None:
    """Says that the page shows what the canvas told at a moment, of `Shown.moment`; stands last on it."""
    _mark(key=key, data={"moment": moment}, height=1)


@cache
def _worker() -> str:
    """The address of the Worker's script."""
    return serve_script("worker", embedded(_FOLDER / "worker.js", "work") + "\nwork()\n")


def _switched(sent: Any) -> bool:
    if not isinstance(sent, bool):
        raise TypeError("expected true or false")
    return sent
