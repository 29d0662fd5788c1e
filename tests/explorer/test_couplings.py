from __future__ import annotations

from dataclasses import replace
from html import unescape

import numpy as np
import pytest

from explorer import captions
from explorer.measures import couplings as measure
from explorer.measures.couplings import Block, Sorting
from explorer.reading import CapsuleReading
from explorer.text import Say


def with_last(reading: CapsuleReading, couplings: dict[int, tuple[float, ...]]) -> CapsuleReading:
    """A reading whose last couplings are equal shares but for these rows."""
    changed = reading.couplings.copy()
    changed[-1] = 0.2
    for primary, row in couplings.items():
        changed[-1, primary] = row
    return replace(reading, couplings=changed)


@pytest.fixture
def settled(reading: CapsuleReading) -> CapsuleReading:
    """Capsule 31 moved 0.7 of its output, capsule 8 moved 0.1, capsule 64 a little, all others nothing."""
    return with_last(
        reading,
        {31: (0.9, 0.1, 0.0, 0.0, 0.0), 8: (0.1, 0.2, 0.2, 0.3, 0.2), 64: (0.2, 0.2, 0.25, 0.15, 0.2)},
    )


def test_moved_is_the_share_of_the_output_that_left_the_equal_share(settled: CapsuleReading) -> None:
    moved = measure.moved(settled)
    assert [moved[31], moved[8], moved[64], moved[0]] == pytest.approx([0.7, 0.1, 0.05, 0], abs=1e-6)


def test_movement_names_the_one_that_moved_most(settled: CapsuleReading) -> None:
    found = measure.movement(settled)
    assert (found.count, found.primary, found.capsule) == (2, 31, 0)
    assert found.share == pytest.approx(0.9)


def test_what_moved_most_comes_first(settled: CapsuleReading) -> None:
    assert measure.sorted_capsules(settled, Sorting.MOVED)[:4].tolist() == [31, 8, 64, 0]


def test_by_channel_is_the_networks_own_order(reading: CapsuleReading) -> None:
    assert measure.sorted_capsules(reading, Sorting.CHANNEL).tolist() == list(range(75))


def test_by_place_keeps_the_channels_of_a_place_together(reading: CapsuleReading) -> None:
    expected = [(channel * 5 + row) * 5 + column for row in range(5) for column in range(5) for channel in range(3)]
    assert measure.sorted_capsules(reading, Sorting.PLACE).tolist() == expected


@pytest.mark.parametrize("sorting", Sorting)
def test_every_order_holds_each_capsule_once(reading: CapsuleReading, sorting: Sorting) -> None:
    assert sorted(measure.sorted_capsules(reading, sorting)) == list(range(75))


def test_blocks_are_the_channels_and_the_rows_of_the_grid(reading: CapsuleReading) -> None:
    assert measure.blocks(reading, Sorting.CHANNEL) == (Block(0, 0, 25), Block(1, 25, 50), Block(2, 50, 75))
    assert measure.blocks(reading, Sorting.PLACE) == tuple(Block(row, 15 * row, 15 * row + 15) for row in range(5))
    assert measure.blocks(reading, Sorting.MOVED) == ()


def test_colours_reach_at_least_as_far_as_asked_and_never_beyond_what_a_coupling_can_be(
    reading: CapsuleReading, settled: CapsuleReading
) -> None:
    assert measure.matrix_colour_limit(with_last(reading, {}), 0.25) == 0.25
    assert measure.matrix_colour_limit(settled, 0.25) == pytest.approx(np.log2(5))
    few = with_last(reading, dict.fromkeys(range(75), (0.4, 0.15, 0.15, 0.15, 0.15)))
    assert measure.matrix_colour_limit(few, 0.25) == pytest.approx(1)


@pytest.mark.parametrize("iteration", range(4))
def test_rows_sum_to_one_and_columns_to_anything(reading: CapsuleReading, iteration: int) -> None:
    found = measure.coupling_sums(reading, 42, iteration)
    assert found.row.sum() == pytest.approx(1)
    columns = [sum(float(reading.couplings[iteration, i, j]) for i in range(75)) for j in range(5)]
    np.testing.assert_allclose(found.columns, columns, rtol=1e-5)
    assert found.columns.sum() == pytest.approx(75)


def test_sentences_name_what_the_numbers_say(settled: CapsuleReading) -> None:
    moved = captions.moved_sentence(settled, Say())
    assert "2 of 75" in moved
    assert "channel 1, row 1, column 1" in moved  # 31 = 25 + 5 + 1
    assert "90% to boot" in moved
    shared = unescape(captions.coupling_sums_sentence(settled, 31, Say()))
    assert "0.900 + 0.100 + 0.000 + 0.000 + 0.000" in shared
    # 72 x 0.2 + 0.9 + 0.1 + 0.2, and 72 x 0.2 + 0 + 0.2 + 0.2
    assert "it is 15.6 for boot and 14.8 for dress" in shared


def test_before_anything_moved_the_sentences_say_so(settled: CapsuleReading) -> None:
    first = replace(settled, iterations=1, couplings=settled.couplings[:1])
    assert "nothing has moved" in captions.moved_sentence(first, Say())
    assert "15.0 to each digit" in captions.coupling_sums_sentence(first, 31, Say())


def test_marks_stand_in_the_middle_of_their_rows(reading: CapsuleReading) -> None:
    marks = captions.matrix_marks(reading, Sorting.CHANNEL, Say())
    assert marks == [(12, "channel 0"), (37, "channel 1"), (62, "channel 2")]
    assert captions.matrix_marks(reading, Sorting.MOVED, Say()) == []


def test_the_legend_speaks_of_equal_shares(reading: CapsuleReading) -> None:
    low, middle, high = captions.matrix_labels(reading, Sorting.MOVED, 1.0, Say()).legend
    assert (low[:6], middle, high[:4]) == ("≤ 0.5 ", "equal share", "≥ 2 ")


def test_rounded_shares_sum_to_one_and_are_next_to_the_true_ones() -> None:
    thirds = np.full(3, 1 / 3, np.float32)
    assert measure.rounded_shares(thirds, 2).tolist() == [0.34, 0.33, 0.33]
    rng = np.random.default_rng(7)
    for shares in rng.dirichlet(np.full(11, 0.2), 101).astype(np.float32):
        found = measure.rounded_shares(shares, 3)
        assert sum(round(1000 * share) for share in found) == 1000
        assert np.abs(found - shares).max() < 0.001 + 1e-6
