"""All answers to all pictures of a slider, as few bytes for the browser."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass

import numpy as np

from explorer.arrays import Bytes, Floats


@dataclass(frozen=True)
class Answers:
    """What N networks say about A pictures."""

    pictures: Floats
    """0..1, [A, size, size]."""
    inked: tuple[bool, ...]
    """Of each picture whether anything is left on it, [A]."""
    scores: Floats
    """[N, A, J]."""
    doubted: Bytes
    """1 where a network doubts, [N, A]."""


def packed(answers: Answers) -> str:
    """Gzipped, in base64: scores as 32-bit floats, then in a byte each doubts, inks, and the pictures' greys.

    `answers.js` reads them.
    """
    greys = np.round(255 * answers.pictures).astype(np.uint8)
    content = [answers.scores.astype("<f4"), answers.doubted.astype(np.uint8), np.array(answers.inked, np.uint8), greys]
    packer = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return base64.b64encode(packer.compress(b"".join(part.tobytes() for part in content)) + packer.flush()).decode()
