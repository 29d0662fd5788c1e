"""Networks side by side, module by module: answers, quarters, and what is shown of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.components.compare import Answers
from explorer.components.compare.packing import packed
from explorer.perturbing import ARRANGEMENTS
from explorer.text import Say
from tests.browser.modules import ModulePage, module_page, modules

__all__ = ["module_page", "modules"]

WORDS = Say().section("compare_words")
SIDE, STOPS = 4, 5
NAMES = ["ash", "birch", "cedar"]
SCORES = np.zeros((2, STOPS, len(NAMES)), np.float32)
SCORES[0] = [[0.1, 0.7, 0.2], [0.6, 0.3, 0.1], [0.9, 0.1, 0.0], [0.55, 0.45, 0.0], [0.3, 0.2, 0.5]]
SCORES[1] = [[0.2, 0.3, 0.9], [0.2, 0.3, 0.9], [0.8, 0.1, 0.2], [0.9, 0.1, 0.2], [0.9, 0.1, 0.2]]
DOUBTED = np.array([[0, 0, 0, 1, 0], [0, 0, 0, 0, 0]], np.uint8)
PICTURES = np.random.default_rng(3).integers(0, 256, (STOPS, SIDE, SIDE)).astype(np.float32) / np.float32(255)
ROWS = [
    {"name": "one", "kind": "CNN", "training": "MNIST only", "measure": "probability", "on": True},
    {"name": "two", "kind": "Capsules", "training": "MNIST only", "measure": "length", "on": True},
    {"name": "three", "kind": "Gates", "training": "MNIST only", "measure": "probability", "on": False},
]


def given(varied: str = "rotation", **changes: Any) -> dict[str, Any]:
    """As component.py would send it."""
    parts = varied == "parts"
    return {
        "subject": "one",
        "packed": packed(Answers(PICTURES, (True,) * 4 + (False,), SCORES, DOUBTED)),
        "side": SIDE,
        "kinds": ["rotation", "hidden", "parts"],
        "amounts": {"rotation": {"stop": 2, "neutral": 2}, "hidden": {"stop": 1, "neutral": 0}},
        "sizes": [0, 2, 4],
        "arrangements": list(ARRANGEMENTS.values())[: STOPS - 1],
        "quarters": [[1, 3], [0, 0], [2, 0], [3, 0]] if parts else [[0, 0], [1, 0], [2, 0], [3, 0]],
        "at": [0.5, 0.5],
        "varied": varied,
        "neutral": 0 if parts else 2,
        "renormalised": False,
        "words": WORDS,
        "palette": {},
        "stop": 4 if parts else 2,
        "labels": ["a", "b", "c", "d", "own"] if parts else ["-20°", "-10°", "0°", "+10°", "+20°"],
        "settings": {"rotation": "0°", "hidden": "2 px", "parts": "in place"},
        "classes": NAMES,
        "wanted": 0,
        "rows": ROWS,
        "ranges": [[1, 3], [2, 4]],
        "finding": "Who says ash longest?",
        "reason": "The digit: ash.",
    } | changes


VIEW = """
    document.body.innerHTML = "<div class=compare></div>"
    const root = document.querySelector(".compare")
    const sent = []
    const view = new m.Compare(root)
    const send = setting => sent.push(JSON.parse(JSON.stringify(setting)))
    const show = async data => view.update({ ...data, answers: await m.answersOf(data), send })
    await show(given)
    const all = selector => [...root.querySelectorAll(selector)]
    const texts = selector => all(selector).map(one => one.textContent)
    const slider = () => root.querySelector("input")
    const slide = (stop, ...events) => {
        slider().value = stop
        events.forEach(name => slider().dispatchEvent(new Event(name)))
    }
    const press = (element, key) => element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }))
    const click = name => root.querySelector(`[data-name="${name}"]`).click()
"""
FILES = "compare/compare.js compare/answers.js"


def test_answers_are_unpacked_as_they_were_packed(modules: ModulePage) -> None:
    code = """
        const { pictures, at } = await m.answersOf(given)
        const told = [0, 1].map(n => given.labels.map((_, a) => at(n, a)).map(({ said, unsure }) => [said, unsure]))
        const looks = [3, 4].map(a => m.lookOf(at(0, a), 0))
        return [pictures.map(picture => [...picture]), told, at(0, 3).score, ...looks]"""
    pictures, told, score, unsure, nothing = modules.run("compare/answers.js", code, given())
    np.testing.assert_allclose(pictures, PICTURES.reshape(STOPS, -1), atol=1e-6)
    assert told[0] == [[1, False], [0, False], [0, False], [0, True], [None, True]]
    assert told[1] == [[2, False], [2, False], [0, False], [0, False], [None, True]]
    assert (round(score, 4), unsure, nothing) == (0.55, "yes unsure", "none")


def test_equal_answers_beside_each_other_are_one_run(modules: ModulePage) -> None:
    code = """
        const answer = (said, unsure = false) => ({ said, unsure })
        const runs = m.runsOf([answer(4), answer(4), answer(4, true), answer(9), answer(4)])
        return runs.map(({ first, last, answer }) => [first, last, answer.said, answer.unsure])"""
    runs = modules.run("compare/answers.js", code)
    assert runs == [[0, 1, 4, False], [2, 2, 4, True], [3, 3, 9, False], [4, 4, 4, False]]


def test_quarters_are_swapped_turned_and_shuffled(modules: ModulePage) -> None:
    code = """
        const start = [[0, 0], [1, 0], [2, 3], [3, 0]]
        const drawn = [0.9, 0.1, 0.6, 0.99, 0.3, 0.5, 0.0]
        const made = m.shuffled(start, () => drawn.shift())
        return [m.swapped(start, 0, 3), m.turned(start, 2), start, made, m.alike(m.turned(start, 0), start),
                ["ArrowDown", "ArrowRight", "ArrowUp", "x"].map(key => m.neighbour(1, key))]"""
    swapped, turned, start, made, alike, beside = modules.run("compare/quarters.js", code)
    assert swapped == [[3, 0], [1, 0], [2, 3], [0, 0]]
    assert turned == [[0, 0], [1, 0], [2, 0], [3, 0]]
    assert start == [[0, 0], [1, 0], [2, 3], [3, 0]]
    assert sorted(part for part, _ in made) == [0, 1, 2, 3]
    assert not alike
    assert beside == [3, None, None, None]


def test_dragging_shows_every_answer_and_is_told_once_it_ends(modules: ModulePage) -> None:
    code = f"""{VIEW}
        const seen = () => [texts(".answer"), texts(".score b"), root.querySelector(".value").textContent]
        const first = seen()
        slide(3, "input"); const second = [seen(), sent.length]
        slide(0, "input", "change")
        const count = root.querySelector(".count").textContent
        return [first, second, seen(), sent, count, slider().getAttribute("aria-valuetext")]"""
    first, second, third, sent, count, told = modules.run(FILES, code, given())
    assert first == [["ash", "ash"], ["0.90", "0.80"], "0°"]
    assert second == [[["ash?", "ash"], ["0.55", "0.90"], "+10°"], 0]
    assert third == [["birch", "cedar"], ["0.70", "0.90"], "-20°"]
    assert [(one["varied"], one["amounts"], one["beside"]) for one in sent] == [
        ("rotation", {"rotation": 0, "hidden": 1}, None)
    ]
    assert count == "-20°: 0 of 2 networks say ash, 0 of them without doubt."
    assert told == "-20°"


def test_curves_and_strips_show_the_whole_range(modules: ModulePage) -> None:
    code = f"""{VIEW}
        const strip = all(".strip")[0].children
        const runs = [...strip].map(run => [run.className, run.style.left, run.style.width])
        return [root.querySelector(".curve").getAttribute("d"), runs,
                all(".chart")[1].getAttribute("aria-label"), root.querySelector(".ground").getAttribute("x")]"""
    line, strip, label, ground = modules.run(FILES, code, given())
    places = [float(point.split()[1]) for point in line.replace("M", "").split("L")]
    np.testing.assert_allclose(
        [1 - y / 100 for y in places], SCORES[0, :4, 0], atol=1e-4
    )  # nothing is left at the last
    assert strip == [
        ["no", "0%", "12.5%"],
        ["yes", "12.5%", "50%"],
        ["yes unsure", "62.5%", "25%"],
        ["none", "87.5%", "12.5%"],
    ]
    expected = "Score of ash, and the answers: cedar from -20° to -10°, ash from 0° to +10°, – from +20° to +20°"  # noqa: RUF001
    assert label == expected
    assert ground == "1"


def test_nothing_left_is_said(modules: ModulePage) -> None:
    code = f"""{VIEW}
        slide(4, "input")
        return [texts(".answer"), texts(".score b"), root.querySelector(".count").textContent]"""
    assert modules.run(FILES, code, given()) == [[WORDS["nothing"]] * 2, ["", ""], WORDS["empty"]]


def test_keys_and_buttons_say_what_is_wanted(modules: ModulePage) -> None:
    code = f"""{VIEW}
        press(root.querySelector('[role=radio][aria-checked=true]'), "ArrowRight")
        all(".frames button")[1].click()
        click("network-2"); click("network-0")
        const square = root.querySelector(".square")
        press(square, "ArrowDown")
        const shown = [square.hidden, square.style.width, texts(".kinds small")]
        click("back")
        return [sent, ...shown, root.ariaBusy]"""
    sent, hidden, width, small, busy = modules.run(FILES, code, given())
    assert [one["varied"] for one in sent] == ["hidden"] * len(sent)
    assert sent[1]["renormalised"] is True
    assert [sent[2]["beside"], sent[3]["beside"]] == [["one", "two", "three"], ["two"]]
    assert sent[4]["at"] == [0.75, 0.5]
    assert (sent[5]["amounts"], sent[5]["at"]) == ({"rotation": 2, "hidden": 0}, [0.5, 0.5])
    assert (hidden, width, busy, small) == (False, "50%", "true", ["2 px"])


def test_the_last_network_cannot_be_switched_off(modules: ModulePage) -> None:
    rows = [ROWS[0] | {"on": True}, *(row | {"on": False} for row in ROWS[1:])]
    alone = packed(Answers(PICTURES, (True,) * STOPS, SCORES[:1], DOUBTED[:1]))
    code = f"""{VIEW} click("network-0"); return [sent.length, all(".row").length]"""
    assert modules.run(FILES, code, given(rows=rows, packed=alone, ranges=[None])) == [0, 1]


def test_what_the_server_repeats_leaves_a_drag_alone(modules: ModulePage) -> None:
    code = f"""{VIEW}
        slide(3, "input")
        const before = slider()
        await show({{ ...given, settings: {{ ...given.settings, hidden: "4 px" }} }})
        const same = before === slider()
        const kept = [slider().value, texts(".kinds small")]
        root.querySelector(".square").focus()
        await show({{ ...given, subject: "two" }})
        return [same, ...kept, slider().value, document.activeElement.className]"""
    assert modules.run(FILES, code, given()) == [True, "3", ["4 px"], "2", "square"]


def test_playing_goes_over_all_stops_and_back(modules: ModulePage) -> None:
    code = f"""{VIEW}
        const seen = []
        const watch = new MutationObserver(() => seen.push(root.querySelector(".value").textContent))
        watch.observe(root.querySelector(".value"), {{ childList: true }})
        click("play")
        while (!sent.length) await new Promise(requestAnimationFrame)
        await null
        return [seen, sent.length, slider().value, root.querySelector("[data-name=play]").textContent]"""
    seen, told, stop, name = modules.run(FILES, code, given())
    assert seen == ["-20°", "-10°", "0°", "+10°", "+20°", "0°"]
    assert (told, stop, name) == (1, "2", WORDS["play"])


def test_parts_are_chosen_swapped_and_turned(modules: ModulePage) -> None:
    code = f"""{VIEW}
        const cells = () => all(".board button")
        const first = [texts(".answer"), root.querySelector(".count").textContent, texts(".cells .here b")]
        all(".arrangements button")[1].click()
        press(cells()[0], "ArrowDown")
        press(cells()[3], "r")
        cells()[1].click()
        return [first, sent.map(({{ quarters }}) => quarters), cells()[0].getAttribute("aria-label"), root.ariaBusy]"""
    (answers, count, here), sent, label, busy = modules.run(FILES, code, given("parts"))
    assert (answers, here) == ([WORDS["nothing"]] * 2, [WORDS["nothing"]] * 2)
    assert count == WORDS["empty"]
    assert sent[0] == [[2, 0], [3, 0], [0, 0], [1, 0]]  # a ready arrangement
    assert sent[1] == [[0, 0], [3, 0], [2, 0], [1, 0]]
    assert sent[2][3] == [1, 1]
    assert sent[3][1] == [3, 1]
    assert label.startswith("At the top left: the quarter from the ")
    assert busy == "true"


@pytest.mark.parametrize(("start", "end", "expected"), [(0, 3, [3, 1, 2, 0]), (1, 1, None)])
def test_a_quarter_is_dragged_onto_another_or_tapped(
    modules: ModulePage, start: int, end: int, expected: list[int] | None
) -> None:
    code = f"""{VIEW}
        const css = await (await fetch("/compare/component.css")).text()
        document.head.append(Object.assign(document.createElement("style"), {{ textContent: css }}))
        const cells = all(".board button")
        const middle = place => {{
            const {{ left, top, width, height }} = cells[place].getBoundingClientRect()
            return {{ clientX: left + width / 2, clientY: top + height / 2 }}
        }}
        const [from, to] = START_END
        const say = (name, at) => cells[from].dispatchEvent(new PointerEvent(name, {{ ...middle(at), buttons: 1 }}))
        cells[from].setPointerCapture = () => {{}}
        say("pointerdown", from); if (from !== to) say("pointermove", to); say("pointerup", to)
        return sent.map(({{ quarters }}) => quarters)"""
    sent = modules.run(
        FILES, code.replace("START_END", str([start, end])), given("parts", quarters=[[0, 0], [1, 0], [2, 0], [3, 1]])
    )
    if expected is None:
        assert sent == [[[0, 0], [1, 1], [2, 0], [3, 1]]]  # turned
    else:
        assert [part for part, _ in sent[0]] == expected
        assert sent[0][0] == [3, 1]
