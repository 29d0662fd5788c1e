"""Where everything in the theatre stands, for any number of classes and any length of their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from explorer.figures.base import text_width

FOOT = 1
"""Rows of the grid below a map, for the bar of its length."""
LEAST_CELL, MOST_CELL = 8, 40
"""Height of a cell, in screen pixels."""
LEAST_NAME = 12
"""The smallest size of a name; what is still too long is cut."""
LINE = 1.3
"""Height of a line of words, in their size."""


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


WIDE = _Paper(612, 5, 5, 16, 36, 18, 0)
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
    agreement: Box
    entropy: Box
    caption: Box
    colours: float
    """Top of the bar of colours."""
    text: int
    """Size of words."""
    tiles: Tiles
    titles: tuple[str, str]
    """Of the two charts, in lines."""

    def up(self, pixels: float) -> float:
        """A position as Plotly counts it: 0 at the bottom, 1 at the top."""
        return 1 - pixels / self.height

    def domain(self, box: Box) -> list[float]:
        """A box's height as the domain of a y axis."""
        return [self.up(box.bottom), self.up(box.top)]


def plan(classes: tuple[str, ...], grid: tuple[int, int], titles: tuple[str, str], *, narrow: bool = False) -> Plan:
    """The layout of maps of `grid` (rows, columns) for these classes, with these titles above the two charts."""
    return (_narrow if narrow else _wide)(classes, grid, titles)


def _wide(classes: tuple[str, ...], grid: tuple[int, int], titles: tuple[str, str]) -> Plan:
    """Maps at the left, caption and charts in a column at the right."""
    tiles = _tiles(classes, grid, WIDE)
    lines = tuple(_wrapped(title, 0.26 * WIDE.width / 0.71, WIDE.text - 2) for title in titles)
    first, second = (round(title.count("<br>") * LINE * (WIDE.text - 2)) for title in lines)
    low = max(tiles.bottom + 12, 330 + first + second)
    half = (low + 40 + first - second) // 2
    return Plan(
        height=max(tiles.bottom + COLOURS, low + 24),
        maps=Box(0, 0.71, WIDE.top, tiles.bottom),
        agreement=Box(0.77, 1.0, 82 + max(0, first - 18), half - 18),
        entropy=Box(0.77, 1.0, half + 38 + second, low - 8),
        caption=Box(0.735, 1.0, 0, 30),
        colours=tiles.bottom + 4,
        text=WIDE.text,
        titles=(lines[0], lines[1]),
        tiles=tiles,
    )


def _narrow(classes: tuple[str, ...], grid: tuple[int, int], titles: tuple[str, str]) -> Plan:
    """Caption, maps and the two charts, one below the other."""
    tiles = _tiles(classes, grid, NARROW)
    lines = tuple(_wrapped(title, 0.45 * NARROW.width, NARROW.text - 2) for title in titles)
    more = max(title.count("<br>") for title in lines)
    top = tiles.bottom + COLOURS + 40 + round(more * LINE * (NARROW.text - 2))
    return Plan(
        height=top + 116,
        maps=Box(0, 1.0, NARROW.top, tiles.bottom),
        agreement=Box(0.08, 0.45, top, top + 90),
        entropy=Box(0.62, 1.0, top, top + 90),
        caption=Box(0.0, 1.0, 0, 30),
        colours=tiles.bottom + 4,
        text=NARROW.text,
        titles=(lines[0], lines[1]),
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


def _wrapped(markup: str, room: float, size: float) -> str:
    """Words with tags, in as many lines as they need."""
    lines = [""]
    for word in markup.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(re.sub("<[^>]*>", "", longer), size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "<br>".join(lines)
