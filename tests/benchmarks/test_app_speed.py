"""How long a person waits, measured in a real browser: for a stroke, for another page, for the app to start."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from pytest_benchmark.fixture import BenchmarkFixture

from capsnet import checkpoint
from explorer.drawing import to_mnist
from explorer.presets import load_presets, render
from explorer.reading import read
from tests.browser.fixtures import GIVEN, given, links, stroke
from tools.server import APP, serving

CHANGED = f"""before => document.querySelector('{GIVEN}')?.src !== before
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"""
ARRIVED = """path => location.pathname === path
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"""


def test_pen_up_to_screen(page: Page, benchmark: BenchmarkFixture) -> None:
    """From the end of a stroke until the new 28 x 28 is shown and the app's script has ended."""
    corners = np.random.default_rng(5)

    def before_it() -> tuple[tuple[str], dict[str, str]]:
        page.wait_for_timeout(300)
        return (page.evaluate("path => new URL(path, location.href).href", given(page)),), {}

    def until_shown(before: str) -> None:
        start = corners.integers(60, 220, 4).tolist()
        stroke(page, [(start[0], start[1]), (start[2], start[3])])
        up = time.perf_counter()
        page.wait_for_function(CHANGED, arg=before, polling="raf")
        waits.append(time.perf_counter() - up)

    waits: list[float] = []
    benchmark.pedantic(until_shown, setup=before_it, rounds=20)  # type: ignore[no-untyped-call]
    show(benchmark, "pen up to screen", waits)


def test_page_change(page: Page, benchmark: BenchmarkFixture) -> None:
    """From a click on each link of the navigation in turn until that page's script has ended."""
    if not links(page):
        pytest.skip("there is but one page")
    waits: dict[str, list[float]] = {}

    def walk() -> None:
        for link in links(page)[1:] + links(page)[:1]:
            started = time.perf_counter()
            link.click()
            page.wait_for_function(ARRIVED, arg=link.evaluate("link => link.pathname"), polling="raf")
            waits.setdefault(link.inner_text().split()[-1], []).append(time.perf_counter() - started)
            page.wait_for_timeout(300)

    benchmark.pedantic(walk, rounds=8, warmup_rounds=1)  # type: ignore[no-untyped-call]
    for title, seconds in waits.items():
        show(benchmark, f"to the page {title}", seconds[1:])


EMPTY = """import streamlit, torch
streamlit.header("Empty")
"""


def test_start(browser: Browser, benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """From `streamlit run` to the first digit read, against importing torch and Streamlit for an empty page."""
    (tmp_path / "empty.py").write_text(EMPTY)
    waits: dict[str, list[float]] = {"empty page": [], "first digit read": []}

    def start() -> None:  # by turns, so that a busy machine is busy for both
        for (name, seconds), app in zip(waits.items(), (tmp_path / "empty.py", APP), strict=True):
            started = time.perf_counter()
            with serving(app) as address, browser.new_context() as context:
                page = context.new_page()
                page.goto(address)
                page.get_by_role("heading", name="Empty" if name == "empty page" else "4", exact=True).wait_for()
                seconds.append(time.perf_counter() - started)

    benchmark.pedantic(start, rounds=5)  # type: ignore[no-untyped-call]
    for name, seconds in waits.items():
        show(benchmark, f"start to {name}", seconds)
    print(f"ratio of the medians: {np.median(waits['first digit read']) / np.median(waits['empty page']):.2f}")


def show(benchmark: BenchmarkFixture, name: str, seconds: list[float]) -> None:
    """Prints the median and the 90th percentile and keeps them with the benchmark's figures."""
    p50, p90 = (1000 * float(quantile) for quantile in np.quantile(seconds, [0.5, 0.9]))
    benchmark.extra_info[name] = {"p50, ms": p50, "p90, ms": p90}
    print(f"\n{name}: p50 {p50:.0f} ms, p90 {p90:.0f} ms")


def test_canvas_pixels_to_reading(benchmark: BenchmarkFixture) -> None:
    """`to_mnist`, the network and everything that a `CapsuleReading` holds."""
    model = checkpoint.read(checkpoint.DEFAULT).model  # as the app has it
    preset = load_presets()[0]
    pixels = render(preset.strokes, preset.width)

    def whole() -> None:
        image = to_mnist(pixels)
        assert image is not None
        read(model, image)

    benchmark(whole)
