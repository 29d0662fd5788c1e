"""A reading's numbers for NumPy."""

from __future__ import annotations

import io
import zipfile
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.measures.pull import pulls
from explorer.reading import CapsuleReading
from explorer.text import Say

README = "README.txt"


def reading_npz(reading: CapsuleReading, say: Say) -> bytes:
    """Every array of a reading as one .npz, with README.txt inside; `numpy.load` opens it without pickle.

    Arrays have the names of `capsnet.reports.write_npz`, and there are more of them, pulls among them. A .npz is a zip
    file: people find the readme by unpacking it, and `numpy.load(file)["README.txt"]` holds it too.
    """
    arrays = {field.name: np.asarray(getattr(reading, field.name)) for field in fields(reading)}
    arrays["pulls"] = pulls(reading)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, _readme(arrays, say))
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w") as entry:
                np.save(entry, array, allow_pickle=False)
    return file.getvalue()


def _readme(arrays: dict[str, NDArray[Any]], say: Say) -> str:
    """What is in the file: name, shape and meaning of each array."""
    lines = [f"{name} {list(array.shape)}: {say(f'exports.array_{name}')}" for name, array in arrays.items()]
    return say("exports.readme", arrays="\n".join(lines))
