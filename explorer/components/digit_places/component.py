"""The drawn digit with a mark at the centre of what each place of primary capsules sees.

A component of our own: pointing at a mark, or reaching it by keyboard, outlines its patch at once, without the server.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from explorer.arrays import Floats
from explorer.components.registry import handler, index_below, register
from explorer.palette import Palette
from explorer.pictures import data_url, png

_component = register(
    "capsnet_digit_places",
    Path(__file__).parent,
    css="component.css",
    html='<div class="frame"><canvas></canvas><svg><rect class="rim"></rect><rect class="patch"></rect></svg></div>',
)


@dataclass(frozen=True)
class Places:
    """What each place of primary capsules says."""

    values: Floats
    """One a place, [rows, columns]."""
    names: Sequence[str]
    """What each mark says where it is pointed at, row by row."""
    colour_limit: float
    """The value, above 0, at which marks are largest."""
    centres: tuple[int, int]
    """The pixel that the first place is centred on, and the pixels from one place to the next."""
    patch: int
    """Height and width in pixels of what one place sees."""
    selected: tuple[int, int]
    """Row and column of the place whose patch is outlined when none is pointed at."""

    def __post_init__(self) -> None:
        """Checks that each place has a name.

        Raises:
            ValueError: there are not as many names as values, or the limit is not above 0.
        """
        if len(self.names) != self.values.size:
            raise ValueError(f"{self.values.size} places need as many names; got {len(self.names)}")
        if not self.colour_limit > 0:
            raise ValueError(f"colour_limit must be above 0; got {self.colour_limit:g}")

    def marks(self) -> list[dict[str, Any]]:
        """Where each mark is in the picture, its strength -1..1, and its name, row by row."""
        first, step = self.centres
        strengths = (self.values / self.colour_limit).clip(-1, 1)
        return [
            {"x": first + step * column, "y": first + step * row, "value": round(float(strength), 4), "name": name}
            for ((row, column), strength), name in zip(np.ndenumerate(strengths), self.names, strict=True)
        ]


def digit_places(
    image: Floats,
    places: Places,
    label: str,
    *,
    key: str,
    choose: Callable[[int, int], None],
    palette: Palette,
) -> None:
    """Shows the picture and its marks: the larger, the further from 0; filled above, hollow below.

    Args:
        image: the picture, 0..1, [H, W].
        places: what the marks say.
        label: what is to be seen, for screen readers.
        key: names the element.
        choose: called with row and column of the mark that is clicked or touched.
        palette: the page's; marks are in `focus`, the place selected in `follow`.
    """
    columns = places.values.shape[1]
    _component(
        key=key,
        data={
            "picture": data_url(png(image, 1)),
            "size": image.shape[1],
            "label": label,
            "patch": places.patch,
            "selected": places.selected[0] * columns + places.selected[1],
            "marks": places.marks(),
            "palette": palette.css_variables(),
        },
        on_chosen_change=handler(
            key, "chosen", lambda index: choose(*divmod(index, columns)), index_below(places.values.size)
        ),
    )
