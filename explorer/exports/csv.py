"""A reading's couplings and pulls for a spreadsheet."""

from __future__ import annotations

import csv
import io

import numpy as np

from explorer.measures.pull import pulls
from explorer.reading import CapsuleReading
from explorer.text import Say

ENCODING = "utf-8-sig"
"""With a byte order mark: without one, Excel takes UTF-8 for something else."""

FORMULAS = (
    "=",
    "+",
    "-",
    "@",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)
"""What formulas begin with in spreadsheets; in Japanese ones also wide."""


def couplings_csv(reading: CapsuleReading, say: Say) -> bytes:
    """A table: a row for each iteration and primary capsule, four columns of places, then two a class.

    The columns are: iteration, from 1 as on the page; channel, row and column of the primary capsule, from 0 as in the
    arrays; then its coupling c_ij to each class, 0 to 1, which sum to 1 over a row; then its pull e_ij on each, which
    sum to |s_j| down an iteration. Numbers have as many digits as it takes to read the same float32 back. What would
    begin like a formula has an apostrophe before it.
    """
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(
        [
            *(say(f"exports.column_{name}") for name in ("iteration", "channel", "row", "column")),
            *(_text(say("exports.column_coupling", name=name)) for name in reading.classes),
            *(_text(say("exports.column_pull", name=name)) for name in reading.classes),
        ]
    )
    for iteration, steps in enumerate(zip(reading.couplings, pulls(reading), strict=True), start=1):
        for place, couplings, pulled in zip(np.ndindex(reading.grid), *steps, strict=True):
            table.writerow([iteration, *place, *couplings, *pulled])
    return text.getvalue().encode(ENCODING)


def _text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULAS) else cell
