"""What is seen of the app from outside, with numbers made by hand; nothing of it says what was drawn."""

from __future__ import annotations

import asyncio
import importlib
import io
import json
import logging
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from explorer import observing
from explorer.command_line import CommandLineError, command_line
from tests.explorer.pages import draw_like, open_page


def value(name: str, **labels: str) -> float:
    """A number as Prometheus gets it; 0 where it has none yet."""
    return observing.REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the clock says, one after the other."""
    told: list[float] = []
    monkeypatch.setattr("explorer.observing.perf_counter", lambda: told.pop(0))
    return told


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The lines of the log, all so far."""
    written = io.StringIO()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("sys.stderr", written)
        observing.log_readings()
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger("explorer.readings").handlers = []


def test_a_reading_is_counted_and_timed_where_it_was_made(seconds: list[float], lines: Any) -> None:
    seconds += [100.0, 100.25, 100.26, 103.0]  # the run begins, the reading, it ends, the run ends
    with observing.run():
        observing.looking_at(page="aisle", source="Drawing")
        with observing.reading("seven"):
            pass
    assert value("capsnet_reading_seconds_count", network="seven", page="aisle") == 1
    assert value("capsnet_reading_seconds_sum", network="seven", page="aisle") == pytest.approx(0.01)
    assert value("capsnet_reading_seconds_bucket", network="seven", page="aisle", le="0.005") == 0
    assert value("capsnet_reading_seconds_bucket", network="seven", page="aisle", le="0.02") == 1
    assert value("capsnet_run_seconds_sum", page="aisle") == pytest.approx(3.0)
    (line,) = lines()
    assert line.pop("time").endswith("+00:00")
    assert line == {"event": "reading", "milliseconds": 10.0, "network": "seven", "page": "aisle", "source": "Drawing"}


def test_what_raises_is_an_error_and_no_reading(lines: Any) -> None:
    before = value("capsnet_errors_total", kind="ZeroDivisionError")
    with pytest.raises(ZeroDivisionError), observing.run(), observing.reading("eleven"):
        raise ZeroDivisionError
    assert value("capsnet_errors_total", kind="ZeroDivisionError") == before + 1
    assert value("capsnet_reading_seconds_count", network="eleven", page="") == 0
    assert lines() == []


def test_what_one_run_looked_at_is_not_said_of_the_next(lines: Any) -> None:
    with observing.run():
        observing.looking_at(page="stairs", source="Upload")
    with observing.run(), observing.reading("thirteen"):
        pass
    assert [(line["page"], line["source"]) for line in lines()] == [("", "")]


def test_without_the_option_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with observing.run(), observing.reading("seventeen"):
        pass
    assert capsys.readouterr() == ("", "")


def test_a_log_that_is_asked_for_twice_says_a_reading_once(lines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    again = io.StringIO()
    monkeypatch.setattr("sys.stderr", again)
    observing.log_readings()
    with observing.reading("nineteen"):
        pass
    assert len(lines() + again.getvalue().splitlines()) == 1


def test_the_app_is_observed_and_says_nothing_of_the_drawing(lines: Any) -> None:
    st.cache_resource.clear()  # another test may have had the same digit read
    before = value("capsnet_run_seconds_count", page="overview")
    app = draw_like(open_page().run(), "school-3")
    assert not app.exception
    assert value("capsnet_run_seconds_count", page="overview") == before + 2
    app.run()  # the same digit: nothing is computed
    newest = lines()[-1]
    assert newest.keys() == {"time", "event", "milliseconds", "page", "network", "source"}
    assert (newest["page"], newest["source"]) == ("overview", "Drawing")
    assert value("capsnet_reading_seconds_count", network=newest["network"], page="overview") >= 1


def test_a_command_that_is_refused_is_counted_as_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["app.py", "--help"])
    before = value("capsnet_errors_total", kind="command_line")
    open_page().run()
    assert value("capsnet_errors_total", kind="command_line") == before + 1


def test_only_connected_browsers_are_open_sessions() -> None:
    seen: list[float] = []

    async def inner(_scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(value("capsnet_sessions_open"))

    async def nobody(*_message: Any) -> None: ...

    async def visit() -> None:
        await observing.OpenSessions(inner)({"type": "http"}, nobody, nobody)
        await observing.OpenSessions(inner)({"type": "websocket"}, nobody, nobody)

    asyncio.run(visit())
    assert seen == [0, 1]
    assert value("capsnet_sessions_open") == 0


def test_prometheus_finds_the_numbers_on_a_port_of_their_own() -> None:
    with observing.run():
        observing.looking_at(page="attic")
    with observing.metrics_served("127.0.0.1", 0) as port:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
            families = {family.name for family in text_string_to_metric_families(answer.read().decode())}
        with pytest.raises(OSError, match="in use"), observing.metrics_served("127.0.0.1", port):
            pass
    assert {f"capsnet_{name}" for name in ("reading_seconds", "run_seconds", "sessions_open", "errors")} <= families
    with observing.metrics_served("127.0.0.1", port) as again:  # after a new start in the same process
        assert again == port


def test_a_module_that_is_loaded_anew_registers_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "explorer.observing")
    fresh = importlib.import_module("explorer.observing")
    assert isinstance(fresh.REGISTRY, CollectorRegistry)
    assert fresh.REGISTRY is not observing.REGISTRY


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("9100", ("127.0.0.1", 9100)),
        ("0.0.0.0:9100", ("0.0.0.0", 9100)),  # noqa: S104 - never listened at
        ("[::1]:9100", ("::1", 9100)),
    ],
)
def test_where_numbers_are_served_is_said_on_the_command_line(given: str, expected: tuple[str, int]) -> None:
    assert command_line(["--metrics", given]).metrics == expected
    assert command_line([]).metrics is None


@pytest.mark.parametrize("given", ["", "http", "0", "65536", "-1", "localhost:", "٣"])
def test_what_is_no_port_is_refused(given: str) -> None:
    with pytest.raises(CommandLineError, match="--metrics"):
        command_line([f"--metrics={given}"])


def test_readings_are_logged_where_that_is_asked_for() -> None:
    assert command_line(["--log-readings"]).log_readings
    assert not command_line([]).log_readings
