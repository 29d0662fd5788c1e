"""How many runs of the script compute at once: the others wait until they are admitted.

Python computes in one thread at a time, however many want to. Sixty people who draw were sixty threads that took it
from one another in the middle of their work: each draw then took a quarter more computing, and all of them seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

AT_ONCE = 2
"""Runs: while PyTorch or NumPy computes for one, which they do beside Python, another goes on."""
PATIENCE = 5.0
"""Seconds after which a run no longer waits: one that takes long, or never ends, keeps nobody out."""

_free = Semaphore(AT_ONCE)


@contextmanager
def admitted() -> Iterator[None]:
    """Waits until few enough others compute; its own run ends with the context."""
    waited_for = _free.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if waited_for:
            _free.release()
