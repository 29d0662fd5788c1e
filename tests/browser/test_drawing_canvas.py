"""The canvas's own modules, with a front end that does nothing by itself."""

from __future__ import annotations

from typing import Any

from tests.browser.modules import ModulePage, module_page

__all__ = ["module_page"]

CANVAS = "drawing_canvas/drawing_canvas.js"
SETUP = """
    sessionStorage.clear()
    document.body.innerHTML = `<div id="root"><div class="sheet"><div class="canvas-root">
            <canvas class="lower"></canvas><canvas class="upper"></canvas></div>
        <div class="dc-toolbar"><button aria-label="Update the app with this drawing"></button></div>
        <img class="given" hidden><span class="hint"></span></div>
        <button class="undo"></button><button class="clear"></button><button class="move"></button>
        <label class="pen"><select class="pens"><option value="18"></select></label></div>`
    const root = document.querySelector("#root")
    const told = [], seen = []
    const paintedBy = paint => {
        const layers = []
        paint({ fillRect: () => layers.push("black"), drawImage: layer => layers.push(layer.className) }, 280)
        return layers.join(" ")
    }
    let front = null        // what the front end was given last
    let drawn = []          // what is on it
    let reported = []       // what it has reported
    const mount = component => {
        const before = front?.data.initialDrawing
        front = component
        if (before && before !== component.data.initialDrawing) {
            drawn = component.data.initialDrawing.objects
            queueMicrotask(() => component.setStateValue("drawing", {raw: {objects: drawn}, data: `png ${drawn}`}))
        }
        return () => {}
    }
    root.querySelector(".dc-toolbar button").onclick = () =>
        front.setStateValue("drawing", {raw: {objects: drawn}, data: `png ${drawn}`})
    const begin = () => new m.DrawingCanvas(root, mount, {
        size: 280,
        tell: shown => told.push(shown),
        seen: paint => seen.push(paint && paintedBy(paint)),
    })
    const pen = async name => {
        root.querySelector(".sheet").dispatchEvent(new PointerEvent("pointerdown"))
        drawn = [...drawn, name]
        window.dispatchEvent(new MouseEvent("mouseup"))
        await new Promise(done => setTimeout(done, 5))
    }
    const later = () => new Promise(done => setTimeout(done, 5))
    const example = {session: "one", number: 1, digit: "e.4", picture: "data:,", objects: null}
    const brief = shown => [shown.session, shown.put, shown.digit ?? shown.objects.join("")]
"""


def run(page: ModulePage, code: str) -> Any:
    page.open()
    return page.run(CANVAS, SETUP + code)


def test_a_stroke_over_a_picture_begins_a_drawing_and_undo_brings_the_picture_back(module_page: ModulePage) -> None:
    told, pictured, disabled = run(
        module_page,
        """const canvas = begin(); canvas.show(example); await later()
        const pictured = [!root.querySelector(".given").hidden]
        await pen("a"); await pen("b")
        pictured.push(!root.querySelector(".given").hidden)
        canvas.undo(); await later(); canvas.undo(); await later()
        pictured.push(!root.querySelector(".given").hidden)
        return [told.map(brief), pictured, root.querySelector(".undo").disabled]""",
    )
    assert told == [["one", 1, "a"], ["one", 1, "ab"], ["one", 1, "a"], ["one", 1, "e.4"]]
    assert pictured == [True, False, True]
    assert disabled


def test_a_slip_of_the_pen_leaves_the_picture(module_page: ModulePage) -> None:
    hidden = run(
        module_page,
        """const canvas = begin(); canvas.show(example); await later()
        root.querySelector(".sheet").dispatchEvent(new PointerEvent("pointerdown"))
        window.dispatchEvent(new MouseEvent("mouseup")); await later()
        return [root.querySelector(".given").hidden, told.length]""",
    )
    assert hidden == [False, 0]


def test_undo_before_the_stroke_was_reported_takes_that_stroke(module_page: ModulePage) -> None:
    told = run(
        module_page,
        """const canvas = begin(); canvas.show(example); await later()
        await pen("a"); drawn = [...drawn, "b"]
        canvas.undo(); await later()
        return [told.map(brief), drawn]""",
    )
    assert told == [[["one", 1, "a"], ["one", 1, "ab"], ["one", 1, "a"]], ["a"]]


def test_clear_comes_once_and_is_undone(module_page: ModulePage) -> None:
    told = run(
        module_page,
        """const canvas = begin(); canvas.show(example); await later()
        await pen("a"); canvas.clear(); await later(); canvas.clear(); await later()
        canvas.undo(); await later()
        return told.map(brief)""",
    )
    assert told == [["one", 1, "a"], ["one", 1, ""], ["one", 1, "a"]]


def test_what_the_app_puts_there_comes_after_a_stroke_that_was_not_reported(module_page: ModulePage) -> None:
    told = run(
        module_page,
        """const canvas = begin(); canvas.show(example); await later()
        await pen("a"); drawn = [...drawn, "b"]
        canvas.show({...example, number: 2, digit: "e.7"}); await later()
        canvas.undo(); await later()
        return [told.map(brief), drawn]""",
    )
    assert told == [[["one", 1, "a"], ["one", 2, "ab"], ["one", 2, "ab"]], ["a", "b"]]


def test_another_session_is_told_what_is_there_and_shows_nothing_of_its_own(module_page: ModulePage) -> None:
    told = run(
        module_page,
        """const canvas = begin(); canvas.show(example); await later()
        await pen("a")
        canvas.show({...example, session: "two", digit: "s.a"}); await later()
        return [told.map(brief), drawn]""",
    )
    assert told == [[["one", 1, "a"], ["two", 1, "a"]], ["a"]]


def test_a_page_loaded_anew_goes_on_where_its_address_is_still_the_drawings(module_page: ModulePage) -> None:
    told = run(
        module_page,
        """const canvas = begin(); canvas.show(example); await later()
        await pen("a"); await pen("b")
        history.replaceState(null, "", "?digit=s.ab")
        canvas.end()
        const again = begin(); again.show({session: "two", number: 1, digit: "s.ab", picture: null, objects: ["AB"]})
        await later()
        again.undo(); await later()
        const other = begin(); other.show({...example, session: "three", digit: "e.9"})
        await later(); other.undo(); await later()
        return told.map(brief)""",
    )
    assert told == [["one", 1, "a"], ["one", 1, "ab"], ["two", 1, "ab"], ["two", 1, "a"], ["three", 1, "a"]]


def test_a_history_is_bounded_and_never_empty(module_page: ModulePage) -> None:
    module_page.open()
    entries = module_page.run(
        "drawing_canvas/drawing_history.js",
        """const history = new m.DrawingHistory([{objects: [0]}])
        for (let at = 1; at < 200; at++) history.push({objects: [at]})
        const count = history.entries.length
        for (let at = 0; at < 200; at++) history.undo()
        return [count, history.entries, history.canUndo]""",
    )
    assert entries == [60, [{"objects": [140]}], False]


def test_what_is_seen_is_told_while_the_pen_moves_and_after_every_change(module_page: ModulePage) -> None:
    """A stroke at the pen is seen, too; of what the app put there nothing is: only the server can read it."""
    counts, painted = run(
        module_page,
        """const counts = [], count = () => counts.push(seen.splice(0).map(layers => layers !== null))
        const canvas = begin(); canvas.show(example); await later(); count()
        window.dispatchEvent(new PointerEvent("pointermove")); count()
        root.querySelector(".sheet").dispatchEvent(new PointerEvent("pointerdown"))
        window.dispatchEvent(new PointerEvent("pointermove")); const painted = seen.at(-1); count()
        await pen("a"); count()
        await pen("b"); canvas.undo(); await later(); seen.splice(0, 2); count()
        canvas.undo(); await later(); count()
        canvas.clear(); await later(); count()
        canvas.show({...example, number: 2}); await later(); count()
        return [counts, painted]""",
    )
    down, moved, drawn = [True], [True], [True]
    assert counts == [[], [], down + moved, down + drawn, [True], [False], [True], [False]]
    assert painted == "black lower upper"
