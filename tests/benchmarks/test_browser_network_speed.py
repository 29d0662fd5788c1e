"""The capsule network in the browser: how long one reading takes, with the weights that come with the project."""

from __future__ import annotations

import time

import numpy as np
from playwright.sync_api import Page
from pytest_benchmark.fixture import BenchmarkFixture

from capsnet import checkpoint
from explorer.components.network.packing import packed_decoder, packed_network, settings
from explorer.networks import available
from tests.browser.modules import ModulePage, module_page, modules
from tests.browser.weights import LOAD, numbers, serve_bytes
from tools.experiments.packed_weights import COUNT, drawings

__all__ = ["module_page", "modules"]
FILES = "network/tensors.js network/reader.js"
OPEN = (
    LOAD
    + """
    const start = performance.now()
    window.reader = new m.Reader(given.settings, await networkAt())
    reader.giveDecoder(await tensorsAt("decoder"))
    const { images } = await numbersAt("images")
    window.pictures = Array.from({ length: given.count }, (_, n) => row(images, n, given.count))
    return performance.now() - start
"""
)
READ = """() => pictures.map(picture => {
    const start = performance.now()
    reader.read(picture)
    return performance.now() - start
})"""


class Processor:
    """The page's processor, slowed where asked, and how long it was busy with the page."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def slow(self, times: int) -> None:
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def busy(self) -> float:
        """Milliseconds so far, those in which others had the processor left out."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(entry["value"]) for entry in metrics if entry["name"] == "TaskDuration")


def test_one_reading(modules: ModulePage, benchmark: BenchmarkFixture) -> None:
    network = checkpoint.read(next(iter(available([]).values())))
    began = time.perf_counter()
    files = {**packed_network(network)._asdict(), "decoder": packed_decoder(network)}
    print(
        f"\npacking: {time.perf_counter() - began:.1f} s; {', '.join(f'{len(f) / 1e6:.2f} MB' for f in files.values())}"
    )
    serve_bytes(modules, {**files, "images": numbers(images=drawings().numpy())})
    opening = modules.run(FILES, OPEN, {"settings": settings(network), "count": COUNT})
    print(f"unpacking: {opening:.0f} ms")
    modules.page.evaluate(READ)  # compiled by now
    processor = Processor(modules.page)
    for times in (4, 1):
        processor.slow(times)
        before = processor.busy()
        took = modules.page.evaluate(READ)
        busy = (processor.busy() - before) / COUNT
        p50, p95 = np.quantile(took, [0.5, 0.95])
        print(f"one reading, processor slowed {times} times: p50 {p50:.1f} ms, p95 {p95:.1f} ms; busy {busy:.1f} ms")
        benchmark.extra_info[f"reading, ms, slowed {times} times"] = {"p50": p50, "p95": p95, "busy": busy}
    benchmark.pedantic(lambda: modules.page.evaluate(READ), rounds=1)  # type: ignore[no-untyped-call]
