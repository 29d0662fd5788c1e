"""What is made of a thing is made once, for that very thing."""

from __future__ import annotations

from explorer.kept import MOST, kept


def test_equal_things_are_not_the_same() -> None:
    asked: list[list[int]] = []

    @kept
    def total(numbers: list[int]) -> int:
        """The sum."""
        asked.append(numbers)
        return sum(numbers)

    one, other = [2, 3], [2, 3]
    assert [total(one), total(one), total(other), total(one)] == [5, 5, 5, 5]
    assert asked[0] is one
    assert asked[1] is other
    assert len(asked) == 2
    assert total.__doc__ == "The sum."


def test_only_the_newest_are_kept() -> None:
    made: list[int] = []

    @kept
    def double(number: list[int]) -> int:
        made.append(number[0])
        return 2 * number[0]

    numbers = [[n] for n in range(MOST + 1)]
    assert [double(n) for n in numbers] == [2 * n for n in range(MOST + 1)]
    assert double(numbers[-1]) == 2 * MOST
    assert double(numbers[0]) == 0
    assert made == [*range(MOST + 1), 0]
