"""A digit's picture changed step by step, as networks that are compared get it. Pure.

What is done to the strokes is done on a frame with room around the picture: what leaves the picture may come back, and
normalising finds all of it. What is done to pixels, contrast and noise, is done to what the network gets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import torch

from capsnet.ink import Frame, normalise
from capsnet.ink.normalisation import FAINT
from capsnet.perturbation import AMOUNTS, IN_PLACE, Perturbation, Quarters, perturbed
from explorer.arrays import Floats

PARTS = "parts"
"""What is varied where no amount is: where the quarters lie."""
ARRANGEMENTS: dict[str, Quarters] = {
    "in_place": IN_PLACE,
    "top_bottom": ((2, 0), (3, 0), (0, 0), (1, 0)),
    "left_right": ((1, 0), (0, 0), (3, 0), (2, 0)),
    "crosswise": ((3, 0), (2, 0), (1, 0), (0, 0)),
    "each_turned": ((0, 1), (1, 1), (2, 1), (3, 1)),
    "each_upside_down": ((0, 2), (1, 2), (2, 2), (3, 2)),
}
"""Ready arrangements of the four quarters, by name."""
_PIXELS = ("contrast", "noise")
_NOTHING = Perturbation()


def stops(change: Perturbation, varied: str) -> tuple[Perturbation, ...]:
    """All that one slider can be set to, with all else as it is.

    Args:
        change: what is set.
        varied: a name of `AMOUNTS`, or `PARTS`: then the ready arrangements, and the one that is set, if it is none.
    """
    if varied != PARTS:
        return tuple(_with(change, {varied: amount}) for amount in AMOUNTS[varied])
    ready = tuple(ARRANGEMENTS.values())
    own = () if change.quarters in ready else (change.quarters,)
    return tuple(replace(change, quarters=quarters) for quarters in ready + own)


def neutral(varied: str) -> int:
    """The number of the stop that changes nothing."""
    return 0 if varied == PARTS else AMOUNTS[varied].index(getattr(_NOTHING, varied))


@lru_cache(maxsize=64)
def _pictures(
    pixels: bytes, size: int, changes: tuple[Perturbation, ...], renormalised: bool
) -> tuple[Floats, tuple[bool, ...]]:
    image = np.frombuffer(pixels, np.float32).reshape(size, size)
    made = [_picture(image, change, renormalised) for change in changes]
    shown = np.stack([np.zeros_like(image) if picture is None else picture for picture in made])
    shown.flags.writeable = False
    return shown, tuple(picture is not None for picture in made)


def pictures(
    image: Floats, changes: tuple[Perturbation, ...], *, renormalised: bool
) -> tuple[Floats, tuple[bool, ...]]:
    """One picture after each of some changes.

    Args:
        image: ink, 0..1, [size, size].
        changes: A of them.
        renormalised: whether the ink is brought to its place and size again, as that of a drawing is.

    Returns:
        [A, size, size] in 0..1, and on which of them something is left; the others are empty.
    """
    return _pictures(image.tobytes(), len(image), changes, renormalised)


def _picture(image: Floats, change: Perturbation, renormalised: bool) -> Floats | None:
    """The picture after one change; None where no ink is left."""
    size = len(image)
    room = size // 2
    wide = size + 2 * room
    laid = _changed(image, _only(change, "quarters"))
    down, across = ((room + share * size) / wide for share in change.hidden_at)
    kept = {"quarters": IN_PLACE, "hidden_at": (down, across)} | {name: getattr(_NOTHING, name) for name in _PIXELS}
    moved = _changed(np.pad(laid, room), _with(change, kept))
    inside = slice(room, room + size)
    framed = normalise(moved, Frame.of_size(size)) if renormalised else moved[inside, inside]
    if framed is None or framed.max() < FAINT:
        return None
    return _changed(framed, _only(change, *_PIXELS))


def _only(change: Perturbation, *names: str) -> Perturbation:
    """Of a change, no more than these fields."""
    return _with(_NOTHING, {name: getattr(change, name) for name in names})


def _with(change: Perturbation, fields: Mapping[str, Any]) -> Perturbation:
    return replace(change, **fields)


def _changed(image: Floats, change: Perturbation) -> Floats:
    if change == _NOTHING:
        return image
    made: Floats = perturbed(torch.tensor(np.ascontiguousarray(image))[None, None], change)[0, 0].numpy()
    return made
