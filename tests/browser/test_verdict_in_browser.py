"""The doubt rules in the browser against the server's."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np

from capsnet.card import DoubtThresholds
from explorer.measures.answer import Doubt, verdict
from explorer.measures.pictures import misfit
from explorer.reading import CapsuleReading, read
from tests.browser.modules import ModulePage, module_page, modules
from tests.capsnet.samples import random_pictures, small_model

__all__ = ["module_page", "modules"]
THRESHOLDS = DoubtThresholds(0.6, 0.2, 0.45)
ASK = """
    return given.cases.map(({ lengths, misfit, iterations }) => {
        const { winner, rival, doubt } = m.verdict(Float32Array.from(lengths), misfit, given.thresholds, iterations, 2)
        return [winner, rival, doubt]
    })
"""


def reading_with(base: CapsuleReading, lengths: list[float], share: float, iterations: int) -> CapsuleReading:
    """A reading of these last lengths in which what each capsule draws misses a share of the ink."""
    drawn = np.broadcast_to(base.image * np.float32(1 - share**0.5), base.reconstructions.shape)
    last = np.array([lengths], np.float32)
    return replace(base, lengths=last, reconstructions=drawn, iterations=iterations)


def test_the_same_verdict_on_random_numbers_and_on_ties(modules: ModulePage) -> None:
    random = np.random.default_rng(7)
    base = read(small_model(), random_pictures(1)[0, 0].numpy())
    coarse = random.choice([0, 0.2, 0.4, 0.6, 0.8], (300, 5))  # ties, and numbers at the thresholds
    fine = random.uniform(0, 1, (300, 5))
    readings = [
        reading_with(base, lengths.tolist(), random.uniform(0, 1), int(random.choice([1, 2, 2, 2, 3])))
        for lengths in np.concatenate([coarse, fine])
    ]
    answers = [verdict(reading, THRESHOLDS) for reading in readings]
    cases = [
        {
            "lengths": reading.lengths[-1].tolist(),
            "misfit": misfit(reading, answer.winner),
            "iterations": reading.iterations,
        }
        for reading, answer in zip(readings, answers, strict=True)
    ]
    said = modules.run("network/verdict.js", ASK, {"cases": cases, "thresholds": asdict(THRESHOLDS)})
    assert said == [[answer.winner, answer.rival, answer.doubt.value] for answer in answers]
    counts = [sum(answer.doubt is doubt for answer in answers) for doubt in Doubt]
    assert min(counts) > 10, counts


def test_without_a_drawing_nothing_is_far(modules: ModulePage) -> None:
    cases = [{"lengths": [0.1, 0.9], "misfit": misfit, "iterations": 2} for misfit in (0.5, 0.45, None)]
    said = modules.run("network/verdict.js", ASK, {"cases": cases, "thresholds": asdict(THRESHOLDS)})
    assert said == [[1, 0, "far"], [1, 0, "none"], [1, 0, "none"]]


def test_the_misfit_is_a_share_of_the_ink(modules: ModulePage) -> None:
    reading = read(small_model(), random_pictures(1)[0, 0].numpy())
    pale = replace(reading, image=reading.image / np.float32(100))  # too little ink: divided by 1
    for one in (reading, pale):
        given = [one.image.ravel().tolist(), one.reconstructions[3].ravel().tolist()]
        found = modules.run(
            "network/verdict.js", "return m.misfitOf(...given.map(numbers => Float32Array.from(numbers)))", given
        )
        assert abs(found - misfit(one, 3)) < 1e-6 * max(1, found)
