"""What the race draws of a reading, in few bytes."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import numpy as np

from explorer.arrays import Floats
from explorer.measures.pull import across, strengths
from explorer.reading import CapsuleReading

ALONG = 2.0**-12
"""A step of how far votes lie along their capsule's output: sums of all stay true to the digits that are printed."""
MOST = 2**15 - 1
_GZIP = 16 + zlib.MAX_WBITS


def packed(reading: CapsuleReading) -> dict[str, Any]:
    """The numbers of a reading that are many, gzipped, in base64, and the steps that they are counted in.

    Agreements a_ij = |v_j| x_ij come as x, how far a vote lies along the output: [R, J, I] whole numbers of 16 bits,
    each less that of the iteration before; strengths [I] as float16; of both the low bytes, then the high ones. After
    them `across` [I, J] and the picture, in 8 bits.
    """
    along = np.divide(
        reading.agreements,
        reading.lengths[:, None],
        out=np.zeros_like(reading.agreements),
        where=reading.lengths[:, None] > 0,
    ).transpose(0, 2, 1)
    step = max(ALONG, float(np.abs(along).max()) / MOST)
    numbers = np.round(along / step).astype("<i2")
    numbers[1:] -= numbers[:-1].copy()  # too large ones go round, and come back when they are added
    sideways, scale = _whole(across(reading))
    ink = np.round(255 * reading.image).astype(np.uint8)
    content = [_planes(numbers), _planes(strengths(reading).astype("<f2")), sideways.tobytes(), ink.tobytes()]
    packer = zlib.compressobj(wbits=_GZIP, strategy=zlib.Z_HUFFMAN_ONLY)  # no byte string comes twice: quicker, smaller
    return {
        "packed": base64.b64encode(packer.compress(b"".join(content)) + packer.flush()).decode(),
        "along_step": step,
        "across_scale": scale.tolist(),
    }


def _planes(numbers: np.ndarray[Any, Any]) -> bytes:
    """Numbers of 16 bits as their low bytes, then their high ones, which are much alike."""
    return numbers.reshape(-1).view(np.uint8).reshape(-1, 2).T.tobytes()


def _whole(values: Floats) -> tuple[np.ndarray[Any, np.dtype[np.int8]], Floats]:
    """Numbers [I, J] as whole ones of 8 bits, and the scale of each column, [J]."""
    scale = np.abs(values).max(axis=0) / 127
    scale = np.where(scale > 0, scale, 1)
    return np.round(values / scale).astype(np.int8), scale
