"""What was measured, in words."""

from __future__ import annotations

import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import NOT_FOUND
from urllib.error import HTTPError

import numpy as np

from tools.load.client import Answer
from tools.load.people import Outcome
from tools.load.process import cpu, memory


@dataclass(frozen=True)
class Taken:
    """What the server took of the machine, from one moment to another."""

    cpu: float
    """Seconds."""
    own: float
    """Seconds that those who measure computed meanwhile, maybe on the same machine."""
    before: float
    """Megabytes in memory."""
    after: float


class Watch:
    """Watches processes; `taken` says what they took since it was made."""

    def __init__(self, processes: Sequence[int]) -> None:
        self._processes = processes
        self._cpu, self._memory, self._own = cpu(processes), memory(processes), time.process_time()

    def memory(self) -> float:
        """Megabytes now."""
        return memory(self._processes)

    def taken(self) -> Taken:
        """Until now."""
        own = time.process_time() - self._own
        return Taken(cpu(self._processes) - self._cpu, own, self._memory, memory(self._processes))


def quantiles(answers: Sequence[Answer]) -> tuple[float, float, float]:
    """Seconds that half of the answers, 95 and 99 in 100 took at most."""
    p50, p95, p99 = np.quantile([answer.seconds for answer in answers], [0.5, 0.95, 0.99])
    return float(p50), float(p95), float(p99)


def lines(outcome: Outcome, taken: Taken | None, sessions: int) -> Iterator[str]:
    """A line for each sort of thing that people did, and what it cost."""
    for name, answers in outcome.answers.items():
        p50, p95, p99 = quantiles(answers)
        size = np.mean([answer.received for answer in answers]) / 1000
        yield f"{name:5} {len(answers):5} times  p50 {p50:.2f} s  p95 {p95:.2f} s  p99 {p99:.2f} s  {size:.0f} kB each"
    yield f"errors: {len(outcome.errors)}"
    for error, count in Counter(outcome.errors).most_common(5):
        yield f"  {count} x {error}"
    if taken:
        done = sum(map(len, outcome.answers.values()))
        each, own = (1000 * seconds / max(done, 1) for seconds in (taken.cpu, taken.own))
        yield f"server: {each:.0f} ms of CPU for each, {taken.cpu:.1f} s in all; those who measure: {own:.0f} ms"
        grown = (taken.after - taken.before) / sessions
        yield f"memory: {taken.before:.0f} MB before, {taken.after:.0f} MB after, {grown:.1f} MB a session"


def fetched(url: str, files: set[str]) -> str:
    """What a browser fetches once besides, as a line: files that components name, as they are on the line."""
    sizes = [_size(f"{url.rstrip('/')}/{file}") for file in sorted(files)]
    there = [size for size in sizes if size is not None]
    late = f", and {len(sizes) - len(there)} that are not made yet" if len(there) < len(sizes) else ""
    return f"files that each browser fetches once: {len(there)}, {sum(there) / 1000:.0f} kB{late}"


def _size(url: str) -> int | None:
    """Bytes; None: it is not there, as weights are not until they have been rounded and packed."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - the app's own
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return len(answer.read())
    except HTTPError as error:
        if error.code == NOT_FOUND:
            return None
        raise
