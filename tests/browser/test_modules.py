"""Units of the components' JavaScript, in a real browser and without the app."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.palette import DARK, LIGHT, Palette
from tests.browser.modules import ModulePage, module_page, modules

__all__ = ["module_page", "modules"]
GRID = """
    document.body.innerHTML = "<div style='display: grid; grid-template-columns: repeat(4, 50px)'></div>"
    const grid = document.body.firstChild
    const tiles = Array.from({ length: 10 }, (_, k) => {
        const tile = document.createElement("button")
        tile.textContent = k
        grid.append(tile)
        return tile
    })
    m.walkable(grid, tiles, 2)
    const press = key => {
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))
        return tiles.indexOf(document.activeElement)
    }
"""


def test_sentences_and_signed_numbers(modules: ModulePage) -> None:
    code = """return [
        m.fill("{a} of {b}, {a}", { a: 1, b: "two" }), m.fill("{a} {c}", { a: 0 }),
        m.signed(0.2151), m.signed(-0.25, 2), m.signed(0), m.signed(-0.0001), m.signed(-12.5, 0),
    ]"""
    minus = "\N{MINUS SIGN}"
    expected = ["1 of two, 1", "0 {c}", "+0.215", f"{minus}0.25", "+0.000", "+0.000", f"{minus}13"]
    assert modules.run("shared/dom.js", code) == expected


def test_elements_are_made_with_properties_attributes_and_children(modules: ModulePage) -> None:
    code = """
        const element = m.make("button", { type: "button", className: "a", "aria-label": "b" }, m.make("i"), "c")
        m.colour(element, { "--focus": "#123456" })
        return element.outerHTML
    """
    html = '<button type="button" class="a" aria-label="b" style="--focus: #123456;"><i></i>c</button>'
    assert modules.run("shared/dom.js", code) == html


def test_arrow_keys_walk_a_grid_with_a_short_last_row(modules: ModulePage) -> None:
    code = (
        GRID
        + """
        tiles[2].focus()
        const keys = ["ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowDown",
            "ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp", "x"]
        return keys.map(press)
    """
    )
    assert modules.run("shared/walk.js", code) == [3, 7, 7, 6, 5, 9, 9, 9, 5, 1, 1, 1]


def test_tab_enters_a_group_at_one_element(modules: ModulePage) -> None:
    code = (
        GRID
        + """
        const stops = () => tiles.flatMap((tile, k) => (tile.tabIndex === 0 ? [k] : []))
        const seen = [stops()]
        tiles[2].focus()
        press("ArrowDown")
        seen.push(stops())
        m.walkable(grid, tiles, 2)
        seen.push(stops())
        return seen
    """
    )
    assert modules.run("shared/walk.js", code) == [[2], [6], [6]]


def test_the_newest_picture_wins(modules: ModulePage) -> None:
    code = """
        const drawn = colour => {
            const canvas = document.createElement("canvas")
            const context = canvas.getContext("2d")
            context.fillStyle = colour
            context.fillRect(0, 0, 9, 9)
            return canvas.toDataURL()
        }
        const waiting = []
        const decode = HTMLImageElement.prototype.decode
        HTMLImageElement.prototype.decode = function () {
            return new Promise(resolve => waiting.push(() => decode.call(this).then(resolve)))
        }
        const owner = {}
        const first = m.newestPicture(owner, drawn("red")), second = m.newestPicture(owner, drawn("blue"))
        const elsewhere = m.newestPicture({}, drawn("red"))
        for (const go of waiting.reverse()) go()
        return (await Promise.all([first, second, elsewhere])).map(picture => picture && picture.localName)
    """
    assert modules.run("shared/picture.js", code) == [None, "img", "img"]


def test_idle_work_goes_in_turn_and_what_is_newer_replaces_what_is_older(modules: ModulePage) -> None:
    code = """
        const idle = new m.IdleWork(), done = [], a = {}, b = {}, gone = {}
        function* work(name, count) { for (let k = 0; k < count; k++) { done.push(name + k); yield } }
        idle.later(a, "one", work("old", 9))
        idle.later(a, "one", work("new", 2))
        idle.later(gone, "one", work("gone", 9))
        idle.later(b, "two", work("b", 2))
        idle.later(a, "two", work("a", 1))
        idle.drop(gone)
        const before = done.length
        while (idle.going) await new Promise(resolve => setTimeout(resolve, 1))
        return [before, done]
    """
    assert modules.run("pose_lab/idle_work.js", code) == [0, ["new0", "new1", "a0", "b0", "b1"]]


def test_idle_work_rests_while_a_person_is_at_work(modules: ModulePage) -> None:
    code = """
        const idle = new m.IdleWork()
        let now = 1000, at
        performance.now = () => now
        const waits = []
        window.setTimeout = (go, wait) => waits.push([go, wait])
        idle.touch()
        idle.later({}, "one", (function* () { at = now; yield })())
        const turn = () => new Promise(resolve => {
            const channel = new MessageChannel()
            channel.port1.onmessage = resolve
            channel.port2.postMessage(null)
        })
        while (!waits.length) await turn()
        const first = [at ?? null, waits[0][1]]
        now += 50
        idle.touch()
        now += 70
        waits.shift()[0]()
        while (!waits.length) await turn()
        const second = [at ?? null, waits[0][1]]
        now += 50
        waits.shift()[0]()
        while (idle.going) await turn()
        return [first, second, at]
    """
    assert modules.run("pose_lab/idle_work.js", code) == [[None, 120], [None, 50], 1170]


def test_idle_work_that_fails_is_dropped_and_the_rest_goes_on(modules: ModulePage) -> None:
    code = """
        const idle = new m.IdleWork(), errors = []
        let done = false
        addEventListener("error", event => { errors.push(event.message); event.preventDefault() })
        idle.later({}, "broken", (function* () { throw new Error("broken work") })())
        idle.later({}, "sound", (function* () { done = true; yield })())
        while (idle.going) await new Promise(resolve => setTimeout(resolve, 1))
        return [errors, done]
    """
    assert modules.run("pose_lab/idle_work.js", code) == [["Uncaught Error: broken work"], True]


def test_a_swing_goes_on_from_where_it_begins(modules: ModulePage) -> None:
    code = "return given.map(([share, elapsed]) => m.swingAt(share, elapsed, 4000))"
    begun = [[0, 0], [0, 1000], [0, 2000], [0, 3000], [0.5, 0], [1, 0], [1, 1000], [7, 0], [-7, 0], [-0.25, 4000]]
    swung = modules.run("pose_lab/swing.js", code, begun)
    assert swung == pytest.approx([0, 1, 0, -1, 0.5, 1, 0, 1, -1, -0.25], abs=1e-12)


def test_a_number_is_turned_in_a_copy(modules: ModulePage) -> None:
    code = "const pose = [1, 2, 4]; return [[...m.turned(pose, 1, -0.5)], pose]"
    assert modules.run("pose_lab/poses.js", code) == [[1, 1.5, 4], [1, 2, 4]]


def test_the_effect_of_a_number_is_a_root_mean_square(modules: ModulePage) -> None:
    code = "return m.effectOf(pose => Float32Array.of(pose[1], 3 * pose[1], 9), Float32Array.of(5, 7), 1, 0.25)"
    assert modules.run("pose_lab/poses.js", code) == pytest.approx(np.sqrt((0.5**2 + 1.5**2) / 3))


def test_a_random_pose_lies_within_the_span_and_is_shorter_than_1(modules: ModulePage) -> None:
    code = """
        const low = Array(16).fill(-0.5), high = Array(16).fill(0.7)
        return Array.from({ length: 200 }, () => [...m.randomPose(low, high)])
    """
    drawn = np.array(modules.run("pose_lab/poses.js", code))
    assert (drawn >= -0.5 - 1e-6).all()
    assert (drawn <= 0.7 + 1e-6).all()
    assert np.linalg.norm(drawn, axis=1).max() < 1
    assert abs(drawn.mean() - 0.1) < 0.05


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_differences_go_from_less_over_none_to_more(modules: ModulePage, palette: Palette) -> None:
    code = "return [...m.colourTable(given)]"
    colours = np.array(modules.run("shared/pictures.js", code, palette.difference_scale), np.uint32)
    assert len(colours) == 256
    hexadecimal = [f"#{colour & 255:02x}{colour >> 8 & 255:02x}{colour >> 16 & 255:02x}" for colour in colours]
    assert (colours >> 24 == 255).all()
    assert (hexadecimal[0], hexadecimal[-1]) == (palette.less, palette.more)
    middle = [int(hexadecimal[128][start : start + 2], 16) for start in (1, 3, 5)]
    neutral = [int(palette.neutral[start : start + 2], 16) for start in (1, 3, 5)]
    assert np.abs(np.subtract(middle, neutral)).max() <= 2


def test_the_page_is_named_by_its_language(modules: ModulePage) -> None:
    code = 'm.nameLanguage("zh-Hans"); return document.documentElement.lang'
    assert modules.run("page_language/language.js", code) == "zh-Hans"
