"""Garbage is looked for in what came since the app was started, no more; and threads share their heaps."""

from __future__ import annotations

import gc
import platform
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from explorer.memory import leave_out_what_stays


def test_what_there_is_stays_and_what_comes_later_is_collected() -> None:
    leave_out_what_stays.cache_clear()
    kept = gc.get_freeze_count()
    try:
        leave_out_what_stays()
        assert gc.get_freeze_count() > kept
        assert len(gc.get_objects()) < gc.get_freeze_count()
        later: list[object] = []
        later.append(later)
        del later
        assert gc.collect() >= 1
    finally:
        gc.unfreeze()
        leave_out_what_stays.cache_clear()


def test_streamlit_does_not_collect_after_each_run() -> None:
    settings = Path(__file__).parents[2] / "explorer" / ".streamlit" / "config.toml"
    assert tomllib.loads(settings.read_text())["runner"]["postScriptGC"] is False


HEAPS = """
import ctypes, sys, threading
from explorer.memory import share_heaps
if sys.argv[1] == "shared":
    share_heaps()
library = ctypes.CDLL(None)
together = threading.Barrier(7)
def take():
    together.wait()
    library.malloc(1000)
    together.wait()  # a thread that has ended leaves its heap to the next
threads = [threading.Thread(target=take) for _ in range(7)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library.fdopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(library.fdopen(1, b"w"))
library.malloc_info(0, file)
library.fflush(file)
"""
GLIBC = sys.platform == "linux" and "glibc" in platform.libc_ver()


@pytest.mark.skipif(not GLIBC, reason="other C libraries have no such heaps")
def test_threads_share_two_heaps() -> None:
    def heaps(how: str) -> int:
        command = [sys.executable, "-c", HEAPS, how]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.count("<heap nr=")

    assert heaps("shared") == 2 < heaps("apart")
