"""What is seen of a running app from outside: numbers for Prometheus, and a line of JSON for each reading.

Neither says what was drawn or who drew it: pages, networks, kinds of sources and seconds are all there is. Whoever
reads or runs a page calls `reading` and `run`; pages know nothing of it.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, NamedTuple

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

REGISTRY = CollectorRegistry()
"""Our own: what is registered in it is registered once, at import, however often scripts run."""
READING_SECONDS = Histogram(
    "capsnet_reading_seconds",
    "Readings that a network computed, none of those that were kept, by network and by the page that was open.",
    ("network", "page"),
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2),
)
RUN_SECONDS = Histogram(
    "capsnet_run_seconds",
    "Runs of the whole script, one for each visit and each change, by page.",
    ("page",),
    registry=REGISTRY,
    buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
SESSIONS = Gauge("capsnet_sessions_open", "Browsers that are connected.", registry=REGISTRY)
ERRORS = Counter("capsnet_errors", "Runs that ended with an error, by its kind.", ("kind",), registry=REGISTRY)
_log = logging.getLogger("explorer.readings")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


class Visited(NamedTuple):
    """What a run looks at."""

    page: str = ""
    """Name of the page; "": not known yet."""
    source: str = ""
    """Kind of what the digit came from."""


_NOTHING = Visited()
_visited = ContextVar("visited", default=_NOTHING)


@contextmanager
def run() -> Iterator[None]:
    """Observes a run of the script; within it, `looking_at` says at what."""
    _visited.set(_NOTHING)
    start = perf_counter()
    try:
        yield
    except Exception as error:  # not what Streamlit ends a run with, which is none
        failed(type(error).__name__)
        raise
    finally:
        RUN_SECONDS.labels(_visited.get().page).observe(perf_counter() - start)


def looking_at(**changes: str) -> None:
    """Says what this run looks at: fields of `Visited`."""
    _visited.set(_visited.get()._replace(**changes))


def failed(kind: str) -> None:
    """Counts a run that ended with an error of a kind."""
    ERRORS.labels(kind).inc()


@contextmanager
def reading(network: str) -> Iterator[None]:
    """Observes what a network computes from a picture within the context; what raises is no reading."""
    start = perf_counter()
    yield
    seconds, visited = perf_counter() - start, _visited.get()
    READING_SECONDS.labels(network, visited.page).observe(seconds)
    facts = {"milliseconds": round(1000 * seconds, 1), "network": network, **visited._asdict()}
    _log.info("reading", extra={"facts": facts})


class OpenSessions:
    """Middleware around the whole app that counts the browsers connected to it."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it: each of Streamlit's sessions has one WebSocket."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        with SESSIONS.track_inprogress():
            await self._app(scope, receive, send)


class JsonLines(logging.Formatter):
    """A record of `reading` as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, what happened, and its facts."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"time": moment, "event": record.getMessage(), **record.__dict__["facts"]})


def log_readings() -> None:
    """Writes a line to stderr for each reading from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    _log.handlers = [handler]  # in place of an earlier one
    _log.setLevel(logging.INFO)
    _log.propagate = False


@contextmanager
def metrics_served(address: str, port: int) -> Iterator[int]:
    """Serves the numbers over HTTP, at /metrics of an address and port of their own.

    Args:
        address: where to listen.
        port: 0: any that is free.

    Yields:
        The port.

    Raises:
        OSError: nobody can listen there.
    """
    server, thread = start_http_server(port, addr=address, registry=REGISTRY)
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
