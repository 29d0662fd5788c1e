"""Python's garbage collector in a process that many people share."""

from __future__ import annotations

import gc
from functools import cache


@cache
def leave_out_what_stays() -> None:
    """Has the garbage collector leave out all that there is now, once: what was imported is never garbage.

    It is a million objects, and looking through them after each run took longer than the run itself.
    """
    gc.collect()
    gc.freeze()
