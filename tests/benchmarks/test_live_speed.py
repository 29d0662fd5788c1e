"""Reading while the pen moves, measured in a real browser: how long a person waits, and whether the pen's line lags."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from pytest_benchmark.fixture import BenchmarkFixture

from tests.browser.fixtures import new_context, open_app, traffic
from tests.browser.test_live import awake, pen_down

WATCH = """
    const moves = [], handled = [], copies = [], shown = [], frames = []
    window.watched = { moves, handled, copies, shown, frames }
    window.forget = () => Object.values(watched).forEach(list => (list.length = 0))
    let began
    addEventListener("pointermove", event => {
        began = performance.now()
        moves.push(event.timeStamp)
    }, true)
    addEventListener("pointermove", () => handled.push(performance.now() - began))
    const copy = CanvasRenderingContext2D.prototype.getImageData
    CanvasRenderingContext2D.prototype.getImageData = function (...all) {
        copies.push(performance.now())
        return copy.apply(this, all)
    }
    const paint = () => requestAnimationFrame(() => shown.push(performance.now()))
    addEventListener("capsnet-reading", ({ detail }) => detail && paint())
    const count = () => { frames.push(performance.now()); requestAnimationFrame(count) }
    requestAnimationFrame(count)
"""
"""Times of the pen's moves, of the canvas being copied, of readings on the screen, and of frames."""
MOVES = 180
"""Of the pen in a stroke, one a sixtieth of a second."""


def curve() -> list[tuple[float, float]]:
    """A long stroke: a spiral of two turns."""
    t = np.linspace(0, 1, MOVES)
    radius, angle = 30 + 80 * t, 4 * np.pi * t
    return list(zip(140 + radius * np.cos(angle), 140 + radius * np.sin(angle), strict=True))


def stroke(page: Page) -> tuple[float, int]:
    """Draws it as fast as a hand; how many seconds it took, and what the server heard before the pen was lifted."""
    points = [(round(x), round(y)) for x, y in curve()]
    box = page.locator(".st-key-digit-canvas canvas.upper-canvas").bounding_box()
    assert box
    scale = box["width"] / 280
    with pen_down(page, points[:2]):
        page.evaluate("forget()")
        start, sent = time.perf_counter(), len(traffic(page).sent)
        for k, (x, y) in enumerate(points):
            page.mouse.move(box["x"] + x * scale, box["y"] + y * scale)
            time.sleep(max(0.0, start + (k + 1) / 60 - time.perf_counter()))
        return time.perf_counter() - start, len(traffic(page).sent) - sent


def waits(watched: dict[str, list[float]]) -> list[float]:
    """From each move of the pen until what was read of it is on the screen, milliseconds."""
    shown = dict(zip(watched["copies"], watched["shown"], strict=False))
    copies = np.array(list(shown))
    first = np.searchsorted(copies, watched["moves"])
    return [shown[copies[n]] - move for n, move in zip(first, watched["moves"], strict=True) if n < len(copies)]


@contextmanager
def opened(browser: Browser, address: str, *, rate: int = 1) -> Iterator[Page]:
    """The app with live reading on, on a machine so many times as slow."""
    with new_context(browser) as context:
        context.add_init_script(WATCH)
        page = open_app(context, address)
        awake(page)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
        yield page


@pytest.mark.parametrize("rate", [1, 4], ids=["this machine", "its main thread four times as slow"])
def test_pen_move_to_lengths(browser: Browser, address: str, benchmark: BenchmarkFixture, rate: int) -> None:
    """And how many readings a second, and how long the page is busy with each move."""
    delays, rates, heard, busy = [], [], [], []
    with opened(browser, address, rate=rate) as page:

        def draw() -> None:
            seconds, messages = stroke(page)
            watched = page.evaluate("watched")
            delays.extend(waits(watched))
            busy.extend(watched["handled"])
            rates.append(len(watched["shown"]) / seconds)
            heard.append(messages)
            page.wait_for_timeout(1500)

        benchmark.pedantic(draw, rounds=3, warmup_rounds=1)  # type: ignore[no-untyped-call]
    p50, p95 = np.quantile(delays, [0.5, 0.95])
    print(f"\npen move to lengths on the screen: p50 {p50:.0f} ms, p95 {p95:.0f} ms, of {len(delays)}")
    print(f"readings a second: {np.median(rates):.0f}; messages to the server before the pen is lifted: {sum(heard)}")
    print(f"handling of a move: p50 {np.median(busy):.1f} ms, p99 {np.quantile(busy, 0.99):.1f} ms")
    benchmark.extra_info |= {"p50, ms": p50, "p95, ms": p95, "readings a second": float(np.median(rates))}


@pytest.mark.parametrize("live", [True, False], ids=["live", "not live"])
def test_frames_while_drawing(browser: Browser, address: str, benchmark: BenchmarkFixture, live: bool) -> None:
    """Those that come later than every second one of a sixtieth of a second."""
    late, all_frames = [], []
    with opened(browser, address) as page:
        if not live:
            page.locator(".st-key-live label").click()
            page.wait_for_timeout(1000)

        def draw() -> None:
            stroke(page)
            gaps = np.diff(page.evaluate("watched.frames"))
            late.append(int((gaps > 33.5).sum()))
            all_frames.append(len(gaps))
            page.wait_for_timeout(1500)

        benchmark.pedantic(draw, rounds=3, warmup_rounds=1)  # type: ignore[no-untyped-call]
    print(f"\nframes longer than 33 ms while drawing: {sum(late)} of {sum(all_frames)}")
    benchmark.extra_info["late frames"] = sum(late) / sum(all_frames)


def memory(browser: Browser) -> float:
    """What all pages of a browser take, their Workers, too, in MB; on Linux."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [Path(f"/proc/{process['id']}/smaps_rollup") for process in processes if process["type"] == "renderer"]
    lines = [line.split() for page in pages for line in page.read_text().splitlines()]
    return sum(int(line[1]) for line in lines if line[0] == "Pss:") / 1000


def test_memory(browser: Browser, address: str, benchmark: BenchmarkFixture) -> None:
    """Of the app in a browser, with the network at work there and without its weights."""
    found: dict[str, float] = {}

    def visit() -> None:
        with new_context(browser) as context:
            context.route("**/*.safetensors.gz", lambda route: route.abort())
            page = open_app(context, address)
            page.wait_for_timeout(2000)
            found["without"] = memory(browser)
        with opened(browser, address) as page:
            stroke(page)
            page.wait_for_timeout(2000)
            found["with"] = memory(browser)

    benchmark.pedantic(visit, rounds=1)  # type: ignore[no-untyped-call]
    print(f"\nmemory of the page: {found['with']:.0f} MB live, {found['without']:.0f} MB without weights")
    benchmark.extra_info |= found
