"""Where everything in the theatre stands, for any number of classes and any length of their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from explorer.figures.base import text_width

FOOT = 1
"""Rows of the grid below a map, for the bar of its length."""
LEAST_CELL, MOST_CELL = 8, 70
"""Height of a cell, in screen pixels."""
LEAST_NAME = 12
"""The smallest size of a name; what is still too long is cut."""


class Box(NamedTuple):
    """A place: left and right as shares of the width, top and bottom in screen pixels from the top."""

    left: float
    right: float
    top: float
    bottom: float


class _Paper(NamedTuple):
    """What a wide page and a phone's differ in; all but `across`, in screen pixels."""

    width: int
    """About how wide the maps are together."""
    across: int
    """Maps in a row at most."""
    across_long: int
    """The same where names stand on lines of their own."""
    text: int
    """Size of words."""
    heading: int
    """Room above a map for its digit's name and length."""
    second_line: int
    """More room, where the name stands above the length."""
    top: int
    """Where the maps begin."""


WIDE = _Paper(860, 5, 5, 16, 36, 18, 34)
NARROW = _Paper(351, 4, 3, 14, 26, 16, 34)
COLOURS = 36
"""Height of the bar of colours, with what is written on it and the room around it; screen pixels."""


class Tiles(NamedTuple):
    """How large the maps are, and how their headings are written."""

    across: int
    """Maps in a row."""
    cell: int
    """Height of a cell of a map, in screen pixels."""
    head: int
    """Rows of the grid above a map, for the digit's name and length."""
    name_size: float
    """Size of the digits' names."""
    stacked: bool
    """Names stand above the lengths, not beside them."""
    names: tuple[str, ...]
    """Of the digits, cut where they are too long, [J]."""
    bottom: int
    """Where the maps end, in screen pixels from the top."""


@dataclass(frozen=True)
class Plan:
    """The layout. Positions are screen pixels from the top, and shares of the width."""

    height: int
    maps: Box
    caption: Box
    colours: float
    """Top of the bar of colours."""
    text: int
    """Size of words."""
    tiles: Tiles

    def up(self, pixels: float) -> float:
        """A position as Plotly counts it: 0 at the bottom, 1 at the top."""
        return 1 - pixels / self.height

    def domain(self, box: Box) -> list[float]:
        """A box's height as the domain of a y axis."""
        return [self.up(box.bottom), self.up(box.top)]


def plan(classes: tuple[str, ...], grid: tuple[int, int], *, narrow: bool = False) -> Plan:
    """The layout of maps of `grid` (rows, columns) for these classes: the caption, the maps, the bar of colours."""
    paper = NARROW if narrow else WIDE
    tiles = _tiles(classes, grid, paper)
    return Plan(
        height=tiles.bottom + COLOURS,
        maps=Box(0, 1, paper.top, tiles.bottom),
        caption=Box(0, 1, 0, 30),
        colours=tiles.bottom + 4,
        text=paper.text,
        tiles=tiles,
    )


def _tiles(classes: tuple[str, ...], grid: tuple[int, int], paper: _Paper) -> Tiles:
    """How large the maps are, and how their headings are written."""
    rows, columns = grid
    across = min(paper.across, len(classes))
    full = paper.text + 3
    number = text_width("0.00", paper.text) + 4
    room = columns * paper.width / (across * (columns + 1) - 1)
    stacked = max(text_width(name, full) for name in classes) > room - number
    if stacked:
        across = min(paper.across_long, len(classes))
    cells = across * (columns + 1) - 1
    cell = round(min(max(paper.width / cells, LEAST_CELL), MOST_CELL))
    heading = paper.heading + (paper.second_line if stacked else 0)
    head = -(-heading // cell)
    down = -(-len(classes) // across) * (head + rows + FOOT)
    room = columns * paper.width / cells
    longest = max(text_width(name, 1) for name in classes)
    size = min(full, max(LEAST_NAME, room / longest)) if stacked else full
    names = tuple(_cut(name, size, room) for name in classes) if stacked else classes
    return Tiles(across, cell, head, size, stacked, names, paper.top + down * cell)


def _cut(name: str, size: float, room: float) -> str:
    """As much of a name as there is room for, and an ellipsis."""
    if text_width(name, size) <= room:
        return name
    kept = next(count for count in range(len(name), -1, -1) if text_width(name[:count] + "…", size) <= room)
    return name[:kept].rstrip() + "…"
