"""Words worked out from a reading: sentences, and the labels that figures take. All are said by a `Say`."""

from __future__ import annotations

from itertools import groupby
from math import log2

import numpy as np

from capsnet.card import DoubtThresholds
from explorer.arrays import Floats
from explorer.figures.matrix import MatrixLabels
from explorer.figures.theatre import Scene, TheatreLabels
from explorer.measures import couplings as measure
from explorer.measures.answer import two_longest
from explorer.measures.couplings import Sorting
from explorer.measures.over_iterations import answers, greatest_gain
from explorer.measures.support import support
from explorer.reading import CapsuleReading
from explorer.text import Say

EQUAL_WITHIN = 0.05
"""Columns whose sums differ by less are called equal."""
MARKS = {Sorting.CHANNEL: "matrix.channel", Sorting.PLACE: "matrix.row"}
WORTH_SAYING = 1.1
"""A place whose couplings moved to fewer equal shares than this has gained nothing to speak of."""
MOVED = (0.02, 0.05)
"""Where less than the first share of all primary capsules moved, they are called few; from the second on, many."""
CARRIED = (30, 60)
"""The same of the effective number of capsules that carry an answer."""
TICK = 0.8
"""Where a bar of colours is written on, as a share of the way to its ends."""


def primary_place(reading: CapsuleReading, primary: int) -> dict[str, int]:
    """Channel, row and column of primary capsule i, by these names."""
    return dict(zip(("channel", "row", "column"), map(int, np.unravel_index(primary, reading.grid)), strict=True))


def primary_name(reading: CapsuleReading, primary: int, say: Say) -> str:
    """Where primary capsule i stands: "channel 5, row 2, column 3"."""
    return say("matrix.primary", **primary_place(reading, primary))


def primary_names(reading: CapsuleReading, say: Say) -> list[str]:
    """Where each primary capsule stands, by i."""
    return [primary_name(reading, i, say) for i in range(len(reading.primary))]


def routing_summary(reading: CapsuleReading, maps: Floats, thresholds: DoubtThresholds, say: Say) -> str:
    """What routing did for a digit, in a few sentences.

    Args:
        reading: of the digit.
        maps: its `coupling_maps`.
        thresholds: the network's; they say which capsules are short.
        say: the words.
    """
    winner = two_longest(reading)[0]
    name, first, last = reading.classes[winner], float(reading.lengths[0, winner]), float(reading.lengths[-1, winner])
    if reading.iterations == 1:
        return say.markdown("routing.unrouted", name=name, length=last)
    if last < thresholds.length:
        return say.markdown("routing.short", name=name, last=last)
    way = " → ".join(reading.classes[j] for j, _ in groupby(answers(reading)))
    if way == name:
        sentences = [say.markdown("routing.steady", name=name, first=first, last=last)]
    else:
        sentences = [say.markdown("routing.changed", path=way, name=name, first=first, last=last)]
    gain = greatest_gain(maps, winner)
    if gain.shares >= WORTH_SAYING:
        sentences.append(say(f"routing.gained_{gain.region}", shares=gain.shares))
    if reading.iterations > reading.trained_iterations:
        sentences.append(say("routing.beyond", trained=reading.trained_iterations))
    return " ".join(sentences)


def routing_facts(reading: CapsuleReading, thresholds: DoubtThresholds, say: Say) -> list[str]:
    """How many capsules moved, how many carry the answer, and whether it would stand without one: a sentence each.

    Where no capsule grew long there is no answer to carry, and where nothing was routed nothing could move: what can't
    be said is left out.
    """
    found, winner = support(reading), two_longest(reading)[0]
    name, last, facts = reading.classes[winner], float(reading.lengths[-1, winner]), []
    if reading.iterations > 1:
        amount = _amount(found.moved / found.capsules, MOVED)
        facts.append(say(f"routing.moved_{amount}", count=found.moved, all=found.capsules))
    long = reading.iterations == 1 or last >= thresholds.length
    if long and found.effective > 0:
        amount = _amount(found.effective, CARRIED)
        number = max(1, round(found.effective))
        facts.append(say.markdown(f"routing.carried_{amount}", name=name, number=number, share=found.strongest))
    if last > 0:
        stands = "same" if found.without == winner else "other"
        if last >= thresholds.length > found.length_without:
            stands += "_short"
        names = {"name": name, "other": reading.classes[found.without]}
        facts.append(say.markdown(f"routing.without_{stands}", **names, length=found.length_without))
    return facts


def _amount(value: float, limits: tuple[float, float]) -> str:
    """Which words are said of a number."""
    few, many = limits
    return "few" if value < few else "many" if value >= many else "some"


def theatre_labels(scene: Scene, say: Say) -> TheatreLabels:
    """What the theatre writes about a scene."""
    cell = {name: f"{{{name}}}" for name in ("name", "row", "column", "values")}
    share = max(1.1, round(2 ** (TICK * scene.coupling_limit), 1))  # the tick stands where the share, as said, lies
    return TheatreLabels(
        play=say("routing.play"),
        slowly=say("routing.slowly"),
        play_slowly=say("routing.play_slowly"),
        pause=say("routing.pause"),
        back=say("routing.back"),
        on=say("routing.on"),
        slider=say("routing.slider"),
        coupling_ticks=(
            (-log2(share), say("routing.less", share=share)),
            (0, say("routing.equal")),
            (log2(share), say("routing.more", share=share)),
        ),
        iteration=say("routing.iteration", step="{step}", steps="{steps}"),
        between=say("routing.between", step="{step}", next="{next}"),
        spoken=_spoken(scene, say),
        coupling_place=say("routing.coupling_place", **cell),
    )


def _spoken(scene: Scene, say: Say) -> tuple[str, ...]:
    """What each iteration comes to, for screen readers."""
    names = {"winner": scene.classes[scene.winner], "rival": scene.classes[scene.rival]}
    return tuple(
        say(
            "routing.spoken",
            step=step,
            steps=len(scene.lengths),
            length=float(lengths[scene.winner]),
            rival_length=float(lengths[scene.rival]),
            **names,
        )
        for step, lengths in enumerate(scene.lengths, 1)
    )


def matrix_labels(reading: CapsuleReading, sorting: Sorting, colour_limit: float, say: Say) -> MatrixLabels:
    """What `coupling_matrix` writes; `colour_limit`, where its colours end, in log2."""
    parts = {"primary": "%{y}", "digit": "%{x}", "coupling": "%{customdata:.3f}", "times": "%{text:.2f}"}
    low, high = say("matrix.at_most", times=2**-colour_limit), say("matrix.at_least", times=2**colour_limit)
    return MatrixLabels(
        names=primary_names(reading, say),
        hover=say("matrix.hover", **parts),
        legend=(low, say("matrix.equal"), high),
        total=say("matrix.total"),
        marks=matrix_marks(reading, sorting, say),
    )


def matrix_marks(reading: CapsuleReading, sorting: Sorting, say: Say) -> list[tuple[float, str]]:
    """What stands beside the matrix's rows: the middle of each block of rows, and its name."""
    found = measure.blocks(reading, sorting)
    return [((block.start + block.stop - 1) / 2, say(MARKS[sorting], number=block.number)) for block in found]


def moved_sentence(reading: CapsuleReading, say: Say) -> str:
    """How many primary capsules moved after the last iteration, and which most."""
    found, equal = measure.movement(reading), 1 / len(reading.classes)
    if reading.iterations == 1:
        return say("matrix.unmoved", equal=equal)
    return say.markdown(
        "matrix.moved",
        last=reading.iterations,
        count=found.count,
        all=len(reading.primary),
        **primary_place(reading, found.primary),
        share=found.share,
        digit=reading.classes[found.capsule],
        equal=equal,
    )


def coupling_sums_sentence(reading: CapsuleReading, primary: int, say: Say, iteration: int = -1) -> str:
    """A row of the couplings sums to 1, a column to anything, in the numbers of this reading."""
    found = measure.coupling_sums(reading, primary, iteration)
    most, least = int(found.columns.argmax()), int(found.columns.argmin())
    highest, lowest = float(found.columns[most]), float(found.columns[least])
    return say.markdown(
        "matrix.shared_equally" if highest - lowest < EQUAL_WITHIN else "matrix.shared_out",
        classes=len(reading.classes),
        **primary_place(reading, primary),
        terms=" + ".join(f"{coupling:.3f}" for coupling in measure.rounded_shares(found.row, 3)),
        all=len(reading.primary),
        equal=len(reading.primary) / len(reading.classes),
        most=reading.classes[most],
        highest=highest,
        least=reading.classes[least],
        lowest=lowest,
    )
