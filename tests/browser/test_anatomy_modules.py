"""The anatomy's arithmetic in an empty page against the network's own: lineage, bands, packed numbers, turned poses."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from capsnet import CapsNet, CapsNetConfig
from explorer.arrays import Floats
from explorer.components.anatomy import Dial, Extras
from explorer.components.anatomy.packing import packed
from explorer.measures.couplings import movement
from explorer.measures.evidence import contributions
from explorer.poses import turned
from explorer.reading import CapsuleReading, read
from tests.browser.modules import ModulePage, module_page, modules
from tests.capsnet.samples import CONFIG, small_model

__all__ = ["module_page", "modules"]
NETWORK = replace(CONFIG, image_size=37, kernel_size=5, primary_stride=3, primary_channels=7)
"""A grid of 10 x 10 places of 7 capsules, 5 classes; strides, patches and sizes all differ."""
LINEAGE, READINGS = "anatomy/lineage.js", "anatomy/readings.js"
UNPACK = "const shown = await m.servedReading(given.arrays);"


def settings(config: CapsNetConfig) -> dict[str, Any]:
    derived = ("feature_size", "grid_size", "primary_capsules", "digit_capsules")
    return config.to_dict() | {name: getattr(config, name) for name in derived}


@pytest.fixture(scope="module")
def model() -> CapsNet:
    return small_model(NETWORK, votes=9)


@pytest.fixture(scope="module")
def reading(model: CapsNet) -> CapsuleReading:
    size = NETWORK.image_size
    return read(model, np.random.default_rng(2).random((size, size), dtype=np.float32), 3)


@pytest.fixture(scope="module")
def extras() -> Extras:
    random = np.random.default_rng(5)
    return Extras(
        strokes=random.random((11, 11), dtype=np.float32),
        directions=random.random((5, 3, NETWORK.digit_pose), dtype=np.float32),
        empty=random.random((7, NETWORK.primary_pose), dtype=np.float32),
        dial=Dial(1, (-3.0, 0.0, 3.0), (0.9, 0.5), random.random((3, 2, 37, 37), dtype=np.float32)),
    )


def test_every_capsule_has_its_place_patch_and_window(modules: ModulePage, model: CapsNet) -> None:
    """Of the network itself: a capsule sees exactly the pixels that change it."""
    config, i = NETWORK, 3 * 100 + 4 * 10 + 7
    code = (
        "return [m.placeOf(given.i, given.config), m.patchOf(given.i, given.config), m.windowOf(given.i, given.config)]"
    )
    place, patch, window = modules.run(LINEAGE, code, {"i": i, "config": settings(config)})
    assert place == {"channel": 3, "row": 4, "column": 7}
    assert (patch["x"], patch["y"], patch["size"]) == (7 * 3, 4 * 3, config.patch_size)
    assert (window["x"], window["y"], window["size"]) == (7 * 3, 4 * 3, config.kernel_size)
    empty = np.zeros((config.image_size, config.image_size), np.float32)
    before = read(model, empty).primary[i]
    for change, (y, x) in ((True, (patch["y"], patch["x"])), (False, (patch["y"] - 1, patch["x"]))):
        image = empty.copy()
        image[y, x] = 1
        assert (read(model, image).primary[i] != before).any() == change


def test_each_place_has_its_share_of_the_forward_pull(modules: ModulePage) -> None:
    """Two channels at 2 x 2 places, three classes: of class 1 there are 2 + 1 at the last place and 1 at the first."""
    pulls = np.zeros((8, 3))
    pulls[:, 1] = [1, -5, 0, 2, 0, -1, 0, 1]
    code = "return given.map(j => [...m.placeShares(Float32Array.from(PULLS), j, 3, { grid_size: 2 })])"
    assert modules.run(LINEAGE, code.replace("PULLS", str(pulls.ravel().tolist())), [1, 2]) == [
        [0.25, 0, 0, 0.75],
        [0] * 4,
    ]


def test_squares_are_found_where_they_are_drawn(modules: ModulePage) -> None:
    code = """
        const places = Array.from({ length: given.primary_capsules }, (_, i) => m.placeOf(i, given))
        const cells = places.map(place => m.cellOf(place, given))
        const back = cells.map(({ x, y }) => m.capsuleAt(m.placeAtCell(x, y, given), given))
        const { values, width } = m.tiled(back.map(i => i + 1), given)
        const drawn = cells.map(({ x, y }) => values[y * width + x] - 1)
        const gaps = values.filter(Number.isNaN).length
        return [back, drawn, new Set(cells.map(({ x, y }) => y * width + x)).size, gaps, values.length,
            m.placeAtCell(given.grid_size, 0, given), m.placeAtCell(-1, 0, given)]"""
    config = settings(NETWORK)
    back, drawn, different, gaps, total, gap, outside = modules.run(f"{LINEAGE} anatomy/geometry.js", code, config)
    assert back == drawn == list(range(700))
    assert (different, total - gaps) == (700, 700)
    assert gap is outside is None


@pytest.mark.parametrize("width", [288, 358, 607, 609, 864, 1274])
@pytest.mark.parametrize(("classes", "channels", "grid"), [(3, 1, 11), (10, 32, 6), (26, 7, 5)])
def test_stages_stand_side_by_side_on_every_screen(
    modules: ModulePage, width: int, classes: int, channels: int, grid: int
) -> None:
    config = {"digit_capsules": classes, "primary_channels": channels, "grid_size": grid}
    code = "return m.chainGeometry(given.width, 16, given.config, 50)"
    at = modules.run("anatomy/geometry.js", code, {"width": width, "config": config})
    boxes = [at[name] for name in ("input", "deck", "primary", "rows", "decoder")]
    for left, right in pairwise(boxes):
        assert left["x"] + left["width"] < right["x"]
    assert boxes[-1]["x"] + boxes[-1]["width"] <= width + 1e-6
    assert at["primary"]["x"] + at["primary"]["width"] <= at["bands"]["x"] < at["bands"]["end"] <= at["rows"]["x"]
    for box in boxes:
        assert box["y"] >= 50 - 1e-6
        assert box["y"] + box["height"] <= at["height"] + 1e-6
    columns = at["columns"]
    assert all(x + size <= after + 1e-6 for (x, size), (after, _) in pairwise(columns))
    assert min(size for _, size in columns) >= 40  # a finger's
    assert at["strip"] or at["rows"]["row"] >= 20


def test_packed_numbers_are_the_readings(modules: ModulePage, reading: CapsuleReading, extras: Extras) -> None:
    code = UNPACK + "return Object.fromEntries(Object.entries(shown).map(([name, values]) => [name, [...values]]))"
    found = modules.run(READINGS, code, {"arrays": packed(reading, extras)})
    pulls = contributions(reading)
    expected: dict[str, tuple[Floats, float]] = {
        "image": (reading.image, 1 / 510),
        "strokes": (extras.strokes, 1 / 254),
        "features": (reading.features, float(reading.features.max()) / 254),
        "primary": (reading.primary, 1 / 254),
        "couplings": (reading.couplings[-1], 1 / 254),
        "pulls": (pulls, float(np.abs(pulls).max()) / 600),
        "pictures": (reading.reconstructions, 1 / 254),
        "dial": (extras.dial.pictures, 1 / 127),
        "sums": (np.linalg.norm(reading.sums[-1], axis=-1), 1e-6),
        "lengths": (reading.lengths[-1], 0),
        "lengthsByIteration": (reading.lengths, 0),
        "poses": (reading.poses[-1], 0),
        "directions": (extras.directions, 1e-3),
        "empty": (extras.empty, 0),
    }
    assert found.keys() == expected.keys()
    for name, (values, error) in expected.items():
        np.testing.assert_allclose(found[name], values.ravel(), rtol=0, atol=error + 1e-6, err_msg=name)


def test_both_kinds_of_readings_show_the_same(modules: ModulePage, reading: CapsuleReading, extras: Extras) -> None:
    """What the browser's network reads and what the server packs, of one picture."""
    names = ("primary", "couplings", "agreements", "sums", "poses", "lengths")
    given = {
        "arrays": packed(reading, extras),
        "config": settings(NETWORK),
        "trace": {name: getattr(reading, name).ravel().tolist() for name in names},
        "features": reading.features.ravel().tolist(),
    }
    code = (
        UNPACK
        + """
        const floats = ([name, values]) => [name, Float32Array.from(values)]
        const trace = Object.fromEntries(Object.entries(given.trace).map(floats))
        const told = { image: shown.image, features: Float32Array.from(given.features), trace, winner: 2, rival: 1 }
        const live = m.liveReading(told, given.config)
        const distance = (a, b) => Math.max(...a.map((value, n) => Math.abs(value - b[n])))
        const farthest = (a, b) => a.length === b.length ? distance(a, b) : Infinity
        const worst = {}
        for (const name of [...Object.keys(trace).filter(name => name !== "agreements"), "pulls", "lengthsByIteration",
            "features"]) worst[name] = farthest(live[name], shown[name])
        return [worst, m.liveReading({ ...told, trace: undefined }, given.config)]"""
    )
    worst, without = modules.run(READINGS, code, given)
    steps = {"primary": 1 / 250, "couplings": 1 / 250, "pulls": 1e-2, "features": float(reading.features.max()) / 250}
    assert all(error < steps.get(name, 1e-5) for name, error in worst.items()), worst
    assert without is None


def test_bands_into_a_digit_capsule_are_as_wide_as_it_is_long(modules: ModulePage, reading: CapsuleReading) -> None:
    pulls, sums = contributions(reading), np.linalg.norm(reading.sums[-1], axis=-1)
    code = """
        const floats = name => [name, Float32Array.from(given[name])]
        const shown = Object.fromEntries(["pulls", "sums", "lengths"].map(floats))
        const groups = m.tileGroups(given.config)
        const bands = m.bandsOf(shown, groups, given.config)
        shown.sums.fill(0)
        return [groups, [...bands], [...m.bandsOf(shown, groups, given.config)]]"""
    given = {
        "pulls": pulls.ravel().tolist(),
        "sums": sums.tolist(),
        "lengths": reading.lengths[-1].tolist(),
        "config": settings(NETWORK),
    }
    groups, found, silent = modules.run(f"{LINEAGE} anatomy/geometry.js", code, given)
    assert (groups[0][0], groups[-1][1]) == (0, 7)
    bands = np.array(found).reshape(len(groups), 5)
    np.testing.assert_allclose(bands.sum(0), reading.lengths[-1], atol=1e-4)
    first, end = (100 * channel for channel in groups[1])
    np.testing.assert_allclose(bands[1], pulls[first:end].sum(0) * reading.lengths[-1] / sums, atol=1e-4)
    assert set(silent) == {0}


def test_what_lights_for_a_digit_capsule_pulls_it_most(modules: ModulePage, reading: CapsuleReading) -> None:
    pulls = contributions(reading)
    given = {"pulls": pulls.ravel().tolist(), "couplings": reading.couplings[-1].ravel().tolist()}
    code = """
        const [pulls, couplings] = [given.pulls, given.couplings].map(values => Float32Array.from(values))
        return { lit: m.pullersOf(pulls, 3, 5, 20), best: m.steadyPull(pulls, 3, 5, null), half: m.halfOf(pulls, 3, 5),
            moved: m.movedOf(couplings, 5) }"""
    found = modules.run(LINEAGE, code, given)
    assert set(found["lit"]) == set(np.argsort(-np.abs(pulls[:, 3]))[:20].tolist())
    assert found["best"] == pulls[:, 3].argmax()
    forward = -np.sort(-pulls[:, 3].clip(0))
    reached = forward.cumsum()
    assert reached[found["half"] - 1] >= reached[-1] / 2 > (reached[found["half"] - 2] if found["half"] > 1 else 0)
    assert found["moved"] == movement(reading).count


def test_the_followed_capsule_stays_while_it_pulls_half_as_much(modules: ModulePage) -> None:
    code = "return [0, 1, 2].map(before => m.steadyPull(Float32Array.from(given), 1, 2, before))"
    assert modules.run(LINEAGE, code, [9, 0.4, 0, 1.0, 0, 0.5]) == [1, 1, 2]


def test_a_capsule_that_sees_nothing_has_not_changed(modules: ModulePage, model: CapsNet) -> None:
    size = NETWORK.image_size
    empty = read(model, np.zeros((size, size), np.float32)).primary
    image = np.zeros((size, size), np.float32)
    image[1, 1] = 1
    one = read(model, image).primary
    code = """
        const [one, empty] = [given.one, given.empty].map(values => Float32Array.from(values))
        return [...m.changesOf(one, empty, given.config)]"""
    channels = empty.reshape(7, 100, -1)[:, 0]
    given = {"one": one.ravel().tolist(), "empty": channels.ravel().tolist(), "config": settings(NETWORK)}
    changes = np.array(modules.run(LINEAGE, code, given)).reshape(7, 10, 10)
    np.testing.assert_allclose(changes.ravel(), np.linalg.norm(one - empty, axis=-1), atol=1e-6)
    assert (changes[:, 1:, 1:] < 1e-6).all()
    assert (changes[:, 0, 0] > 1e-6).any()


def test_poses_are_turned_as_python_turns_them(modules: ModulePage) -> None:
    random = np.random.default_rng(7)
    pose, direction = random.normal(size=(2, 11)).astype(np.float32)
    angles, lengths = (-30.0, 0.0, 17.0), (0.1, 0.83)
    expected = turned(pose, direction, np.array(angles), np.array(lengths))
    code = """
        const [pose, direction] = [given.pose, given.direction].map(values => Float32Array.from(values))
        const one = (degrees, length) => [...m.turnedPose(pose, direction, degrees, length)]
        return [given.angles.map(degrees => given.lengths.map(length => one(degrees, length))),
            [...m.turnedPose(pose.map(() => 0), direction, 5, 0)]]"""
    given = {"pose": pose.tolist(), "direction": direction.tolist(), "angles": angles, "lengths": lengths}
    found, nothing = modules.run("anatomy/dial_pose.js", code, given)
    np.testing.assert_allclose(found, expected, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(expected, axis=-1), np.broadcast_to(lengths, (3, 2)), rtol=1e-5)
    cosine = expected[2, 1] @ pose / np.linalg.norm(expected[2, 1]) / np.linalg.norm(pose)
    assert np.degrees(np.arccos(cosine)) == pytest.approx(17, abs=1e-2)
    assert not np.any(nothing)


def test_without_the_network_the_nearest_picture_is_shown(modules: ModulePage, extras: Extras) -> None:
    code = """
        const pictures = Float32Array.from(given.pictures)
        return [...m.nearestDrawn(pictures, given.dial, given.degrees, given.length)]"""
    dial = {"angles": extras.dial.angles, "lengths": extras.dial.lengths}
    given = {"pictures": extras.dial.pictures.ravel().tolist(), "dial": dial, "degrees": 2.0, "length": 0.6}
    found = modules.run("anatomy/dial_pose.js", code, given)
    np.testing.assert_allclose(found, extras.dial.pictures[2, 1].ravel(), atol=1e-6)


@pytest.mark.parametrize(
    ("doubt", "meant", "said"),
    [
        ("none", None, "sure a b"),
        ("untrained", None, "sure a b"),
        ("none", 0, "agreed a"),
        ("close", None, "close a b"),
        ("short", None, "short"),
        ("far", None, "far a"),
        ("close", 2, "misread a c"),
    ],
)
def test_the_headline_says_what_was_read(modules: ModulePage, doubt: str, meant: int | None, said: str) -> None:
    words = {
        "headline_sure": "sure {name} {rival}",
        "headline_close": "close {name} {rival}",
        "headline_short": "short",
        "headline_far": "far {name}",
        "headline_agreed": "agreed {name}",
        "headline_misread": "misread {name} {meant}",
        "sentence": "{length:.2f}",
        "sentence_misread": "{meant_length:.2f}",
    }
    view = {"winner": 0, "runner": 1, "meant": meant, "doubt": doubt, "classes": ["a", "b", "c"], "words": words}
    code = "return m.headlineOf({ ...given, shown: { lengths: [0.9, 0.4, 0.125] } })"
    assert modules.run("anatomy/headline.js", code, view) == [said, "0.13" if meant == 2 else "0.90"]
