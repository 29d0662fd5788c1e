"""Sliders that change a digit, and what each network answers: all stops of a slider are there when it is dragged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from capsnet.perturbation import AMOUNTS, Perturbation
from explorer.components.compare.packing import Answers, packed
from explorer.components.registry import handler, index_below, register
from explorer.palette import Palette
from explorer.perturbing import ARRANGEMENTS, PARTS, neutral
from explorer.session.comparison import SHARES, Comparison
from explorer.text import Say

_component = register(
    "capsnet_compare",
    Path(__file__).parent,
    css="component.css",
    html='<div class="frame"><div class="compare"></div></div>',
)


@dataclass(frozen=True)
class Row:
    """One network that could take part."""

    name: str
    """Of its file, by which it is switched on."""
    kind: str
    """What it is, in words."""
    training: str
    """What it learned from, in words."""
    measure: str
    """What its scores are, in words: lengths, or probabilities."""
    on: bool
    """Whether it takes part."""


@dataclass(frozen=True)
class Board:
    """What is shown of a comparison."""

    comparison: Comparison
    stop: int
    """Of A, the one that is set."""
    labels: tuple[str, ...]
    """What each stop is called, [A]."""
    settings: dict[str, str]
    """By what can be varied, what it is set to, in words."""
    classes: tuple[str, ...]
    wanted: int
    """The class that the digit is."""
    rows: tuple[Row, ...]
    """All networks that could take part; answers are of those that do, in the same order."""
    ranges: tuple[tuple[int, int] | None, ...]
    """Of each that takes part, from which stop to which it says the class; None: it does not."""
    finding: str
    """What the numbers say."""
    reason: str
    """Who says what the digit is."""


def compare(
    board: Board,
    answers: Answers,
    chosen: Callable[[Comparison], None],
    say: Say,
    palette: Palette,
    *,
    key: str,
) -> None:
    """Shows networks side by side.

    Args:
        board: what is compared.
        answers: of the networks that take part, at all stops.
        chosen: called with what the person sets.
        say: words.
        palette: the page's.
        key: names the element.
    """
    comparison, numbers = board.comparison, packed(answers)
    varied, change = comparison.varied, comparison.change
    amounts = {name: (AMOUNTS[name].index(getattr(change, name)), neutral(name)) for name in AMOUNTS}
    told = (numbers, comparison.renormalised, varied, change.hidden_at, board.finding, board.reason, say.language)
    data = {
        "subject": sha256(repr(told).encode()).hexdigest()[:16],
        "packed": numbers,
        "side": answers.pictures.shape[-1],
        "kinds": [*AMOUNTS, *([] if answers.pictures.shape[-1] % 2 else [PARTS])],
        "amounts": {name: {"stop": stop, "neutral": none} for name, (stop, none) in amounts.items()},
        "sizes": AMOUNTS["hidden"],
        "arrangements": list(ARRANGEMENTS.values()),
        "quarters": change.quarters,
        "at": change.hidden_at,
        "varied": varied,
        "neutral": neutral(varied),
        "renormalised": comparison.renormalised,
        "words": say.section("compare_words"),
        "palette": palette.css_variables(),
    } | {name: value for name, value in asdict(board).items() if name != "comparison"}
    _component(key=key, data=data, on_set_change=handler(key, "set", chosen, lambda sent: _parsed(sent, comparison)))


def _parsed(sent: Any, before: Comparison) -> Comparison:
    """What the browser says that is set now: everything that it shows."""
    names = sent["beside"]
    if names is not None and not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        raise TypeError("names of networks are words")
    stops = {name: amounts[index_below(len(amounts))(sent["amounts"][name])] for name, amounts in AMOUNTS.items()}
    down, across = (round(float(share) * SHARES) / SHARES for share in sent["at"])
    quarters = tuple((int(part), int(turns)) for part, turns in sent["quarters"][:5])
    change = Perturbation(quarters=quarters, hidden_at=(down, across), **stops)
    beside = before.beside if names is None else tuple(names)
    return Comparison(change, str(sent["varied"]), sent["renormalised"] is True, beside)
