"""How far an epoch has come, for who waits."""

from __future__ import annotations

import sys
from typing import Any

from tqdm import tqdm


def epoch_bar(epoch: int, epochs: int, pictures: int, seen: int, *, shown: bool) -> tqdm[Any]:
    """The bar of an epoch, from 0, of so many: pictures in it, and how many were seen before."""
    return tqdm(
        total=pictures,
        initial=seen,
        desc=f"epoch {epoch + 1}/{epochs}",
        unit=" images",
        disable=not shown,
        leave=False,
        mininterval=0.5 if sys.stderr.isatty() else 60,  # a log is no place for a moving bar
    )
