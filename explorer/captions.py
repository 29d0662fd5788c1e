"""Words worked out from a reading for pictures of its couplings: sentences, and labels that figures take."""

from __future__ import annotations

import numpy as np

from explorer.figures.flow import FlowWords
from explorer.figures.matrix import MatrixWords
from explorer.measures import couplings as measure
from explorer.measures.couplings import Sorting
from explorer.reading import CapsuleReading, Floats
from explorer.text import say

EVEN = 0.05
"""Columns whose sums differ by less are called equal."""
MARKS = {Sorting.CHANNEL: "matrix.channel", Sorting.PLACE: "matrix.row"}


def primary_name(reading: CapsuleReading, primary: int) -> str:
    """Where primary capsule i stands: "channel 5, row 2, column 3"."""
    return say("matrix.primary", **primary_place(reading, primary))


def primary_place(reading: CapsuleReading, primary: int) -> dict[str, int]:
    """Channel, row and column of primary capsule i, by these names."""
    return dict(zip(("channel", "row", "column"), map(int, np.unravel_index(primary, reading.grid)), strict=True))


def primary_names(reading: CapsuleReading) -> list[str]:
    """Where each primary capsule stands, by i."""
    return [primary_name(reading, i) for i in range(len(reading.primary))]


def matrix_words(reach: float) -> MatrixWords:
    """What `coupling_matrix` writes; `reach`, where its colours end, in log2."""
    parts = {"primary": "%{y}", "digit": "%{x}", "coupling": "%{customdata:.3f}", "times": "%{text:.2f}"}
    low, high = (say("matrix.times", times=2**end) for end in (-reach, reach))
    return MatrixWords(say("matrix.hover", **parts), (low, say("matrix.equal"), high), say("matrix.total"))


def matrix_marks(reading: CapsuleReading, sorting: Sorting) -> list[tuple[float, str]]:
    """What stands beside the matrix's rows: the middle of each block of rows, and its name."""
    found = measure.blocks(reading, sorting)
    return [((block.start + block.stop - 1) / 2, say(MARKS[sorting], number=block.number)) for block in found]


def moved_sentence(reading: CapsuleReading) -> str:
    """How many primary capsules moved, and which most."""
    found, equal = measure.movement(reading), 1 / len(reading.classes)
    if reading.iterations == 1:
        return say("matrix.unmoved", equal=equal)
    return say(
        "matrix.moved",
        count=found.count,
        all=len(reading.primary),
        **primary_place(reading, found.primary),
        share=found.share,
        digit=reading.classes[found.capsule],
        equal=equal,
    )


def shared_out_sentence(reading: CapsuleReading, primary: int, iteration: int = -1) -> str:
    """A row of the couplings sums to 1, a column to anything, in the numbers of this reading."""
    found = measure.shared_out(reading, primary, iteration)
    most, least = int(found.columns.argmax()), int(found.columns.argmin())
    highest, lowest = float(found.columns[most]), float(found.columns[least])
    return say(
        "matrix.shared_equally" if highest - lowest < EVEN else "matrix.shared_out",
        classes=len(reading.classes),
        **primary_place(reading, primary),
        terms=" + ".join(f"{coupling:.3f}" for coupling in found.row),
        all=len(reading.primary),
        equal=len(reading.primary) / len(reading.classes),
        most=reading.classes[most],
        highest=highest,
        least=reading.classes[least],
        lowest=lowest,
    )


def flow_words(digit: str) -> FlowWords:
    """What `flow` writes when it looks at a digit of this name."""
    parts = {"channel": "%{customdata[0]}", "width": "%{customdata[1]:.2f}", "times": "%{customdata[2]:.2f}"}
    return FlowWords(say("flow.hover", digit=digit, **parts), (say("flow.channel"), say("flow.digit")))


def flow_sentence(reading: CapsuleReading, widths: Floats, capsule: int, iteration: int = -1) -> str:
    """What arrives at a digit and who sends most; `widths` are those of `flow_widths`."""
    found = measure.inflow(widths, capsule, iteration)
    name = reading.classes[capsule]
    return say(
        "flow.look", digit=name, total=found.total, times=found.times, channel=found.channel, brought=found.brought
    )
