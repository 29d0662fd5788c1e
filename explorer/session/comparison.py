"""What networks are compared on: what is done to the digit, and which take part; also as short text for addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite

from capsnet.perturbation import AMOUNTS, IN_PLACE, Perturbation
from explorer.session.digit_text import whole_number

FIRST = "rotation"
UNCHANGED = Perturbation()
KINDS = (*AMOUNTS, "parts")
"""What can be varied: an amount, or where the four quarters lie."""
MOST_NAMES, LONGEST_NAME = 20, 200
SHARES = 100
"""Steps in which an address says where the hidden square lies."""


@dataclass(frozen=True)
class Comparison:
    """How the page of comparisons is set up.

    Raises:
        ValueError: what is varied is none of `KINDS`, an amount is no stop of its slider, or too many are named.
    """

    change: Perturbation = UNCHANGED
    """What is done to the digit."""
    varied: str = FIRST
    """Whose whole range is shown."""
    renormalised: bool = False
    """Whether the ink is brought to its place and size again."""
    beside: tuple[str, ...] | None = None
    """Names of the networks that take part; None: those that the page begins with."""

    def __post_init__(self) -> None:
        if self.varied not in KINDS:
            raise ValueError(f"varied must be one of {', '.join(KINDS)}; got {self.varied}")
        for name, amounts in AMOUNTS.items():
            if getattr(self.change, name) not in amounts:
                raise ValueError(f"{name} must be a stop of its slider; got {getattr(self.change, name)}")
        names = self.beside or ()
        if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
            raise ValueError(f"at most {MOST_NAMES} networks of at most {LONGEST_NAME} letters are named")
        "".join(names).encode()  # UnicodeEncodeError, a ValueError: half a character can't stand in an address


AT_FIRST = Comparison()


def amounts_text(comparison: Comparison) -> str | None:
    """What the sliders are set to, such as "rotation_35~scale_0.8"; None: nothing is."""
    change = comparison.change
    told = [f"{name}_{getattr(change, name):g}" for name in AMOUNTS if getattr(change, name) != _neutral(name)]
    return "~".join(told) or None


def with_amounts(comparison: Comparison, text: str) -> Comparison:
    """The same with sliders as `amounts_text` wrote.

    Raises:
        ValueError: it did not.
    """
    found: dict[str, float] = {}
    for part in text.split("~"):
        name, _, amount = part.partition("_")
        if name not in AMOUNTS or name in found or len(amount) > 10 or not isfinite(float(amount)):
            raise ValueError("no amounts of sliders")
        found[name] = float(amount)
    return replace(comparison, change=replace(comparison.change, **found))  # type: ignore[arg-type]


def square_text(comparison: Comparison) -> str | None:
    """Where the hidden square lies, "down.across" in hundredths; None: in the middle."""
    at = comparison.change.hidden_at
    return None if at == UNCHANGED.hidden_at else ".".join(str(round(share * SHARES)) for share in at)


def with_square(comparison: Comparison, text: str) -> Comparison:
    """The inverse of `square_text`.

    Raises:
        ValueError: it wrote no such thing.
    """
    down, across = (whole_number(number, 0, SHARES) / SHARES for number in text.split("."))
    return replace(comparison, change=replace(comparison.change, hidden_at=(down, across)))


def quarters_text(comparison: Comparison) -> str | None:
    """Which quarter lies at each place, and how it is turned, such as "10.00.20.30"; None: all in place."""
    quarters = comparison.change.quarters
    return None if quarters == IN_PLACE else ".".join(f"{part}{turns}" for part, turns in quarters)


def with_quarters(comparison: Comparison, text: str) -> Comparison:
    """The inverse of `quarters_text`.

    Raises:
        ValueError: it wrote no such thing.
    """
    pairs = tuple(divmod(whole_number(pair, 0, 33), 10) for pair in text.split("."))
    if len(pairs) != len(IN_PLACE):
        raise ValueError("there are four quarters")
    return replace(comparison, change=replace(comparison.change, quarters=pairs))


def beside_text(comparison: Comparison) -> str | None:
    """The names of those that take part; None: those that the page begins with."""
    return None if comparison.beside is None else "~".join(comparison.beside)


def with_beside(comparison: Comparison, text: str) -> Comparison:
    """The inverse of `beside_text`; names that are not known are left out when it is shown."""
    return replace(comparison, beside=tuple(dict.fromkeys(name for name in text.split("~") if name)))


def _neutral(name: str) -> float:
    amount: float = getattr(UNCHANGED, name)
    return amount
