"""A class comes in: how long a phone waits that has a thirtieth of 50 Mbit/s, and what thirty cost the server."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_benchmark.fixture import BenchmarkFixture

from tests.browser.fixtures import PHONE, PREDICTION, new_context, new_page, traffic
from tests.browser.test_live import SWITCH
from tests.browser.test_slow_line import SHARE, slow
from tools.load.process import cpu
from tools.server import free_port, start, stop

PHONES = 30
PATIENCE = 300_000
"""Milliseconds."""


def kind(url: str) -> str:
    """What a file is counted as."""
    name = urlsplit(url).path.rpartition("/")[2]
    ending = name.removesuffix(".gz").rpartition(".")[2]
    return name.rpartition("-")[2].partition(".")[0] if ending == "safetensors" else ending


class Sizes:
    """What came over HTTP, counted as it is on the line."""

    def __init__(self, page: Page) -> None:
        self.files: list[str] = []
        self._names: dict[str, str] = {}
        self.bytes: Counter[str] = Counter()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)

    def _asked(self, event: dict[str, Any]) -> None:
        self._names[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict[str, Any]) -> None:
        url = self._names[event["requestId"]]
        if url.startswith("http"):
            self.files.append(url)
            self.bytes[kind(url)] += int(event["encodedDataLength"])


def until_live(page: Page, address: str) -> tuple[float, float]:
    """Seconds to the first digit read, and until the network reads in the browser."""
    began = time.perf_counter()
    page.goto(address, timeout=PATIENCE)
    page.locator(PREDICTION).get_by_role("heading").wait_for(timeout=PATIENCE)
    read = time.perf_counter() - began
    expect(page.locator(SWITCH)).to_be_enabled(timeout=PATIENCE)
    return read, time.perf_counter() - began


@pytest.mark.parametrize("view", ["", "routing", "pose"], ids=lambda view: view or "overview")
def test_a_phone_on_its_share_of_the_line(
    browser: Browser, address: str, benchmark: BenchmarkFixture, view: str
) -> None:
    """The server has had a visitor before."""
    with new_context(browser) as context:
        until_live(new_page(context), f"{address}/{view}")
    with new_context(browser, **PHONE) as context:
        page = new_page(context)
        slow(page)
        sizes = Sizes(page)
        waits: list[float] = []
        benchmark.pedantic(lambda: waits.extend(until_live(page, f"{address}/{view}")), rounds=1)  # type: ignore[no-untyped-call]
        print(
            f"\n{view or 'overview'}, {SHARE * 8 / 1e6:.2f} Mbit/s: first digit read after {waits[0]:.0f} s, ", end=""
        )
        print(f"live after {waits[1]:.0f} s")
        said = Counter(sizes.bytes)
        said["websocket"] = sum(traffic(page).received)
        print(", ".join(f"{name} {size / 1e6:.2f} MB" for name, size in said.most_common()))
        benchmark.extra_info |= {"first reading, s": waits[0], "live, s": waits[1], **said}


def test_thirty_at_once(browser: Browser, benchmark: BenchmarkFixture) -> None:
    """All files of one phone, for thirty clients on this machine, from a server that has served one."""
    port = free_port()
    server = start(port)
    try:
        address = f"http://127.0.0.1:{port}"
        with new_context(browser, **PHONE) as context:
            page = new_page(context)
            sizes = Sizes(page)
            until_live(page, address)
            page.wait_for_function("() => window.capsnetFiles?.size >= 3")
            page.evaluate("async () => { for (const { file } of capsnetFiles.values()) await file }")
            page.wait_for_timeout(500)
        paths = list(dict.fromkeys(urlsplit(url).path for url in sizes.files))

        def fetch(_: int) -> int:
            line = HTTPConnection("127.0.0.1", port)
            size = 0
            for path in paths:
                line.request("GET", path, headers={"Accept-Encoding": "gzip"})
                size += len(line.getresponse().read())
            line.close()
            return size

        def crowd() -> None:
            with ThreadPoolExecutor(PHONES) as pool:
                sent.extend(pool.map(fetch, range(PHONES)))

        sent: list[int] = []
        before, began = cpu(server.pid), time.perf_counter()
        benchmark.pedantic(crowd, rounds=1)  # type: ignore[no-untyped-call]
        seconds, spent = time.perf_counter() - began, cpu(server.pid) - before
    finally:
        stop(server)
    print(
        f"\n{PHONES} clients, {len(paths)} files of {sent[0] / 1e6:.1f} MB each: all served in {seconds:.1f} s, ",
        end="",
    )
    print(f"{spent:.1f} s of the server's CPU; 50 Mbit/s take {sum(sent) * 8 / 50e6:.0f} s for it")
    benchmark.extra_info |= {"bytes": sum(sent), "seconds": seconds, "server's CPU, s": spent}
