"""How much is sent of a reading: to the race and to the anatomy together; measured, never asserted."""

from __future__ import annotations

import json

import numpy as np
from pytest_benchmark.fixture import BenchmarkFixture

from explorer import networks
from explorer.components.anatomy import Extras
from explorer.components.anatomy.packing import packed
from explorer.components.race import routed
from explorer.digit_library import example_digit
from explorer.measures.answer import two_longest
from explorer.presets import load_presets
from explorer.reading import CapsuleReading
from explorer.views.overview.dial import dial, directions, empty
from explorer.views.overview.page import _strokes


def test_a_reading(benchmark: BenchmarkFixture) -> None:
    """Kilobytes of each, over all examples."""
    network = networks.load("")
    sizes, readings = [], []
    for preset in load_presets():
        digit = example_digit(preset)
        assert digit.image is not None
        reading = network.reading(digit.image, None)
        assert isinstance(reading, CapsuleReading)
        readings.append(reading)
        focus, _ = two_longest(reading)
        extras = Extras(_strokes(digit), directions(network), empty(network), dial(network, reading, focus))
        sizes.append((len(json.dumps(routed(reading))), len(packed(reading, extras))))
    race, anatomy = np.array(sizes).T / 1000
    for name, found in (("race", race), ("anatomy", anatomy), ("together", race + anatomy)):
        benchmark.extra_info[name] = {"median kB": float(np.median(found)), "most kB": float(found.max())}
        print(f"\n{name}: {np.median(found):.0f} kB, at most {found.max():.0f}")
    benchmark.pedantic(lambda: routed(readings[0]), rounds=20)  # type: ignore[no-untyped-call]
