"""The routing page: how fast it plays, how soon a new digit is shown, how much is sent; measured, never asserted."""

from __future__ import annotations

import time

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_benchmark.fixture import BenchmarkFixture

from tests.browser.fixtures import open_app, stroke

THEATRE = ".st-key-routing .js-plotly-plot"
PLAYED = """async theatre => {
    const chart = document.querySelector(theatre), times = []
    const listen = () => times.push(performance.now())
    chart.on("plotly_animatingframe", listen)
    const controls = document.querySelector(".st-key-theatre-controls [data-testid=stBidiComponentIsolated]").shadowRoot
    controls.querySelector(".play").click()
    const playing = () => controls.querySelector(".play").classList.contains("playing")
    while (playing()) await new Promise(requestAnimationFrame)
    chart.removeListener("plotly_animatingframe", listen)
    return times.slice(1).map((time, k) => time - times[k])
}"""
"""The times from one frame to the next, in milliseconds, of one play."""
COMPLETE = """theatre => !document.querySelector(`${theatre}[data-old]`)
    && document.querySelector(`${theatre} .heatmaplayer image`)
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-stale=true]')"""


@pytest.fixture
def routing(context: BrowserContext, address: str) -> Page:
    return open_app(context, f"{address}/routing", f"{THEATRE} .heatmaplayer image")


def iterate(page: Page, count: int) -> None:
    """Runs another number of iterations."""
    field = page.get_by_role("spinbutton", name="Iterations")
    field.fill(str(count))
    field.press("Enter")
    page.locator(THEATRE).get_by_text(f"iteration {count} of {count}").wait_for()
    page.wait_for_timeout(1500)


@pytest.mark.parametrize("iterations", [3, 10])
def test_play(routing: Page, benchmark: BenchmarkFixture, iterations: int) -> None:
    """Frames a second of a play-through, and the size of the figure that plays."""
    if iterations != 3:
        iterate(routing, iterations)
    rates: list[float] = []

    def play() -> None:
        rates.append(1000 / float(np.median(routing.evaluate(PLAYED, THEATRE))))  # most are of the motion between two

    benchmark.pedantic(play, rounds=3)  # type: ignore[no-untyped-call]
    size = routing.evaluate(
        "theatre => { const chart = document.querySelector(theatre);"
        "return JSON.stringify([chart.data, chart.layout, chart._transitionData._frames]).length }",
        THEATRE,
    )
    benchmark.extra_info.update({"frames a second": rates, "kB": size / 1000})
    print(f"\n{iterations} iterations: {np.median(rates):.1f} frames a second, {size / 1000:.0f} kB")


def test_a_new_digit(routing: Page, benchmark: BenchmarkFixture) -> None:
    """From the end of a stroke until the theatre and all below it show the new digit."""
    corners, waits = np.random.default_rng(5), []

    def draw() -> None:
        routing.evaluate("theatre => { document.querySelector(theatre).dataset.old = 1 }", THEATRE)
        start = corners.integers(60, 220, 4).tolist()
        stroke(routing, [(start[0], start[1]), (start[2], start[3])])
        up = time.perf_counter()
        routing.wait_for_function(COMPLETE, arg=THEATRE, polling="raf")
        waits.append(1000 * (time.perf_counter() - up))

    benchmark.pedantic(draw, setup=lambda: routing.wait_for_timeout(400), rounds=12)  # type: ignore[no-untyped-call]
    p50, p90 = np.quantile(waits, [0.5, 0.9])
    benchmark.extra_info["pen up to complete, ms"] = {"p50": p50, "p90": p90}
    print(f"\npen up to a complete routing page: p50 {p50:.0f} ms, p90 {p90:.0f} ms")
