"""Words worked out from a reading: sentences, and the labels that figures take. All are said by a `Say`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import log2

import numpy as np

from capsnet.card import DoubtThresholds
from explorer.figures.matrix import MatrixLabels
from explorer.figures.theatre import Scene, TheatreLabels
from explorer.measures import couplings as measure
from explorer.measures.answer import Doubt, verdict
from explorer.measures.couplings import Sorting
from explorer.measures.pull import race_facts
from explorer.reading import CapsuleReading
from explorer.text import Say

EQUAL_WITHIN = 0.05
"""Columns whose sums differ by less are called equal."""
MARKS = {Sorting.CHANNEL: "matrix.channel", Sorting.PLACE: "matrix.row"}
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


def race_headline(reading: CapsuleReading, thresholds: DoubtThresholds, say: Say) -> str:
    """The race of a digit in one sentence: the first that holds."""
    facts, said = race_facts(reading), verdict(reading, thresholds)
    names = [reading.classes[j] for j in facts.path]
    values = {"name": reading.classes[facts.winner], "rival": reading.classes[said.rival]}
    if reading.iterations == 1:
        sentence = say.markdown("race.headline_one", name=values["name"])
    elif said.doubt is Doubt.SHORT:
        sentence = say("race.headline_short")
    elif len(names) > 1:
        way = " → ".join(names)
        sentence = say.markdown(
            "race.headline_changed", name=names[-1], other=names[-2], path=way, step=facts.overtakes
        )
    elif said.doubt is Doubt.CLOSE:
        sentence = say.markdown("race.headline_close", **values, length=said.length, rival_length=said.rival_length)
    else:
        counts = {"half": facts.half, "all": len(reading.primary)}
        sentence = say.markdown(f"race.headline_{_number(facts.half)}", name=values["name"], **counts)
    if reading.iterations == reading.trained_iterations:
        return sentence
    return joined([sentence, say("race.headline_untrained", trained=reading.trained_iterations)], say)


def race_honest(reading: CapsuleReading, thresholds: DoubtThresholds, say: Say) -> str:
    """What routing did, in the numbers of this digit: plain text."""
    facts, classes = race_facts(reading), reading.classes
    if reading.iterations == 1:
        return say("race.honest_one", equal=1 / len(classes))
    name, first = classes[facts.winner], classes[facts.path[0]]
    sentences = [
        say("race.honest_moved", count=facts.moved, all=len(reading.primary)),
        say(f"race.honest_half_{_number(facts.half)}", name=name, half=facts.half),
    ]
    if verdict(reading, thresholds).doubt is not Doubt.SHORT:
        ahead = len(facts.path) == 1
        sentences.append(
            say("race.honest_ahead", name=name) if ahead else say("race.honest_path", first=first, name=name)
        )
    return joined(sentences, say)


def joined(sentences: Sequence[str], say: Say) -> str:
    """Sentences one after another, with a space between them where the language has one."""
    return reduce(lambda text, following: say("language.joined", text=text, following=following), sentences)


def _number(count: int) -> str:
    """Which words are said of so many."""
    return "single" if count == 1 else "many"


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
