"""Annotated code in an empty page: lines that are pointed at, the race that is joined, and where the note stands."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from capsnet import routing
from explorer.annotations import ANNOTATED, Looked, lines_of
from explorer.components.annotated_code import Note
from explorer.components.annotated_code.component import part
from explorer.reading import CapsuleReading
from explorer.text import Say
from tests.browser.modules import ModulePage, module_page, modules
from tests.explorer.routed import random_votes, routed

__all__ = ["module_page", "modules"]
MODULES = "annotated_code/annotated_code.js shared/messages.js"
LOOK = Looked(iteration=1, digit=2, rival=7, primary=41)
SHOWN = """
    const root = document.body.appendChild(document.createElement("div"))
    const code = new m.AnnotatedCode(root)
    const moments = [], chosen = []
    m.onMessage(m.MOMENT, moment => moments.push(moment))
    code.chosen = iteration => chosen.push(iteration)
    code.show(given)
    const all = selector => [...root.querySelectorAll(selector)]
    const one = selector => root.querySelector(selector)
    const mark = name => all(".mark").find(row => row.textContent.includes(name))
    const lit = () => all(".mark[aria-current]").map(row => row.querySelector("code").textContent.trim().split(" ")[0])
    const pressed = () => all(".steps [aria-pressed=true]").map(button => button.textContent)
    const now = () => all(".now p").map(line => line.textContent)
    const frames = count => new Promise(done => {
        const next = left => (left ? requestAnimationFrame(() => next(left - 1)) : done())
        next(count)
    })
"""


@pytest.fixture(scope="module")
def reading() -> CapsuleReading:
    """R = 4, I = 105, J = 11."""
    return routed(random_votes())


def given(reading: CapsuleReading) -> dict[str, Any]:
    """What the browser gets of routing_steps; the numbers of a line are all its values, with three decimals."""
    found = ANNOTATED["routing_steps"]
    notes = [
        Note(number, annotation, annotation.name, "", "", lambda values: " ".join(f"{x:.3f}" for x in values.values()))
        for number, annotation in found.by_number.items()
    ]
    more = {"whole": False, "words": Say().section("code_words"), "classes": list(reading.classes)}
    return part(reading, LOOK, [*lines_of(found.source), None], notes) | more


def test_code_is_as_it_stands_and_the_line_that_leads_is_lit(modules: ModulePage, reading: CapsuleReading) -> None:
    shown = modules.run(
        MODULES,
        SHOWN
        + """return [all(".line:not(.gap) code").map(line => line.textContent), lit(), pressed(), all(".mark").length,
            all(".gap").length, all(".mark").filter(row => row.tabIndex === 0).length, moments.length]""",
        given(reading),
    )
    text = [line.text for line in lines_of(routing.routing_steps)]
    assert shown == [text, ["couplings"], ["2"], 7, 1, 1, 0]


def test_a_line_that_is_pointed_at_has_its_numbers_and_lights_the_race(
    modules: ModulePage, reading: CapsuleReading
) -> None:
    code = (
        SHOWN
        + """
        const found = []
        for (const act of [
            () => mark("sums = einsum").dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse" })),
            () => mark("poses = squash").focus(),
            () => mark("agreements = einsum").click(),
            () => mark("for _").click(),
        ]) {
            act()
            found.push([lit()[0], one(".said").textContent, now(), all(".bar").length])
        }
        return { found, moments, formula: one(".formula").firstElementChild.namespaceURI }"""
    )
    shown = modules.run(MODULES, code, given(reading))
    assert [row[:2] for row in shown["found"]] == [
        ["sums", "sums"],
        ["poses", "poses"],
        ["agreements", "agreements"],
        ["for", "repeat"],
    ]
    lengths = np.linalg.norm(reading.sums[1], axis=-1)
    assert shown["found"][1][2] == [
        f"{name}{lengths[j]:.3f} {reading.lengths[1, j]:.3f}" for name, j in (("c", 2), ("h", 7))
    ]
    assert [row[3] for row in shown["found"]][:3] == [11, 11, 11]
    look = {"iteration": 2, "focus": 2, "rival": 7, "followed": 41}
    assert shown["moments"] == [{**look, "phase": phase} for phase in "svb"]
    assert "MathML" in shown["formula"]


def test_it_goes_where_the_race_goes_and_says_nothing_back(modules: ModulePage, reading: CapsuleReading) -> None:
    code = (
        SHOWN
        + """
        const seen = [["c", 1], ["s", 3], ["b", 4], ["v", 1]].map(([phase, iteration]) => {
            m.broadcast(m.MOMENT, { iteration, phase, focus: 2, rival: 7, followed: 41 })
            return [lit(), pressed()]
        })
        mark("logits = logits").click()  // of the phase b, which another line leads
        m.broadcast(m.MOMENT, { iteration: 3, phase: "b", focus: 2, rival: 7, followed: 41 })
        seen.push([lit(), pressed()])
        return [seen, moments.length]"""
    )
    seen, told = modules.run(MODULES, code, given(reading))
    assert seen == [
        [["couplings"], ["1"]],
        [["sums"], ["3"]],
        [["agreements"], ["4"]],
        [["poses"], ["1"]],
        [["logits"], ["3"]],
    ]
    assert told == 6  # the five of this test, and the one line that was clicked


def test_lines_run_one_after_the_other_to_both_ends(modules: ModulePage, reading: CapsuleReading) -> None:
    code = (
        SHOWN
        + """
        const [back, on] = all(".arrow")
        const walk = []
        for (let step = 0; step < 6; step++) back.click(), walk.push(lit()[0] + pressed()[0])
        for (let step = 0; step < 17; step++) on.click()
        walk.push(lit()[0] + pressed()[0])
        all(".steps button")[2].click()
        return [walk, pressed(), chosen.at(-1)]"""
    )
    walk, pressed, chosen = modules.run(MODULES, code, given(reading))
    assert walk == ["agreements1", "poses1", "sums1", "couplings1", "couplings1", "couplings1", "agreements4"]
    assert (pressed, chosen) == (["2"], 2)


def test_arrow_keys_go_from_line_to_line(modules: ModulePage, reading: CapsuleReading) -> None:
    code = (
        SHOWN
        + """
        mark("couplings =").focus()
        const press = key => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }))
        const walk = ["ArrowDown", "ArrowDown", "ArrowUp"].map(key => (press(key), lit()[0]))
        return [walk, document.activeElement === all(".mark[aria-current]")[0]]"""
    )
    assert modules.run(MODULES, code, given(reading)) == [["sums", "poses", "sums"], True]


def test_on_a_narrow_page_the_note_stands_below_its_line(modules: ModulePage, reading: CapsuleReading) -> None:
    code = (
        SHOWN
        + """
        const beside = one(".aside .note") !== null
        root.style.width = "390px"
        await frames(3)
        mark("sums =").dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse" }))
        const below = [one(".note").previousElementSibling === mark("couplings ="), lit()]
        mark("sums =").click()
        below.push(one(".note").previousElementSibling === mark("sums ="))
        root.style.width = "800px"
        await frames(3)
        return [beside, below, one(".aside .note") !== null]"""
    )
    assert modules.run(MODULES, code, given(reading)) == [True, [True, ["couplings"], True], True]


def test_numbers_are_faint_while_the_pen_moves_and_new_ones_keep_the_line(
    modules: ModulePage, reading: CapsuleReading
) -> None:
    code = (
        SHOWN
        + """
        mark("poses =").click()
        const before = now()
        const faint = () => one(".note").classList.contains("stale")
        m.broadcast(m.READING, { winner: 1 })
        const seen = [faint()]
        m.broadcast(m.READING, null)
        seen.push(faint())
        code.show({ ...given, look: { ...given.look, focus: 7, rival: 2 },
            notes: given.notes.map(note => ({ ...note, now: note.now.map(lines => [...lines].reverse()) })) })
        code.end()
        m.broadcast(m.MOMENT, { iteration: 1, phase: "c", focus: 2, rival: 7, followed: 41 })
        return [seen, lit(), before, now().reverse()]"""
    )
    faint, lit, before, after = modules.run(MODULES, code, given(reading))
    assert (faint, lit) == ([True, False], ["poses"])
    assert before == after
