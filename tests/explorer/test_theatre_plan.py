"""Where things in the theatre stand: nothing lies on anything else, whatever the classes are called."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from explorer.figures.base import text_width
from explorer.figures.theatre.plan import FOOT, NARROW, WIDE, Box, Plan, plan

DIGITS = tuple("0123456789")
FASHION = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
CLASSES = [
    *(DIGITS[:count] for count in range(2, 11)),
    *(FASHION[:count] for count in (2, 3, 5, 10)),
    tuple(f"class number {j} of a long name" for j in range(20)),
    ("七", "手写的数字八", "九"),
]


@pytest.fixture(params=CLASSES, ids=lambda classes: f"{len(classes)} {classes[0]}")
def classes(request: pytest.FixtureRequest) -> tuple[str, ...]:
    found: tuple[str, ...] = request.param
    return found


def planned(classes: Sequence[str], *, narrow: bool = False, grid: tuple[int, int] = (6, 6)) -> Plan:
    return plan(tuple(classes), grid, narrow=narrow)


def overlap(first: Box, second: Box) -> bool:
    return min(first.right, second.right) - max(first.left, second.left) > 1e-6 and (
        min(first.bottom, second.bottom) - max(first.top, second.top) > 1e-6
    )


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("grid", [(6, 6), (10, 10)])
def test_nothing_lies_on_anything_else(classes: tuple[str, ...], narrow: bool, grid: tuple[int, int]) -> None:
    found = planned(classes, narrow=narrow, grid=grid)
    boxes = {
        "maps": found.maps,
        "caption": found.caption,
        "colours": Box(0.0, found.maps.right, found.colours, found.colours + 30),
    }
    pairs = itertools.combinations(boxes.items(), 2)
    assert not [(a, b) for (a, first), (b, second) in pairs if overlap(first, second)]
    assert all(0 <= box.top < box.bottom <= found.height for box in boxes.values())


@pytest.mark.parametrize("narrow", [False, True])
def test_names_fit_above_their_maps(classes: tuple[str, ...], narrow: bool) -> None:
    tiles, paper = planned(classes, narrow=narrow).tiles, NARROW if narrow else WIDE
    room = 6 * paper.width / (tiles.across * 7 - 1)
    number = 0 if tiles.stacked else text_width("0.00", paper.text)
    assert all(text_width(name, tiles.name_size) + number <= room + 1e-6 for name in tiles.names)
    assert tiles.name_size >= 12
    lines = paper.text + (1.25 * tiles.name_size if tiles.stacked else 0)
    assert tiles.head * tiles.cell >= lines


def test_names_that_fit_are_whole_and_others_cut() -> None:
    assert planned(FASHION).tiles.names == FASHION
    assert planned(FASHION, narrow=True).tiles.names == FASHION
    long = planned([f"{word} of clothes and shoes" for word in FASHION]).tiles.names
    assert all(name.endswith("…") for name in long)
    assert long[1].startswith("Trouser of")


def test_short_names_stand_beside_their_lengths() -> None:
    assert not planned(DIGITS).tiles.stacked
    assert planned(FASHION).tiles.stacked


@pytest.mark.parametrize("narrow", [False, True])
def test_maps_are_about_square(classes: tuple[str, ...], narrow: bool) -> None:
    tiles, paper = planned(classes, narrow=narrow).tiles, NARROW if narrow else WIDE
    cell_width = paper.width / (tiles.across * 7 - 1)
    assert 0.8 <= tiles.cell / cell_width <= 1.25
    rows = -(-len(classes) // tiles.across)
    assert tiles.bottom == paper.top + rows * (tiles.head + 6 + FOOT) * tiles.cell


@pytest.mark.parametrize(("narrow", "height"), [(False, 520), (True, 421)])
def test_ten_digits_stand_where_they_always_stood(narrow: bool, height: int) -> None:
    assert planned(DIGITS, narrow=narrow).height == height
