"""The pose page as an instrument, measured in a real browser."""

from __future__ import annotations

import time

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_benchmark.fixture import BenchmarkFixture

from tests.browser.fixtures import new_context
from tests.browser.pose_page import LAB, middle, open_pose, slider, told

WATCH = """
    window.delays = []
    window.frames = []
    let began
    addEventListener('input', event => (began = event.timeStamp), true)
    const put = CanvasRenderingContext2D.prototype.putImageData
    CanvasRenderingContext2D.prototype.putImageData = function (...all) {
        put.apply(this, all)
        if (began !== undefined) delays.push(performance.now() - began)
        began = undefined
    }
    const count = () => { frames.push(performance.now()); requestAnimationFrame(count) }
    requestAnimationFrame(count)
"""
"""Times from each input event until the first picture after it is written, and counts frames."""
PAUSES = """() => performance.getEntriesByName('figure four').flatMap(({ startTime, duration }) => {
    const shown = frames.filter(at => at >= startTime - 20 && at <= startTime + duration + 20)
    return shown.slice(1).map((at, k) => at - shown[k])
})"""
SIZES = """() => performance.getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('-decoder.safetensors.gz')).map(({ encodedBodySize }) => encodedBodySize)"""
DRAG = 180
"""Moves of the mouse in a drag, one a sixtieth of a second."""


def measured(page: Page, name: str) -> list[float]:
    """Milliseconds that the page itself measured under a name."""
    found: list[float] = page.evaluate("name => performance.getEntriesByName(name).map(entry => entry.duration)", name)
    return found


@pytest.fixture
def lab(context: BrowserContext, address: str) -> Page:
    context.add_init_script(WATCH)
    return open_pose(context, address)


def test_drag(lab: Page, benchmark: BenchmarkFixture) -> None:
    """To and fro over most of a slider, as fast as a hand."""
    x, y, width = middle(slider(lab, 6))
    ways = x + 0.35 * width * np.sin(np.linspace(0, 4 * np.pi, DRAG))
    rates, heard = [], []

    def drag() -> None:
        lab.mouse.move(ways[0], y)
        lab.mouse.down()
        start, frames, words = time.perf_counter(), lab.evaluate("frames.length"), told(lab)
        for k, there in enumerate(ways):
            lab.mouse.move(there, y)
            time.sleep(max(0.0, start + (k + 1) / 60 - time.perf_counter()))
        rates.append((lab.evaluate("frames.length") - frames) / (time.perf_counter() - start))
        heard.append(told(lab) - words)
        lab.mouse.up()
        lab.wait_for_timeout(1000)

    benchmark.pedantic(drag, rounds=5)  # type: ignore[no-untyped-call]
    p50, p99 = np.quantile(lab.evaluate("delays"), [0.5, 0.99])
    print(f"\ninput event to pixels written: p50 {p50:.2f} ms, p99 {p99:.2f} ms, of {lab.evaluate('delays.length')}")
    print(f"frames a second while dragging: {np.median(rates):.0f}; messages to the server: {sum(heard)}")
    benchmark.extra_info |= {
        "input to pixels, ms": {"p50": p50, "p99": p99},
        "frames a second": float(np.median(rates)),
    }


def test_figure_four(lab: Page, benchmark: BenchmarkFixture) -> None:
    """All 176 pictures, each time another capsule is chosen, and how long the page stood still meanwhile."""
    capsules = lab.get_by_role("radiogroup", name="Capsule")

    def choose(name: str) -> None:
        done = len(measured(lab, "figure four"))
        capsules.get_by_role("radio", name=name).click()
        lab.wait_for_function("done => performance.getEntriesByName('figure four').length > done", arg=done)

    names = iter("5678901234")
    benchmark.pedantic(choose, setup=lambda: ((next(names),), {}), rounds=8)  # type: ignore[no-untyped-call]
    times = measured(lab, "figure four")
    still = lab.evaluate(PAUSES)
    print(f"\nfigure 4, 176 pictures: median {np.median(times):.0f} ms, longest {max(times):.0f} ms")
    print(f"between two frames meanwhile: median {np.median(still):.0f} ms, longest {max(still):.0f} ms")
    benchmark.extra_info["figure 4, ms"] = times


def test_decoder_arrives(browser: Browser, address: str, benchmark: BenchmarkFixture) -> None:
    """From the browser's asking until the decoder can draw, in a browser that has never been here."""
    times, sizes = [], []

    def visit() -> None:
        context = new_context(browser)
        page = open_pose(context, address)
        times.extend(measured(page, "decoder"))
        sizes.extend(page.evaluate(SIZES))
        assert page.locator(f"{LAB} .dimension").count() == 16
        context.close()

    benchmark.pedantic(visit, rounds=5)  # type: ignore[no-untyped-call]
    print(f"\ndecoder: {np.median(times) / 1000:.2f} s, longest {max(times) / 1000:.2f} s; {max(sizes) / 1e6:.2f} MB")
    benchmark.extra_info |= {"decoder, ms": times, "decoder, bytes": sizes}
