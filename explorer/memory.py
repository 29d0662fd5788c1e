"""Memory in a process that many people share: Python's garbage collector, and the C library's heaps."""

from __future__ import annotations

import ctypes
import gc
import sys
from functools import cache

_M_ARENA_MAX = -8
"""Of glibc's malloc.h."""
_ARENAS = 2


@cache
def leave_out_what_stays() -> None:
    """Has the garbage collector leave out all that there is now, once: what was imported is never garbage.

    It is a million objects, and looking through them after each run took longer than the run itself.
    """
    gc.collect()
    gc.freeze()


def share_heaps() -> None:
    """Has all threads take memory from two heaps; to be called before there are many.

    Streamlit starts a thread for each run. glibc gives threads heaps of their own, up to eight for each core, and what
    one has freed is no use to another: an app at which people come and go grew to 1.4 GB, with two heaps it stays below
    one. Does nothing elsewhere.
    """
    if sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallopt"):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
