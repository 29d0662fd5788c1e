"""Small pictures in rows that fit the screen's width, crisp, named, and open to click, touch and keyboard.

A component of our own, since Plotly's pictures can be neither laid out anew for a phone nor reached by keyboard.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from explorer.components.registry import handler, index_below, register
from explorer.pictures import data_url

_component = register(
    "capsnet_tile_sheet", Path(__file__).parent, css="component.css", html='<div class="sheet"></div>\n'
)


@dataclass(frozen=True)
class SheetLayout:
    """How the pictures of a sheet are laid out."""

    min_width: int
    """No tile gets narrower than so many CSS pixels."""
    columns: int | None = None
    """How many stand in a row, where the screen is wide enough for them; None: as many as fit."""
    captions: bool = False
    """Names also stand below the pictures."""
    crisp: bool = True
    """Every pixel is to be seen as a square."""


def tile_sheet(
    pictures: NDArray[np.uint8],
    names: Sequence[str],
    label: str,
    layout: SheetLayout,
    *,
    key: str,
    selected: int | None = None,
    choose: Callable[[int], None] | None = None,
) -> None:
    """Shows pictures side by side, as many in a row as there is room for.

    Args:
        pictures: RGB, uint8 [N, height, width, 3].
        names: one a picture, read out by screen readers and shown where it is pointed at.
        label: what the sheet shows, for screen readers.
        layout: sizes and captions.
        key: names the element.
        selected: the picture framed.
        choose: called with a picture's index when it is clicked or touched; None: they can't be.

    Raises:
        ValueError: there are not as many names as pictures.
    """
    if len(names) != len(pictures):
        raise ValueError(f"a sheet needs a name for each of its {len(pictures)} pictures; got {len(names)}")
    data = {
        "sprite": _sprite(pictures),
        "size": [pictures.shape[2], pictures.shape[1]],
        "names": list(names),
        "label": label,
        "selected": selected,
        "choosable": choose is not None,
    }
    handlers: dict[str, Any] = {}
    if choose:
        handlers["on_chosen_change"] = handler(key, "chosen", choose, index_below(len(pictures)))
    _component(key=key, data=data | asdict(layout), **handlers)


def _sprite(pictures: NDArray[np.uint8]) -> str:
    """All pictures side by side as one PNG, as a data URL.

    Each has a rim of its own outermost pixels, so that a browser's rounding shows nothing of its neighbours.
    """
    framed = np.pad(pictures, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")  # [N, height + 2, width + 2, 3]
    row = framed.transpose(1, 0, 2, 3).reshape(framed.shape[1], -1, 3)
    buffer = io.BytesIO()
    Image.fromarray(row).save(buffer, format="PNG", compress_level=1)
    return data_url(buffer.getvalue())
