"""Small pictures in rows that fit the screen's width, crisp, named, and open to click, touch and keyboard.

A component of our own, since Plotly's pictures can be neither laid out anew for a phone nor reached by keyboard.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from explorer.pictures import data_url

_FOLDER = Path(__file__).parent
WALK = (_FOLDER / "walk.js").read_text(encoding="utf-8")
"""Arrow keys for elements in rows: a part of a component's script."""
_component = st.components.v2.component(
    "capsnet_tile_sheet",
    css=(_FOLDER / "tile_sheet.css").read_text(encoding="utf-8"),
    js=WALK + (_FOLDER / "tile_sheet.js").read_text(encoding="utf-8"),
    html='<div class="sheet"></div>\n',
)


def tile_sheet(
    pictures: NDArray[np.uint8],
    names: Sequence[str],
    label: str,
    *,
    key: str,
    least: int,
    columns: int | None = None,
    captions: bool = False,
    crisp: bool = True,
    selected: int | None = None,
    choose: Callable[[int], None] | None = None,
) -> None:
    """Shows pictures side by side, as many in a row as there is room for.

    Args:
        pictures: RGB, uint8 [N, height, width, 3].
        names: one a picture, read out by screen readers and shown where it is pointed at.
        label: what the sheet shows, for screen readers.
        key: names the element.
        least: no tile gets narrower than so many screen pixels.
        columns: how many stand in a row, where the screen is wide enough for them; None: as many as fit.
        captions: names also stand below the pictures.
        crisp: every pixel is to be seen as a square.
        selected: the picture framed.
        choose: called with a picture's index when it is clicked or touched; None: they can't be.

    Raises:
        ValueError: there are not as many names as pictures.
    """
    if len(names) != len(pictures):
        raise ValueError(f"a sheet needs a name for each of its {len(pictures)} pictures; got {len(names)}")
    _component(
        key=key,
        data={
            "sprite": _sprite(pictures),
            "size": [pictures.shape[2], pictures.shape[1]],
            "names": list(names),
            "label": label,
            "least": least,
            "columns": columns,
            "captions": captions,
            "crisp": crisp,
            "selected": selected,
            "choosable": choose is not None,
        },
        on_chosen_change=lambda: _call(choose, key),
    )


def _call(choose: Callable[[int], None] | None, key: str) -> None:
    """Passes on what was chosen; a sheet that has gone since, as a choice may make it, has nothing more to say."""
    sheet = st.session_state.get(key)
    if choose and sheet and sheet["chosen"] is not None:
        choose(sheet["chosen"])


def _sprite(pictures: NDArray[np.uint8]) -> str:
    """All pictures side by side as one PNG, as a data URL.

    Each has a rim of its own outermost pixels, so that a browser's rounding shows nothing of its neighbours.
    """
    framed = np.pad(pictures, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")  # [N, height + 2, width + 2, 3]
    row = framed.transpose(1, 0, 2, 3).reshape(framed.shape[1], -1, 3)
    buffer = io.BytesIO()
    Image.fromarray(row).save(buffer, format="PNG", compress_level=1)
    return data_url(buffer.getvalue())
