"""Whose turn it is: no more at once than may be, all in the end, and nobody kept out by one who stays."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from explorer import concurrency
from explorer.concurrency import AT_ONCE, admitted


def test_no_more_run_at_once_than_may_and_all_get_their_turn() -> None:
    together = Barrier(AT_ONCE, timeout=30)  # so that as many as may are inside at the same time
    counting, inside, most = Lock(), 0, 0

    def run(_: int) -> None:
        nonlocal inside, most
        with admitted():
            with counting:
                inside += 1
                most = max(most, inside)
            together.wait()
            with counting:
                inside -= 1
            together.wait()

    with ThreadPoolExecutor(7 * AT_ONCE) as threads:
        list(threads.map(run, range(7 * AT_ONCE)))
    assert most == AT_ONCE
    assert inside == 0


def stop() -> None:
    raise RuntimeError("the run was ended")


@pytest.mark.parametrize("ends", [lambda: None, stop], ids=["well", "with an error"])
def test_a_turn_ends_however_the_run_does(ends: Callable[[], None]) -> None:
    for _ in range(AT_ONCE + 1):
        try:
            with admitted():
                ends()
        except RuntimeError:
            pass
    assert concurrency._free.acquire(blocking=False)
    concurrency._free.release()


def test_those_who_stay_keep_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concurrency, "PATIENCE", 0.01)
    left = Event()
    inside = Barrier(AT_ONCE + 1, timeout=30)

    def stay() -> None:
        with admitted():
            inside.wait()
            left.wait(30)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        staying = [threads.submit(stay) for _ in range(AT_ONCE)]
        inside.wait()
        with admitted():  # after its patience
            assert not any(one.done() for one in staying)
        left.set()
    with admitted(), admitted():  # those who did not wait gave nothing back
        assert not concurrency._free.acquire(blocking=False)
