"""How long a person waits, measured in a real browser: pen up until everything on the page is new."""

from __future__ import annotations

import time

import numpy as np
from playwright.sync_api import Page
from pytest_benchmark.fixture import BenchmarkFixture

import capsnet
from explorer.drawing import to_mnist
from explorer.presets import load_presets, render
from explorer.reading import read
from tests.browser.fixtures import draw

CHANGED = """before => document.querySelector('.st-key-normalised img')?.src !== before
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"""


def test_pen_up_to_screen(page: Page, benchmark: BenchmarkFixture) -> None:
    """From the end of a stroke until the new 28 x 28 is shown and the app's script has ended."""
    corners = np.random.default_rng(5)

    def stroke() -> tuple[tuple[str], dict[str, str]]:
        page.wait_for_timeout(300)
        before = page.locator(".st-key-normalised img").get_attribute("src") or ""
        return (page.evaluate("path => new URL(path, location.href).href", before),), {}

    def until_shown(before: str) -> None:
        start = corners.integers(60, 220, 4).tolist()
        draw(page, [(start[0], start[1]), (start[2], start[3])])
        up = time.perf_counter()
        page.wait_for_function(CHANGED, arg=before, polling="raf")
        waits.append(time.perf_counter() - up)

    waits: list[float] = []
    benchmark.pedantic(until_shown, setup=stroke, rounds=20)  # type: ignore[no-untyped-call]
    quarters = np.quantile(waits, [0.5, 0.9])
    benchmark.extra_info["pen up to screen, ms"] = {"p50": 1000 * quarters[0], "p90": 1000 * quarters[1]}
    print(f"\npen up to screen: p50 {1000 * quarters[0]:.0f} ms, p90 {1000 * quarters[1]:.0f} ms")


def test_canvas_pixels_to_reading(benchmark: BenchmarkFixture) -> None:
    """`to_mnist`, the network and everything that a `DigitReading` holds."""
    model = capsnet.load()
    preset = load_presets()[0]
    pixels = render(preset.strokes, preset.width)

    def whole() -> None:
        image = to_mnist(pixels)
        assert image is not None
        read(model, image)

    benchmark(whole)
