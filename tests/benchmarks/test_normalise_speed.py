"""How long the browser takes from the canvas's pixels to what the network reads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from explorer.presets import CANVAS, load_presets, render
from tests.browser.drawings import UNPACKED, Pixels, digits, packed, presets
from tests.browser.modules import ModulePage, module_page, modules

__all__ = ["module_page", "modules"]
TIME = (
    UNPACKED
    + """
    const { width } = given
    const bytes = 4 * width * width
    const pixels = new Uint8ClampedArray(await unpacked(given.pixels))
    const ink = new Float32Array(width * width)
    const times = []
    for (let round = 0; round < given.rounds; round++)
        for (let start = 0; start < pixels.length; start += bytes) {
            const canvas = pixels.slice(start, start + bytes)
            const began = performance.now()
            m.inkOf(canvas, width, ink)
            m.isDot(ink, width)
            m.normalise(ink, width, width)
            if (round > 0) times.push(performance.now() - began) // the first one warms up
        }
    return times
"""
)


def drawings(sort: str) -> list[Pixels]:
    """Digits as most people draw them; with a thin pen over the whole canvas, which is changed most; with a fat one."""
    if sort == "ordinary":
        return [*presets(18), *digits(60)]
    margin, pen = {"thin": (4, 4), "fat": (30, 60)}[sort]
    sides = np.array([stroke for preset in load_presets() for one in preset.strokes for stroke in one])
    scale = (CANVAS - 2 * margin) / np.ptp(sides, axis=0).max()
    return [
        render(tuple(tuple((140 + (x - 140) * scale, 140 + (y - 140) * scale) for x, y in s) for s in p.strokes), pen)
        for p in load_presets()
    ]


@pytest.mark.parametrize("slowness", [1, 4])
@pytest.mark.parametrize("sort", ["ordinary", "thin", "fat"])
def test_normalise(modules: ModulePage, benchmark: BenchmarkFixture, sort: str, slowness: int) -> None:
    modules.page.context.new_cdp_session(modules.page).send("Emulation.setCPUThrottlingRate", {"rate": slowness})
    given = {"pixels": packed(drawings(sort)), "width": CANVAS, "rounds": 6}
    times: list[Any] = []
    benchmark.pedantic(
        lambda: times.extend(modules.run("network/drawing.js network/normalise.js", TIME, given)), rounds=1
    )  # type: ignore[no-untyped-call]
    p50, p95 = np.quantile(times, [0.5, 0.95])
    print(f"\n{sort} digits, {slowness} times as slow: p50 {p50:.2f} ms, p95 {p95:.2f} ms, of {len(times)}")
    benchmark.extra_info |= {"normalisation, ms": {"p50": p50, "p95": p95}}
