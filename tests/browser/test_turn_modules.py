"""The digit turned, module by module: pictures, what is found, the order of readings, and what is shown of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.text import Say
from explorer.turning import ANGLES, rotated
from tests.browser.modules import ModulePage, module_page, modules

__all__ = ["module_page", "modules"]

FINDINGS = "turn/findings.js"
WORDS = Say().section("turn")
MINUS = "\N{MINUS SIGN}"
NAMES = ["boot", "coat", "bag"]


@pytest.mark.parametrize("size", [28, 13])
def test_pictures_are_turned_as_by_python(modules: ModulePage, size: int) -> None:
    image = np.random.default_rng(size).random((size, size), np.float32)
    code = "return given[2].map(angle => [...m.rotated(Float32Array.from(given[0]), given[1], angle)])"
    turned = modules.run("turn/rotation.js", code, [image.ravel().tolist(), size, [*ANGLES, 90, -90, 180]])
    expected = [rotated(image, angle).ravel() for angle in (*ANGLES, 90, -90, 180)]
    np.testing.assert_allclose(turned, expected, atol=1e-5)  # two 255ths would be allowed
    np.testing.assert_array_equal(np.array(turned[ANGLES.index(0)], np.float32), image.ravel())


def test_right_angles_move_whole_pixels_clockwise(modules: ModulePage) -> None:
    code = "return [90, -90].map(angle => [...m.rotated(Float32Array.of(1, 2, 3, 4), 2, angle)])"
    assert modules.run("turn/rotation.js", code) == [[3, 1, 4, 2], [2, 4, 1, 3]]


def plain(text: str) -> str:
    """With hyphens in place of true minus signs."""
    return text.replace(MINUS, "-")


def said(modules: ModulePage, own: list[float], other: list[float], poses: list[list[float]] | None = None) -> Any:
    """The sentence on five readings, -10° to +10°, of a first and a second capsule."""
    turning = {
        "angles": [-10, -5, 0, 5, 10],
        "lengths": [[first, second, 0.01] for first, second in zip(own, other, strict=True)],
        "poses": poses or [[0.0, 0.5]] * 5,
    }
    return plain(modules.run(FINDINGS, "return m.sentenceOf(...given)", [turning, 0, NAMES, WORDS]))


def test_a_length_that_stays_everywhere(modules: ModulePage) -> None:
    sentence = said(modules, [0.51, 0.9, 0.95, 0.9, 0.6], [0.1] * 5)
    assert sentence == (
        "From -10° to +10°, capsule boot stays longer than 0.5. It does not break. Meanwhile its numbers hardly change."
    )


def test_a_length_that_breaks_where_another_is_longer_and_numbers_that_slide(modules: ModulePage) -> None:
    poses = [[0.9, 0.0], [0.1, 0.3], [0.0, 0.3], [-0.1, 0.05], [-0.9, 0.3]]  # at the ends nothing is kept
    sentence = said(modules, [0.2, 0.9, 0.95, 0.6, 0.4], [0.1, 0.1, 0.1, 0.3, 0.7], poses)
    assert sentence == (
        "From -5° to +5°, capsule boot stays longer than 0.5. At -10° it breaks: it is only 0.20 long, though still "
        "the longest. Meanwhile its numbers change: number 2 by 0.25, number 1 by 0.20."
    )


def test_the_nearer_end_is_told(modules: ModulePage) -> None:
    sentence = said(modules, [0.9, 0.9, 0.95, 0.4, 0.9], [0.1, 0.1, 0.1, 0.7, 0.1])
    assert "From -10° to 0°, capsule boot" in sentence
    assert "At +5° it breaks: capsule coat is longest, 0.70, and boot is only 0.40." in sentence


def test_a_length_that_is_long_upright_only(modules: ModulePage) -> None:
    sentence = said(modules, [0.9, 0.4, 0.95, 0.3, 0.9], [0.1] * 5)
    assert sentence.startswith("Capsule boot is longer than 0.5 upright, but not at the angles next to it. At -5° it")
    assert "numbers" not in sentence


def test_a_length_that_is_short_upright(modules: ModulePage) -> None:
    sentence = said(modules, [0.9, 0.9, 0.5, 0.9, 0.91], [0.1] * 5)
    assert sentence == (
        "Upright, capsule boot is only 0.50 long: there is no length to keep. It is longest at +10°, with 0.91."
    )


def test_angles_are_read_from_the_upright_picture_outwards(modules: ModulePage) -> None:
    rings = modules.run(
        "turn/readings.js", "return m.ringsOf(given).map(ring => ring.map(at => given[at]))", list(ANGLES)
    )
    assert rings[:3] == [[0], [-5, 5], [-10, 10]]
    assert sorted(angle for ring in rings for angle in ring) == list(ANGLES)


READINGS = """
    const asked = []
    let ready = true
    const ask = async question => {
        asked.push(question)
        if (!ready) return null
        if (question.decode) return question.decode.poses.map(pose => Float32Array.of(pose[0]))
        return question.images.map(image => ({
            lengths: Float32Array.of(0.1, image[0]), poses: Float32Array.of(0, 0, 0, image[0], 7, 8) }))
    }
    const grown = []
    const readings = new m.Readings(ask, [-5, 0, 5], turning => grown.push(turning.lengths.filter(Boolean).length))
    const question = { image: Float32Array.of(0.25), size: 1, capsule: 1, iterations: 3 }
    const later = () => new Promise(done => setTimeout(done))
"""


def test_all_is_read_of_the_capsule_and_told_as_it_comes(modules: ModulePage) -> None:
    code = f"""{READINGS}
        let found
        const all = new m.Readings(ask, [-5, 0, 5], turning => (found = turning))
        const done = await all.begin(question)
        return [done, found.poses.map(pose => [...pose]), found.drawn.map(picture => [...picture]), asked.length,
                asked[0].iterations, await readings.begin(question), grown]"""
    done, poses, drawn, asked, iterations, again, grown = modules.run("turn/readings.js", code)
    assert (done, again, asked, iterations) == (True, True, 4, 3)
    assert poses == [[0.25, 7, 8]] * 3
    assert drawn == [[0.25]] * 3
    assert grown == [1, 3]


def test_the_pen_comes_first(modules: ModulePage) -> None:
    code = f"""{READINGS}
        readings.pause(true); readings.pause(true)
        const all = readings.begin(question); await later()
        const before = asked.length
        readings.pause(false)
        return [before, await all, grown]"""
    assert modules.run("turn/readings.js", code) == [0, True, [1, 3]]


def test_another_picture_or_a_network_that_went_away_ends_it(modules: ModulePage) -> None:
    code = f"""{READINGS}
        const first = readings.begin(question), second = readings.begin(question)
        const both = [await first, await second, grown.splice(0)]
        ready = false
        return [...both, await readings.begin(question), grown]"""
    assert modules.run("turn/readings.js", code) == [False, True, [1, 3], False, []]


VIEW = """
    document.body.innerHTML = "<div class=turn></div>"
    const root = document.querySelector(".turn")
    const angles = [-10, -5, 0, 5, 10]
    let ready = given.ready
    const ask = async question => {
        if (!ready) return null
        if (question.decode) return question.decode.poses.map(() => new Float32Array(9))
        if (!question.images) return true
        return question.images.map(image => ({
            lengths: Float32Array.of(image[1], 0.3, 0.1), poses: Float32Array.of(image[1], -image[1], 0, 0, 0, 0) }))
    }
    const sent = []
    const view = new m.Turn(root, ask)
    const image = Float32Array.of(0, 1, 0, 0, 1, 0, 0, 1, 0)
    const data = { subject: "one", image, side: 3, capsule: 0, classes: ["boot", "coat", "bag"], iterations: 2, angles,
                   pose: 2, words: given.words, read: null, send: (...all) => sent.push(all) }
    const later = () => new Promise(done => setTimeout(done, 20))
    const slider = () => root.querySelector("input")
    const turnTo = angle => { slider().value = angle; slider().dispatchEvent(new Event("input")) }
    const dots = () => root.querySelector(".plot .dot.focus").getAttribute("d").split("M").length - 1
"""


def test_curves_hold_the_true_readings_and_the_pointer_rides_on_them(modules: ModulePage) -> None:
    code = f"""{VIEW}
        view.update(data); await later()
        turnTo(10)
        const line = root.querySelector(".plot .curve.focus").getAttribute("d")
        const told = slider().getAttribute("aria-valuetext")
        return [line, dots(), root.querySelector(".legend .focus b").textContent, told,
                [...root.querySelectorAll(".number .value")].map(one => one.textContent),
                root.querySelector(".turn figcaption").textContent, root.querySelector(".offer").hidden]"""
    line, dots, length, text, numbers, caption, hidden = modules.run(
        "turn/turn.js", code, {"ready": True, "words": WORDS}
    )
    upright = np.array([[0, 1, 0], [0, 1, 0], [0, 1, 0]], np.float32)
    true = [float(rotated(upright, angle)[0, 1]) for angle in (-10, -5, 0, 5, 10)]
    places = [(float(x), float(y)) for x, y in (point.split() for point in line.replace("M", "").split("L"))]
    np.testing.assert_allclose([x for x, _ in places], [0, 5, 10, 15, 20])
    np.testing.assert_allclose([1 - y / 100 for _, y in places], true, atol=1e-4)
    assert dots == 5
    assert length == f"{true[-1]:.2f}"
    assert text == f"+10°: capsule boot is {true[-1]:.2f} long"
    assert [plain(number) for number in numbers] == [f"+{true[-1]:.2f}", f"-{true[-1]:.2f}"]
    assert caption == "turned by +10°"
    assert hidden


def test_without_a_network_the_server_is_asked_and_what_it_reads_is_shown(modules: ModulePage) -> None:
    code = f"""{VIEW}
        view.update(data); await later()
        const offered = !root.querySelector(".offer").hidden && !root.querySelector(".said").textContent
        root.querySelector(".offer button").click()
        const read = {{ lengths: angles.map(() => [0.8, 0.2, 0.1]), poses: angles.map(() => [0.3, -0.4]),
                        drawn: angles.map(() => new Float32Array(9)) }}
        view.update({{ ...data, read }})
        turnTo(-5)
        return [offered, sent, root.querySelector(".offer").hidden, dots(), root.querySelector(".said").textContent,
                root.querySelector(".number .value").textContent]"""
    offered, sent, hidden, dots, sentence, number = modules.run("turn/turn.js", code, {"ready": False, "words": WORDS})
    assert (offered, sent, hidden, dots, number) == (True, [["read", "one"]], True, 5, "+0.30")
    assert plain(sentence).startswith("From -10° to +10°, capsule boot stays longer than 0.5. It does not break.")


def test_a_network_that_comes_late_reads_and_another_digit_is_read_anew(modules: ModulePage) -> None:
    code = f"""{VIEW}
        view.update(data); await later()
        ready = true; view.network(true); await later()
        const first = [dots(), root.querySelector(".offer").hidden]
        turnTo(-10)
        view.update({{ ...data, subject: "two", image: image.map(value => value / 2) }}); await later()
        return [...first, root.querySelector(".said").textContent, slider().value]"""
    dots, hidden, sentence, angle = modules.run("turn/turn.js", code, {"ready": False, "words": WORDS})
    assert (dots, hidden, angle) == (5, True, "-10")
    assert sentence.startswith("Upright, capsule boot is only 0.50 long")


def test_what_is_known_stays_until_it_is_read_more_exactly(modules: ModulePage) -> None:
    code = f"""{READINGS}
        const seen = []
        const again = new m.Readings(ask, [-5, 0, 5], ({{ lengths }}) => seen.push(lengths.map(all => all[1])))
        await again.begin(question, {{ lengths: [[0, 9], [0, 9], [0, 9]], poses: [[], [], []], drawn: [[], [], []] }})
        return seen"""
    assert modules.run("turn/readings.js", code) == [[9, 0.25, 9], [0.25, 0.25, 0.25]]
