"""How much work a new digit is for a page's main thread, until nothing moves any more; measured, never asserted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from playwright.sync_api import Browser, CDPSession, Page
from pytest_benchmark.fixture import BenchmarkFixture

from tests.browser.fixtures import SEVEN, at_rest, new_context, open_app, rerun
from tests.browser.test_live import awake, pen_down

REST = 1500
"""Milliseconds after which all has settled: the wave through the stages takes 0.9 s."""
ROUNDS = 8
PARTS = {
    "TaskDuration": "all",
    "ScriptDuration": "scripts",
    "RecalcStyleDuration": "styles",
    "LayoutDuration": "layout",
}
"""What Chromium counts of the main thread, in seconds."""
PAGES = {"overview": ("", ".anatomy[data-digit]"), "routing": ("/routing", ".st-key-race .race[data-ready]")}
LONG = """() => {
    window.long = []
    const note = list => long.push(...list.getEntries().map(task => task.duration))
    new PerformanceObserver(note).observe({ type: "longtask" })
}"""


class MainThread:
    """The main thread of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})  # its own time: others may be busy, too
        page.evaluate(LONG)
        self.found: dict[str, list[float]] = {part: [] for part in PARTS.values()}
        self.longest: list[float] = []

    def spent(self) -> dict[str, float]:
        """Milliseconds so far."""
        metrics = {one["name"]: one["value"] for one in self.session.send("Performance.getMetrics")["metrics"]}
        return {part: 1000 * metrics[name] for name, part in PARTS.items()}

    def _during(self, act: Callable[[], None]) -> dict[str, float]:
        before = self.spent()
        act()
        self.page.wait_for_timeout(REST)
        return {part: after - before[part] for part, after in self.spent().items()}

    def measure(self, act: Callable[[], None]) -> None:
        """What a deed costs beyond what as long a time costs in which nothing is done."""
        idle = self._during(lambda: None)
        self.page.evaluate("() => (long.length = 0)")
        busy = self._during(act)
        self.longest.append(max(self.page.evaluate("long"), default=0))
        for part, times in self.found.items():
            times.append(busy[part] - idle[part])

    def show(self, benchmark: BenchmarkFixture, what: str) -> None:
        """Prints medians."""
        medians = {part: round(float(np.median(times)), 1) for part, times in self.found.items()}
        medians["longest task"] = round(float(np.median(self.longest)), 1)
        benchmark.extra_info[what] = medians
        print(f"\nmain thread, {what}: " + ", ".join(f"{part} {value} ms" for part, value in medians.items()))


@contextmanager
def opened(browser: Browser, address: str, where: str) -> Iterator[Page]:
    """A page of the app with live reading on."""
    path, last = PAGES[where]
    with new_context(browser) as context:
        page = open_app(context, address + path, last)
        awake(page)
        yield page


@pytest.mark.parametrize("where", PAGES)
def test_an_example_chosen(browser: Browser, address: str, benchmark: BenchmarkFixture, where: str) -> None:
    """The server's reading: from the click on the example until nothing moves."""
    with opened(browser, address, where) as page:
        thread, chosen = MainThread(page), iter(range(ROUNDS + 1))

        def choose() -> None:
            with rerun(page):
                page.locator(".st-key-sources button").first.click()
            example = page.locator(".st-key-examples-0 button").nth(next(chosen))
            thread.measure(example.click)

        benchmark.pedantic(choose, rounds=ROUNDS)  # type: ignore[no-untyped-call]
        thread.show(benchmark, f"an example chosen, {where} page")


@pytest.mark.parametrize("where", PAGES)
def test_a_stroke(browser: Browser, address: str, benchmark: BenchmarkFixture, where: str) -> None:
    """Its last point, read in the browser; and the pen lifted, when the server's reading comes."""
    with opened(browser, address, where) as page:
        point, lifted = MainThread(page), MainThread(page)

        def draw() -> None:
            with rerun(page):
                page.get_by_role("button", name="Clear").click()
            box = page.locator(".st-key-digit-canvas canvas.upper-canvas").bounding_box()
            assert box
            last = box["x"] + SEVEN[-1][0] * box["width"] / 280 - 9, box["y"] + SEVEN[-1][1] * box["height"] / 280 + 9
            with pen_down(page, SEVEN):
                page.wait_for_timeout(REST)  # until all earlier points are read and shown
                point.measure(lambda: page.mouse.move(*last))
                lifted.measure(page.mouse.up)
            at_rest(page)

        benchmark.pedantic(draw, rounds=ROUNDS)  # type: ignore[no-untyped-call]
        point.show(benchmark, f"a stroke's last point, {where} page")
        lifted.show(benchmark, f"the pen lifted, {where} page")
