"""A reading's numbers as files: all of them for NumPy, the couplings for a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.reading import DigitReading
from explorer.text import say

README = "README.txt"


def readings_npz(reading: DigitReading) -> bytes:
    """Every array of a reading as one .npz, with README.txt inside; `numpy.load` opens it without pickle.

    A .npz is a zip file: people find the readme by unpacking it, and `numpy.load(file)["README.txt"]` holds it too.
    """
    arrays = {field.name: np.asarray(getattr(reading, field.name)) for field in fields(reading)}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, _readme(arrays))
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w") as entry:
                np.save(entry, array, allow_pickle=False)
    return file.getvalue()


def couplings_csv(reading: DigitReading) -> bytes:
    """The couplings as a table, UTF-8: a row for each iteration and primary capsule, a column for each class.

    Iterations count from 1 as on the page; channel, row and column from 0 as in the arrays. Couplings have as
    many digits as it takes to read the same float32 back.
    """
    text = io.StringIO()
    table = csv.writer(text)
    names = [say("take_home.column_coupling", name=name) for name in reading.classes]
    where = [say(key) for key in ("take_home.column_iteration", "take_home.column_channel")]
    where += [say(key) for key in ("take_home.column_row", "take_home.column_column")]
    table.writerow([*where, *names])
    for iteration, couplings in enumerate(reading.couplings, start=1):
        for place, row in zip(np.ndindex(reading.grid), couplings, strict=True):
            table.writerow([iteration, *place, *row])
    return text.getvalue().encode("utf-8")


def _readme(arrays: dict[str, NDArray[Any]]) -> str:
    """What is in the file: name, shape and meaning of each array."""
    lines = [f"{name} {list(array.shape)}: {say(f'take_home.array_{name}')}" for name, array in arrays.items()]
    return say("take_home.readme", arrays="\n".join(lines))
