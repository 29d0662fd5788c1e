"""The parts of the race, each in an empty page: what the browser works out is what Python does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.components.race.component import routed as sent
from explorer.measures import pull
from explorer.measures.over_iterations import strongest_at
from explorer.reading import CapsuleReading
from explorer.text import DEFAULT, Say
from tests.browser.modules import ModulePage, module_page, modules
from tests.explorer.routed import POSE, random_votes, routed

__all__ = ["module_page", "modules"]
FILES = "race/pull.js race/routed.js"
DERIVED = """
    const found = m.pulled(ROUTED)
    const { J, I } = found.sizes
    const plain = names => Object.fromEntries(names.map(name => [name, Array.from(found[name])]))
    return {
        ...plain(["couplings", "pulls", "forward", "back", "shares", "lengths", "poses", "image"]),
        orders: Array.from({ length: J }, (_, j) => [...m.orderOf(found, j)]),
        across: Array.from({ length: J }, (_, j) => [...found.across(j)]),
        moved: [...m.movedOf(found)],
        places: [...m.placesOf(found, 1, 3)],
        strongest: Array.from({ length: 15 }, (_, p) => m.strongestAt(found, 1, 3, p)),
        silenced: [0, 1, 7, I].map(count => m.strongestOf(found, 2, count)),
    }
"""
FROM_SERVER = DERIVED.replace("ROUTED", "await m.unpacked(given)")
FROM_BROWSER = DERIVED.replace(
    "ROUTED",
    """m.traced({
        image: Float32Array.from(given.image),
        trace: Object.fromEntries(Object.entries(given.trace).map(([name, all]) => [name, Float32Array.from(all)])),
    }, { sizes: { ...given.sizes, R: 1 }, beta: given.beta })""",
)


@pytest.fixture(scope="module")
def reading() -> CapsuleReading:
    return routed(random_votes())


@pytest.fixture(params=["server", "browser"])
def derived(request: pytest.FixtureRequest, modules: ModulePage, reading: CapsuleReading) -> dict[str, Any]:
    """What the browser makes of routing, from what the server sends and from a trace of its own network."""
    given = sent(reading)
    if request.param == "server":
        return dict(modules.run(FILES, FROM_SERVER, given))
    names = ("votes", "agreements", "lengths", "poses")
    given["trace"] = {name: getattr(reading, name).ravel().tolist() for name in names}
    given["image"] = reading.image.ravel().tolist()
    return dict(modules.run(FILES, FROM_BROWSER, given))


def test_the_browser_works_out_what_python_does(derived: dict[str, Any], reading: CapsuleReading) -> None:
    pulled = pull.pulls(reading)
    forward, back = pull.sums(pulled)
    scale = np.abs(pull.across(reading)).max()
    for name, expected, error in (
        ("couplings", reading.couplings, 1e-3),
        ("pulls", pulled, 1e-3),
        ("forward", forward, 3e-3),
        ("back", back, 3e-3),
        ("shares", pull.shares(reading), 1e-3),
        ("lengths", reading.lengths, 1e-5),
        ("poses", reading.poses[-1], 1e-4),
        ("image", reading.image, 1e-6),
        ("across", pull.across(reading).T, scale / 200),
    ):
        np.testing.assert_allclose(derived[name], expected.reshape(np.shape(derived[name])), rtol=0, atol=error)
    sums = np.array(derived["forward"]) - np.array(derived["back"])
    np.testing.assert_allclose(sums, np.linalg.norm(reading.sums, axis=-1).ravel(), rtol=0, atol=2e-3)


def test_steps_lie_in_pythons_order(derived: dict[str, Any], reading: CapsuleReading) -> None:
    last = pull.pulls(reading)[-1]
    for j, order in enumerate(derived["orders"]):
        assert sorted(order) == list(range(105))
        laid = last[order, j]  # float16 may exchange neighbours that pull alike
        assert (np.diff(laid) < 1e-3).all()
    strongest = [i for i in derived["orders"][2] if last[i, 2] > 0]
    assert derived["silenced"] == [[], strongest[:1], strongest[:7], derived["orders"][2]]


def test_places_and_their_strongest_are_pythons(derived: dict[str, Any], reading: CapsuleReading) -> None:
    places = pull.pulls(reading)[1, :, 3].reshape(7, 15).sum(axis=0)
    np.testing.assert_allclose(derived["places"], places, rtol=0, atol=3e-3)
    expected = [strongest_at(reading, 3, p // 5, p % 5, 1) for p in range(15)]
    assert derived["strongest"] == expected
    moved = np.abs(reading.couplings[-1] - 1 / 11).sum(axis=-1) / 2
    np.testing.assert_allclose(derived["moved"], moved, rtol=0, atol=2e-3)


def test_without_votes_nothing_moves(modules: ModulePage) -> None:
    said = modules.run(FILES, FROM_SERVER, sent(routed(np.zeros_like(random_votes()))))
    assert set(said["pulls"]) == {0}
    np.testing.assert_allclose(said["shares"], 1 / 11, rtol=1e-5)
    np.testing.assert_allclose(said["couplings"], 1 / 11, rtol=1e-5)


def test_the_ruler_is_squashing(modules: ModulePage) -> None:
    code = """return [
        [0.1, 0.5, 0.9].map(m.sumOf),
        m.marksOf(3.4, sum => 100 * sum),
        m.marksOf(30, sum => 10 * sum),
        m.sumsOf(3.4, sum => 100 * sum),
        m.sumsOf(30, sum => 50 * Math.min(sum, 3) + 6 * Math.max(0, sum - 3)),
    ]"""
    sums, near, far, axis, both = modules.run("race/ruler.js", code)
    assert sums == pytest.approx([1 / 3, 1, 3])
    assert {0.1, 0.5, 0.9} <= set(near)
    assert max(near) == 0.9
    assert 0.9 in far
    assert axis == [0, 1, 2, 3]
    assert both[:4] == [0, 1, 2, 3]
    assert (np.diff(both[4:]) >= 4).all()


def test_sums_are_placed_in_order_and_the_asked_one_is_always_there(modules: ModulePage) -> None:
    code = """return [[0.2, 0.5], [9, 30.5], [4, 6]].map(forward => {
        const found = { sizes: { J: 2 }, forward }
        const { x, left, right, reach, times } = m.layoutOf(found, { focus: 0, rival: 1 }, ["0", "1"], 880)
        return [x(0) - left, right - x(reach), x(3) - left, right - left, times]
    })"""
    for start, end, asked, width, times in modules.run("race/layout.js", code):
        assert start == pytest.approx(0)
        assert end == pytest.approx(0)
        assert 0.4 * width < asked < width
        assert times >= 0.999


def test_moments_are_true_states_and_nothing_else_is(modules: ModulePage) -> None:
    code = """
        const all = [0, 5, 6, 4.5, -0.5].map(m.stateAt)
        return all.map(({ known, ...state }) => ({ ...state, known: [0, 1, 2, 3].map(known) }))"""
    first, summed, squashed, between, begun = modules.run("race/moments.js", code)
    assert [(state["r"], state["phase"], state["done"]) for state in (first, summed, squashed, between, begun)] == [
        (0, 0, True),
        (1, 1, True),
        (1, 2, True),
        (1, 1, False),
        (0, 0, False),
    ]
    assert first["known"] == [0, -1, -1, -1]
    assert summed["known"] == [1, 1, 0, 0]
    assert squashed["known"] == [1, 1, 1, 0]
    assert between["known"] == [1, 0, 0, 0]  # the sum is under way: nothing new is printed
    assert (between["split"], between["squashed"]) == (1, 0)
    assert 0 < between["summed"] < 1
    assert begun["known"] == [-1, -1, -1, -1]


PLAYER = """
    let now = 0, next = null
    window.requestAnimationFrame = act => ((next = act), 1)
    window.cancelAnimationFrame = () => (next = null)
    performance.now = () => now
    const tick = time => { const act = next; next = null; now += time; act?.(now) }
    const shown = [], moments = []
    const player = new m.RacePlayer({
        changed: () => shown.push(player?.position),
        arrived: () => moments.push(player.position),
        isStill: () => given.reduced,
    })
"""


@pytest.mark.parametrize("reduced", [False, True])
def test_play_runs_through_all_phases_once(modules: ModulePage, reduced: bool) -> None:
    code = f"""{PLAYER}
        player.begin(3)
        const stood = player.position
        shown.length = moments.length = 0
        player.toggle()
        for (let n = 0; n < 100 && player.isPlaying; n++) tick(m.PACE / 4)
        return [stood, shown, moments.map(Math.floor), player.isPlaying, next]"""
    stood, shown, moments, playing, waiting = modules.run("race/player.js", code, {"reduced": reduced})
    assert stood == 10
    assert not playing
    assert waiting is None  # at rest nothing runs
    assert shown == sorted(shown)
    assert shown[-1] == 10
    assert all(float(position).is_integer() for position in shown) == reduced
    assert sorted(set(moments) - {-1}) == list(range(11))


def test_slowly_takes_longer_and_how_it_ends_is_not_told_before(modules: ModulePage) -> None:
    code = f"""{PLAYER}
        const here = () => [player.position, player.isPlaying, player.inSuspense]
        player.begin(2)
        const told = player.inSuspense
        player.togglePace()
        tick(m.PACE * m.SLOWLY)
        const slow = here()
        player.togglePace()
        tick(m.PACE)
        const fast = here()
        player.pause()
        const paused = here()
        player.toggle()
        tick(99 * m.PACE)
        const ended = here()
        player.extend(3)
        const more = here()
        tick(2 * m.PACE)
        return [told, slow, fast, paused, ended, more, here()]"""
    told, *rest = modules.run("race/player.js", code, {"reduced": False})
    assert told is False
    assert rest == [
        [0, True, True],
        [1, True, True],
        [1, False, True],
        [6, False, False],
        [6, True, True],  # from where it stood
        [8, True, True],
    ]


def test_seeking_and_stepping_stop_the_play_at_true_states(modules: ModulePage) -> None:
    code = f"""{PLAYER}
        const here = () => [player.position, player.isPlaying]
        player.begin(3)
        player.toggle()
        tick(2.5 * m.PACE)
        const under_way = here()
        player.toggle()
        const paused = here()
        player.step(-1)
        const back = here()
        player.seek(99)
        const end = here()
        player.seek(-4)
        return [under_way, paused, back, end, here()]"""
    under_way, *rest = modules.run("race/player.js", code, {"reduced": False})
    assert under_way == [1.5, True]
    assert rest == [[2, False], [1, False], [11, False], [-1, False]]


def test_what_is_printed_adds_up(modules: ModulePage) -> None:
    random = np.random.default_rng(1)
    pairs = [(float(a + b), float(b)) for a, b in random.exponential(3, (200, 2))]
    said = modules.run("race/lanes.js", "return given.map(([f, b]) => m.printed(f, b))", pairs)
    for (forward, back), one in zip(pairs, said, strict=True):
        numbers = {name: float(text) for name, text in one.items()}
        assert numbers["forward"] - numbers["back"] == pytest.approx(numbers["sum"], abs=1e-9)
        assert numbers["sum"] == pytest.approx(forward - back, abs=0.006)
        assert numbers["back"] == pytest.approx(back, abs=0.011)


@pytest.mark.parametrize("first", ["data", "look"])
def test_either_of_the_two_that_are_mounted_may_come_first(
    modules: ModulePage, reading: CapsuleReading, first: str
) -> None:
    words = Say(DEFAULT).section("race_words") | {"honest": "As it is."}
    code = """
        const [data, look] = ["race", ""].map(name => {
            const element = document.body.appendChild(document.createElement("div"))
            if (name) element.append(Object.assign(document.createElement("div"), { className: name }))
            return element
        })
        const frame = () => new Promise(requestAnimationFrame)
        const heard = await import("/race/look.js")
        const mounts = {
            data: () => m.default({ data: given.data, parentElement: data }),
            look: () => heard.default({ data: given.look, parentElement: look, setStateValue() {} }),
        }
        mounts[given.first]()
        const start = performance.now()
        while (performance.now() < start + 200) await frame() // what was sent is unpacked by now
        const early = data.querySelector(".race").hasAttribute("data-ready")
        mounts[given.first === "data" ? "look" : "data"]()
        while (!data.querySelector(".race").hasAttribute("data-ready")) await frame()
        return early"""
    data = sent(reading) | {"race": "one", "words": words, "palette": {}}
    look = {"race": "one", "look": {"focus": 1, "rival": 2, "followed": 3}}
    assert modules.run("race/component.js", code, {"data": data, "look": look, "first": first}) is False


def test_a_direction_is_compared_and_none_is_none(modules: ModulePage) -> None:
    code = """
        const poses = rows => Float32Array.from(rows.flat())
        const [before, after] = [[[9, 9], [3, 4]], [[0, 0], [-6, -8]]].map(poses)
        return [m.cosineOf(before, after, 1, 2), m.cosineOf(before, after, 0, 2), m.cosineOf(before, before, 1, 2)]"""
    assert modules.run("race/silence.js", code) == [pytest.approx(-1), None, pytest.approx(1)]


def test_walks_end_at_the_sum(modules: ModulePage, reading: CapsuleReading) -> None:
    code = """
        const found = m.pulled(await m.unpacked(given))
        return [0, 2, 9].map(j => {
            const steps = m.stepsOf(found, j)
            const ends = [0, 1, 2, 3].map(r => m.walked(steps, { r, summed: 1 }, 5, x => x, y => y).end[0])
            const half = m.walked(steps, { r: 0, summed: 0.5 }, 5, x => x, y => y).end[0]
            return [ends, half]
        })"""
    for j, (ends, half) in zip((0, 2, 9), modules.run(f"{FILES} race/walk.js", code, sent(reading)), strict=True):
        expected = np.linalg.norm(reading.sums[:, j], axis=-1)
        assert ends == pytest.approx(expected, abs=2e-3)
        assert half == pytest.approx(expected[0] / 2, abs=2e-3)
    assert sent(reading)["sizes"]["D"] == POSE


def test_one_more_iteration_is_asked_of_the_server_where_no_network_answers(
    modules: ModulePage, reading: CapsuleReading
) -> None:
    words = Say(DEFAULT).section("race_words") | {"honest": "As it is."}
    code = """
        const [data, look] = [1, 2].map(() => document.body.appendChild(document.createElement("div")))
        data.append(Object.assign(document.createElement("div"), { className: "race" }))
        const said = []
        m.default({ data: given.data, parentElement: data })
        const setTriggerValue = (...all) => said.push(all)
        const heard = await import("/race/look.js")
        heard.default({ data: given.look, parentElement: look, setStateValue() {}, setTriggerValue })
        const frame = () => new Promise(requestAnimationFrame)
        while (!data.querySelector(".race").hasAttribute("data-ready")) await frame()
        const more = data.querySelector(".more")
        if (!more.hidden) more.click()
        await frame()
        return [more.hidden, said]"""
    look = {"race": "one", "look": {"focus": 1, "rival": 2, "followed": 3}}
    for most, expected in ((5, [False, [["iterate", 5]]]), (4, [True, []])):
        data = sent(reading) | {"most": most, "race": "one", "words": words, "palette": {}}
        modules.open()
        assert modules.run("race/component.js", code, {"data": data, "look": look}) == expected
