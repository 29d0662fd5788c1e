"""The routing page: how fast it plays, how soon a new digit is shown, how much is sent; measured, never asserted."""

from __future__ import annotations

import time

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_benchmark.fixture import BenchmarkFixture

from tests.browser.fixtures import open_app, stroke, traffic

LONG = 25
"""Milliseconds from which on a frame is long: the one that was due is missing."""
RACE = ".st-key-race .race"
PLAYED = """async race => {
    const times = []
    race.querySelector(".play").click()
    const playing = () => race.querySelector(".play").classList.contains("playing")
    while (playing()) times.push(await new Promise(requestAnimationFrame))
    return times.slice(1).map((time, k) => time - times[k])
}"""
"""The times from one frame to the next, in milliseconds, of one play."""
COMPLETE = """before => {
    const host = [...document.querySelectorAll(".st-key-race *")].find(element => element.shadowRoot)
    const ink = host?.shadowRoot.querySelector(".ink")
    return ink && ink.getAttribute("href") !== before && !document.body.hasAttribute("data-live")
        && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-stale=true]')
}"""
"""Whether the race shows another picture than before, all of it from the server."""


@pytest.fixture
def routing(context: BrowserContext, address: str) -> Page:
    return open_app(context, f"{address}/routing", f"{RACE}[data-ready]")


def iterate(page: Page, count: int) -> None:
    """Runs another number of iterations."""
    field = page.get_by_role("spinbutton", name="Iterations")
    field.fill(str(count))
    field.press("Enter")
    page.locator(f"{RACE}[data-iteration='{count}']").wait_for()
    page.wait_for_timeout(1500)


@pytest.mark.parametrize("iterations", [3, 10])
def test_play(routing: Page, benchmark: BenchmarkFixture, iterations: int) -> None:
    """Frames a second of a play-through, and how many were long; the size of what the race is sent."""
    if iterations != 3:
        iterate(routing, iterations)
    rates: list[float] = []
    long: list[int] = []

    def play() -> None:
        times = np.array(routing.locator(RACE).evaluate(PLAYED))
        rates.append(1000 / float(np.median(times)))
        long.append(int((times > LONG).sum()))

    benchmark.pedantic(play, rounds=3)  # type: ignore[no-untyped-call]
    size = max(traffic(routing).received)
    benchmark.extra_info.update({"frames a second": rates, "long frames": long, "kB": size / 1000})
    print(f"\n{iterations} iterations: {np.median(rates):.1f} frames a second, {long} long; {size / 1000:.0f} kB")


def test_a_new_digit(routing: Page, benchmark: BenchmarkFixture) -> None:
    """From the end of a stroke until the race and all below it show the new digit."""
    corners, waits = np.random.default_rng(5), []

    def draw() -> None:
        before = routing.locator(f"{RACE} .ink").get_attribute("href")
        start = corners.integers(60, 220, 4).tolist()
        stroke(routing, [(start[0], start[1]), (start[2], start[3])])
        up = time.perf_counter()
        routing.wait_for_function(COMPLETE, arg=before, polling="raf")
        waits.append(1000 * (time.perf_counter() - up))

    benchmark.pedantic(draw, setup=lambda: routing.wait_for_timeout(400), rounds=12)  # type: ignore[no-untyped-call]
    p50, p90 = np.quantile(waits, [0.5, 0.9])
    benchmark.extra_info["pen up to complete, ms"] = {"p50": p50, "p90": p90}
    print(f"\npen up to a complete routing page: p50 {p50:.0f} ms, p90 {p90:.0f} ms")
