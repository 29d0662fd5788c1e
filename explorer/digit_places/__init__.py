"""The drawn digit with a mark at the centre of what each place of primary capsules sees.

A component of our own: pointing at a mark, or reaching it by keyboard, outlines its patch at once, without the server.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from explorer.pictures import data_url, png
from explorer.reading import Floats
from explorer.tile_sheet import WALK

_FOLDER = Path(__file__).parent
_component = st.components.v2.component(
    "capsnet_digit_places",
    css=(_FOLDER / "digit_places.css").read_text(encoding="utf-8"),
    js=WALK + (_FOLDER / "digit_places.js").read_text(encoding="utf-8"),
    html='<div class="stage"><canvas></canvas><svg><rect class="patch"></rect></svg></div>',
)


def digit_places(
    image: Floats,
    values: Floats,
    names: Sequence[str],
    label: str,
    *,
    key: str,
    reach: float,
    places: tuple[int, int],
    patch: int,
    selected: tuple[int, int],
    choose: Callable[[int, int], None],
) -> None:
    """Shows the picture and its marks: the larger, the further from 0; orange above, blue below.

    Args:
        image: the picture, 0..1, [H, W].
        values: one a place, [rows, columns].
        names: what each mark says where it is pointed at, row by row.
        label: what is to be seen, for screen readers.
        key: names the element.
        reach: the value at which marks are largest.
        places: the pixel that the first place is centred on, and the pixels from one place to the next.
        patch: height and width in pixels of what one place sees.
        selected: row and column of the place whose patch is outlined when none is pointed at.
        choose: called with row and column of the mark that is clicked or touched.

    Raises:
        ValueError: there are not as many names as values.
    """
    if len(names) != values.size:
        raise ValueError(f"{values.size} places need as many names; got {len(names)}")
    first, step = places
    rows, columns = values.shape
    strengths = (values / reach).clip(-1, 1)
    _component(
        key=key,
        data={
            "picture": data_url(png(image, 1)),
            "size": image.shape[1],
            "label": label,
            "patch": patch,
            "selected": selected[0] * columns + selected[1],
            "marks": [
                {
                    "x": first + step * column,
                    "y": first + step * row,
                    "value": round(float(strengths[row, column]), 4),
                    "name": names[row * columns + column],
                }
                for row in range(rows)
                for column in range(columns)
            ],
        },
        on_chosen_change=lambda: choose(*divmod(st.session_state[key]["chosen"], columns)),
    )
