"""What the numbers of a comparison say, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from capsnet.perturbation import AMOUNTS, Perturbation
from explorer.measures.answer import Doubt
from explorer.measures.held import Held, Outcome, outcome
from explorer.perturbing import ARRANGEMENTS, PARTS, neutral
from explorer.text import Say

SIGNED = ("rotation", "right", "down", "thickness")


def amount(say: Say, kind: str, value: float) -> str:
    """An amount of a slider with its unit, such as "+35°"."""
    shown = f"{value:+g}" if kind in SIGNED and value else f"{abs(value):g}"
    return say(f"compare.amount_{kind}", amount=shown.replace("-", "\N{MINUS SIGN}"))


def setting(say: Say, kind: str, change: Perturbation) -> str:
    """What one slider is set to; of parts, how they are arranged."""
    if kind != PARTS:
        return amount(say, kind, getattr(change, kind))
    ready = {quarters: name for name, quarters in ARRANGEMENTS.items()}
    return say(f"compare.parts_{ready.get(change.quarters, 'own')}")


def listed(say: Say, names: Sequence[str]) -> str:
    """Names in one phrase: "a, b and c"."""
    if len(names) == 1:
        return names[0]
    return say("compare.listed", first=say("compare.comma").join(names[:-1]), last=names[-1])


def who_held(say: Say, kind: str, name: str, networks: Sequence[str], ranges: Sequence[Held | None]) -> str:
    """Who said a class longest while an amount grew, and while it shrank.

    Args:
        say: words.
        kind: of `AMOUNTS`.
        name: of the class.
        networks: in words.
        ranges: how far each says the class.
    """
    sentences = [say("compare.question", name=name)]
    for direction, way in ((1, "up"), (-1, "down")):
        end = len(AMOUNTS[kind]) - 1 if direction > 0 else 0
        found = outcome(ranges, direction)
        if end != neutral(kind) and found:
            sentences.append(_one_way(say, kind, way, name, networks, found, end))
    silent = [network for network, found in zip(networks, ranges, strict=True) if not found]
    if silent:
        sentences.append(say("compare.never", networks=listed(say, silent), name=name))
    return reduce(lambda text, more: say("language.joined", text=text, following=more), sentences)


def _one_way(say: Say, kind: str, way: str, name: str, networks: Sequence[str], found: Outcome, end: int) -> str:
    def told(stop: int) -> str:
        return amount(say, kind, AMOUNTS[kind][stop])

    phrase = say(f"compare.way_{kind}_{way}")
    longest = listed(say, [networks[n] for n in found.longest])
    if not found.shortest:
        key = "compare.all_way" if found.until == end else "compare.all_until"
        return say(key, way=phrase, networks=longest, name=name, until=told(found.until))
    shortest = listed(say, [networks[n] for n in found.shortest])
    ends = {"until": told(found.until), "first": shortest, "first_until": told(found.shortest_until)}
    return say("compare.longest", way=phrase, networks=longest, name=name, **ends)


def who_was_fooled(
    say: Say, name: str, networks: Sequence[str], said: Sequence[Sequence[bool]], doubts: Sequence[Sequence[Doubt]]
) -> str:
    """How often each network still says a class whose parts are displaced.

    Args:
        say: words.
        name: of the class.
        networks: in words, N.
        said: of each network and arrangement, without the one in place, whether it says the class, [N, A].
        doubts: of the same.
    """
    sure = [
        sum(yes and doubt is Doubt.NONE for yes, doubt in zip(answers, why, strict=True))
        for answers, why in zip(said, doubts, strict=True)
    ]
    count, least, most = len(said[0]), min(sure), max(sure)
    named = {
        number: listed(say, [network for network, n in zip(networks, sure, strict=True) if n == number])
        for number in (least, most)
    }
    if most == 0:
        return say("compare.parts_none", name=name, count=count)
    if least == most:
        return say("compare.parts_same", name=name, count=count, often=most, networks=named[most])
    return say(
        "compare.parts_differ", name=name, count=count, most=named[most], often=most, least=named[least], seldom=least
    )
