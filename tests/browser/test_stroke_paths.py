"""Strokes as the canvas's modules move and find them, by hand values; and how a move is made of events."""

from __future__ import annotations

from typing import Any

from tests.browser.modules import ModulePage, module_page, modules

__all__ = ["module_page", "modules"]

PATHS = "drawing_canvas/stroke_paths.js"
STROKE = {
    "type": "Path",
    "strokeWidth": 7,
    "stroke": "#fff",
    "path": [["M", 10, 20], ["Q", 30, 40, 35, 50], ["L", 60, 80]],
}
LINES = [
    {"path": [["M", 0, 10], ["L", 100, 10]]},
    {"path": [["M", 0, 50], ["L", 100, 50]]},
    {"path": [["M", 90, 90], ["L", 90, 90]]},
]


def test_a_stroke_moves_as_a_whole(modules: ModulePage) -> None:
    code = (
        "return [m.movedStroke(given, -3, 5), m.movedStroke({ ...given, left: 11, top: 2 }, -3, 5), m.outlineOf(given)]"
    )
    moved, placed, outline = modules.run(PATHS, code, STROKE)
    assert moved == STROKE | {"path": [["M", 7, 25], ["Q", 27, 45, 32, 55], ["L", 57, 85]]}
    assert (placed["left"], placed["top"], placed["path"]) == (8, 7, moved["path"])
    assert outline == "M 10 20 Q 30 40 35 50 L 60 80"


def test_the_nearest_stroke_is_found_between_points_and_beyond_ends(modules: ModulePage) -> None:
    places = [[50, 29], [50, 31], [200, 12], [92, 70.5], [0, 0]]
    code = "return [...given[1].map(([x, y]) => m.nearestStroke(given[0], x, y)), m.nearestStroke([], 1, 1)]"
    assert modules.run(PATHS, code, [LINES, places]) == [0, 1, 0, 2, 0, -1]


def test_a_stroke_s_middle_stays_on_the_canvas(modules: ModulePage) -> None:
    wishes = [{"right": 500, "down": -500}, {"right": -500, "down": 500}, {"right": 2.6, "down": -2.6}]
    code = "return given[1].map(by => m.kept(given[0], by, 280))"
    # The middle is at 35, 50.
    assert modules.run(PATHS, code, [STROKE, wishes]) == [
        {"right": 245, "down": -50},
        {"right": -35, "down": 230},
        {"right": 3, "down": -3},
    ]


def test_painted_strokes_are_white_on_black_at_any_size(modules: ModulePage) -> None:
    code = """
        const canvas = document.createElement("canvas")
        canvas.width = canvas.height = 28
        const context = canvas.getContext("2d")
        m.paintStrokes(context, 28, [{ stroke: "#fff", strokeWidth: 40, path: [["M", 0, 140], ["L", 280, 140]] }], 280)
        const grey = (x, y) => [...context.getImageData(x, y, 1, 1).data]
        return [grey(14, 14), grey(14, 11), grey(14, 16)]"""
    assert modules.run(PATHS, code) == [[255] * 4, [0, 0, 0, 255], [0, 0, 0, 255]]


def run(modules: ModulePage, code: str) -> Any:
    setup = """
        document.body.innerHTML = "<div id=sheet style='position: relative; width: 560px; height: 560px'></div>"
        const told = []
        const mover = new m.StrokeMover(document.querySelector("#sheet"), 280, {
            moving: strokes => told.push(["moving", strokes.map(({ path }) => path[0].slice(1))]),
            lifted: strokes => told.push(["lifted", strokes.map(({ path }) => path[0].slice(1))]),
        })
        mover.element.style.cssText = "position: absolute; inset: 0; width: 100%; height: 100%"
        mover.element.setPointerCapture = () => {}
        const { left, top } = document.querySelector("#sheet").getBoundingClientRect()
        const happens = (name, x, y, more = {}) => mover.element.dispatchEvent(new PointerEvent(name, {
            clientX: left + 2 * x, clientY: top + 2 * y, isPrimary: true, pointerType: "mouse", ...more }))
        mover.name({ strokes: "all", stroke: "{number} of {count}" })
        mover.show(given)
    """
    return modules.run("drawing_canvas/stroke_mover.js", setup + code, LINES)


def test_a_drag_is_told_at_each_step_and_once_at_its_end(modules: ModulePage) -> None:
    told = run(
        modules,
        """happens("pointerdown", 50, 14); happens("pointermove", 57, 11); happens("pointermove", 57, 11)
        happens("pointerup", 57, 11); happens("pointermove", 90, 90)
        return told""",
    )
    there = [[7, 7], [0, 50], [90, 90]]
    assert told == [["moving", there], ["lifted", there]]


def test_a_press_without_a_drag_changes_nothing(modules: ModulePage) -> None:
    assert run(modules, """happens("pointerdown", 50, 14); happens("pointerup", 50, 14); return told""") == []


def test_another_button_or_finger_takes_no_stroke(modules: ModulePage) -> None:
    code = """happens("pointerdown", 50, 14, { button: 2 }); happens("pointerdown", 50, 14, { isPrimary: false })
        happens("pointermove", 90, 60); return [told, mover.held]"""
    assert run(modules, code) == [[], None]


def test_the_stroke_that_would_be_moved_is_lit(modules: ModulePage) -> None:
    code = """const lit = () => mover.pieces.map(piece => piece.classList.contains("lit"))
        happens("pointermove", 50, 45); const over = lit()
        happens("pointerleave", 0, 0); return [over, lit()]"""
    assert run(modules, code) == [[False, True, False], [False] * 3]


def test_a_held_key_moves_on_and_lifts_once(modules: ModulePage) -> None:
    told, names = run(
        modules,
        """const piece = mover.pieces[2]
        const key = (name, key) => piece.dispatchEvent(new KeyboardEvent(name, { key, bubbles: true }))
        key("keydown", "ArrowUp"); key("keydown", "ArrowUp"); key("keydown", "a"); key("keyup", "ArrowUp")
        const names = mover.pieces.map(one => one.getAttribute("aria-label"))
        return [told.map(([name, paths]) => [name, paths[2]]), names]""",
    )
    assert told == [["moving", [90, 85]], ["moving", [90, 80]], ["lifted", [90, 80]]]
    assert names == ["1 of 3", "2 of 3", "3 of 3"]
