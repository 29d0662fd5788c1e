"""Pictures moved by whole pixels: which way, and what comes in."""

from __future__ import annotations

import torch
from hypothesis import given
from hypothesis import strategies as st

from capsnet.data import shifted

PICTURE = torch.tensor([[1, 2, 3], [4, 5, 6]], dtype=torch.uint8)


def move(rows: int, columns: int) -> list[list[int]]:
    moved: list[list[int]] = shifted(PICTURE[None], torch.tensor([[rows, columns]]))[0].tolist()
    return moved


def test_positive_rows_move_down_and_background_comes_in() -> None:
    assert move(1, 0) == [[0, 0, 0], [1, 2, 3]]
    assert move(-1, 0) == [[4, 5, 6], [0, 0, 0]]


def test_positive_columns_move_right_and_background_comes_in() -> None:
    assert move(0, 1) == [[0, 1, 2], [0, 4, 5]]
    assert move(0, -2) == [[3, 0, 0], [6, 0, 0]]


def test_both_at_once() -> None:
    assert move(1, -1) == [[0, 0, 0], [2, 3, 0]]
    assert move(0, 0) == PICTURE.tolist()


def test_each_picture_has_a_shift_of_its_own() -> None:
    shifts = torch.tensor([[0, 0], [1, 0], [0, -2]])
    moved = shifted(PICTURE.expand(3, 2, 3), shifts)
    assert [picture.tolist() for picture in moved] == [move(0, 0), move(1, 0), move(0, -2)]
    assert moved.dtype == torch.uint8


def test_an_empty_batch() -> None:
    assert shifted(PICTURE[None][:0], torch.zeros(0, 2, dtype=torch.int64)).shape == (0, 2, 3)


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=5), st.integers(0, 2**32))
def test_every_pixel_goes_where_it_should(moves: list[tuple[int, int]], seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    images = torch.randint(1, 256, (len(moves), 7, 5), dtype=torch.uint8, generator=generator)
    moved = shifted(images, torch.tensor(moves))
    for before, after, (down, right) in zip(images, moved, moves, strict=True):
        for row in range(7):
            for column in range(5):
                from_row, from_column = row - down, column - right
                inside = 0 <= from_row < 7 and 0 <= from_column < 5
                assert int(after[row, column]) == (int(before[from_row, from_column]) if inside else 0)


@given(st.integers(-2, 2), st.integers(-2, 2))
def test_ink_within_the_margin_survives_there_and_back(down: int, right: int) -> None:
    images = torch.zeros(1, 11, 9, dtype=torch.uint8)
    images[:, 2:-2, 2:-2] = torch.arange(35, dtype=torch.uint8).view(7, 5) + 1
    there = shifted(images, torch.tensor([[down, right]]))
    assert torch.equal(shifted(there, torch.tensor([[-down, -right]])), images)
