"""One primary capsule by hand, in an empty page: its numbers against NumPy's, as they are printed, and dragged."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.components.by_hand import Looked
from explorer.components.by_hand.component import part
from explorer.measures.couplings import rounded_shares
from explorer.palette import LIGHT
from explorer.reading import CapsuleReading, read
from explorer.text import Say
from tests.browser.modules import FOLDER, ModulePage, module_page, modules
from tests.capsnet.samples import CLASSES, CONFIG, small_model

__all__ = ["module_page", "modules"]
MODULES = " ".join(f"by_hand/{name}.js" for name in ("part", "subject", "plane", "printed", "layout", "by_hand"))
FOLLOWED = 2 * 25 + 3 * 5 + 1
BETA = 3.0
MINUS = "\N{MINUS SIGN}"
MODEL = small_model(replace(CONFIG, inverse_temperature=BETA), votes=30)


def reading(iterations: int = 4, seed: int = 3) -> CapsuleReading:
    """A random picture, routed; I = 75, J = 5, D = 11, P = 7."""
    return read(MODEL, np.random.default_rng(seed).random((13, 13), dtype=np.float32), iterations)


def given(found: CapsuleReading, **looked: int) -> dict[str, Any]:
    """What the browser gets."""
    at = Looked(**({"iteration": 2, "focus": 3, "rival": 1, "followed": FOLLOWED} | looked))
    more = {"network": "n", "words": Say().section("by_hand"), "palette": LIGHT.css_variables()}
    return {**part(found, at), **more, "classes": list(found.classes)}


def test_agreements_logits_and_couplings_are_those_of_the_network(modules: ModulePage) -> None:
    found = reading()
    code = """
        const { votes, poses } = m.servedSubject(given)
        return m.partOf(votes.map(vote => [...vote]), poses, given.inverseTemperature)"""
    worked_out = modules.run(MODULES, code, given(found))
    np.testing.assert_allclose(worked_out["agreements"], found.agreements[:, FOLLOWED], atol=1e-5)
    np.testing.assert_allclose(worked_out["logits"][:-1], found.logits[:, FOLLOWED], atol=1e-5)
    np.testing.assert_allclose(worked_out["couplings"][:-1], found.couplings[:, FOLLOWED], atol=1e-5)
    assert np.ptp(found.couplings[-1, FOLLOWED]) > 0.05  # there is something to see
    assert np.sum(worked_out["couplings"], axis=1) == pytest.approx([1] * 5, abs=1e-12)
    more = reading(5)
    np.testing.assert_allclose(worked_out["couplings"][-1], more.couplings[-1, FOLLOWED], atol=1e-5)


def test_lengths_and_angles_are_numpys_and_the_plane_gives_the_vote_back(modules: ModulePage) -> None:
    found = reading()
    code = """
        const { votes, poses } = m.servedSubject(given)
        return votes.map((vote, j) => {
            const plane = m.planeOf(vote, poses[2][j])
            return [plane.voteLength, plane.poseLength, plane.angle, m.voteAt(plane, plane.x, plane.y)]
        })"""
    for j, (vote_length, pose_length, angle, again) in enumerate(modules.run(MODULES, code, given(found))):
        vote, pose = (x.astype(np.float64) for x in (found.votes[FOLLOWED, j], found.poses[2, j]))
        lengths = np.linalg.norm(vote), np.linalg.norm(pose)
        assert (vote_length, pose_length) == pytest.approx(lengths, rel=1e-9)
        assert angle == pytest.approx(math.degrees(math.acos(vote @ pose / math.prod(lengths))), abs=1e-6)
        np.testing.assert_allclose(again, vote, atol=1e-12)


def test_planes_of_vectors_without_a_direction(modules: ModulePage) -> None:
    code = """
        const seen = ({ x, y, angle, along, across }) => [x, y, angle, m.dot(across, across), m.dot(along, across)]
        return [
            m.planeOf([0, 3, 4], [0, 0, 0]), m.planeOf([0, 0, 0], [0, 2, 0]), m.planeOf([0, -5, 0], [0, 2, 0]),
            m.planeOf([0, 5, 0], [0, 2, 0], [0, 1, 7]), m.planeOf([0, 0, 0], [0, 0, 0])].map(seen)"""
    nothing, silent, opposed, turned, empty = modules.run(f"{MODULES} by_hand/part.js", code)
    assert nothing == pytest.approx([0, 5, None, 1, 0])
    assert silent == pytest.approx([0, 0, None, 1, 0])
    assert opposed == pytest.approx([-5, 0, 180, 1, 0])
    assert turned == pytest.approx([5, 0, 0, 1, 0])
    assert empty == pytest.approx([0, 0, None, 1, 0])


def test_products_are_what_comes_of_the_printed_factors(modules: ModulePage) -> None:
    rng = np.random.default_rng(11)
    factors = np.stack([rng.exponential(2, 2003), rng.random(2003), rng.uniform(0, 180, 2003)], axis=1).tolist()
    printed = modules.run(MODULES, "return given.map(factors => m.printedProduct(...factors))", factors)
    for (vote, pose, angle), found in zip(factors, printed, strict=True):
        for text, true in ((found["vote"], vote), (found["pose"], pose), (found["angle"], angle)):
            digits = len(text.partition(".")[2])
            assert abs(float(text) - true) <= 0.5 * 10**-digits + 1e-9
        product = float(found["vote"]) * float(found["pose"]) * math.cos(math.radians(float(found["angle"])))
        assert abs(product - found["agreement"]) <= 0.005 + 1e-9
        assert abs(vote * pose * math.cos(math.radians(angle)) - found["agreement"]) <= 0.005 + 1e-9
    counts = [sum(len(found[name].partition(".")[2]) for name in ("vote", "pose", "angle")) for found in printed]
    assert np.mean(counts) < 6


def test_printed_shares_sum_to_one(modules: ModulePage) -> None:
    shares = np.random.default_rng(5).dirichlet(np.full(7, 0.3), 53)
    printed = modules.run(MODULES, "return given.map(shares => m.printedShares(shares, 3))", shares.tolist())
    for true, texts in zip(shares, printed, strict=True):
        assert sum(round(1000 * float(text)) for text in texts) == 1000
        np.testing.assert_allclose([float(text) for text in texts], rounded_shares(true.astype(np.float32), 3))


def test_arrows_lie_within_their_drawing_at_one_scale(modules: ModulePage) -> None:
    planes = [
        {"x": -3, "y": 4, "voteLength": 5, "poseLength": 0.5},
        {"x": 0.2, "y": 0.1, "voteLength": 0.22, "poseLength": 0.9},
    ]
    code = "return m.planeLayout(given, 301, 97)"
    for shown in (planes, planes[1:], [{"x": 0, "y": 0, "voteLength": 0, "poseLength": 0}]):
        found = modules.run(MODULES, code, shown)
        assert found["scale"] > 0
        for one in shown:
            for x in (one["x"], one["poseLength"], 0):
                assert 13.9 <= found["origin"] + found["scale"] * x <= 301 - 13.9
            assert found["scale"] * one["y"] <= 97 + 1e-9


def test_a_capsule_of_the_browsers_own_reading_is_the_servers(modules: ModulePage) -> None:
    found = reading()
    trace = {"primary": found.primary, "votes": found.votes, "poses": found.poses}
    argument = {
        "data": given(found),
        "image": found.image.ravel().tolist(),
        "trace": {name: numbers.ravel().tolist() for name, numbers in trace.items()},
    }
    code = """
        const trace = { ...given.trace }
        for (const name in trace) trace[name] = Float32Array.from(trace[name])
        const own = m.readSubject({ image: given.image, trace }, given.data.followed, given.data)
        const plain = value => JSON.stringify(value, (_, part) => (ArrayBuffer.isView(part) ? [...part] : part))
        return [plain(own) === plain(m.servedSubject(given.data)), [...own.patch], own.place]"""
    same, patch, place = modules.run(MODULES, code, argument)
    assert same
    assert place == {"channel": 2, "row": 3, "column": 1}
    first, step = found.places
    top, left = first + 3 * step - found.patch // 2, first + 1 * step - found.patch // 2
    seen = found.image[top : top + found.patch, left : left + found.patch]
    np.testing.assert_array_equal(np.array(patch, np.float32), seen.ravel())


BEGUN = """
    const style = document.createElement("style")
    style.textContent = given.css
    const root = document.createElement("div")
    root.className = "by-hand"
    document.body.replaceChildren(style, root)
    Object.entries(given.data.palette).forEach(([name, value]) => root.style.setProperty(name, value))
    const steps = (window.steps = [])
    const hand = (window.hand = new m.ByHand(root))
    hand.chosen = iteration => steps.push(iteration)
    hand.show(given.data)
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
"""
SEEN = "() => document.querySelector('.by-hand').innerHTML"


def begin(modules: ModulePage, data: dict[str, Any]) -> None:
    css = (FOLDER / "by_hand" / "component.css").read_text(encoding="utf-8")
    modules.run(MODULES, BEGUN, {"data": data, "css": css})


def products(modules: ModulePage) -> list[str]:
    return [product.strip() for product in modules.page.locator(".votes .result").all_text_contents()]


def shares(modules: ModulePage) -> list[float]:
    return [float(text) for text in modules.page.locator(".splits .row span").all_text_contents()]


def test_it_shows_the_readings_numbers(modules: ModulePage) -> None:
    found = reading()
    begin(modules, given(found))
    page = modules.page
    assert page.locator(".title").inner_text() == "One capsule by hand: channel 2, row 3, column 1"
    assert "Iteration 2 of 4." in page.locator("header p").inner_text()
    assert f"|u| = {np.linalg.norm(found.primary[FOLLOWED]):.2f}" in page.locator(".says .result").inner_text()
    for text, j in zip(products(modules), (3, 1), strict=True):
        assert text.startswith(f"{CLASSES[j]}: ")
        assert text.endswith(f"{found.agreements[1, FOLLOWED, j]:+.2f}".replace("-", MINUS))
    assert shares(modules) == rounded_shares(found.couplings[2, FOLLOWED], 3).tolist()
    logits = [float(text.replace(MINUS, "-")) for text in page.locator(".remembers .row span").all_text_contents()]
    assert logits == pytest.approx(found.logits[2, FOLLOWED].round(2).tolist(), abs=0.0051)
    assert page.locator(".remembers .row").first.locator(".track i:not(.zero)").count() == 2  # a block an iteration
    widths = page.eval_on_selector_all(".splits .newest", "all => all.map(bar => parseFloat(bar.style.width))")
    assert sum(widths) == pytest.approx(100, abs=1e-3)


def test_a_tip_is_dragged_and_all_follows_and_is_undone(modules: ModulePage) -> None:
    found = reading()
    begin(modules, given(found))
    page = modules.page
    before, own = page.evaluate(SEEN), products(modules)
    knob = page.locator(".tip .knob").first
    box = knob.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2, y)  # as good as not at all
    assert page.evaluate(SEEN) == before
    page.mouse.move(x - 50, y + 9, steps=3)
    page.mouse.up()
    dragged = products(modules)
    assert dragged[0] != own[0]
    assert dragged[1] == own[1]
    assert page.locator("[data-what-if]").count() == 3
    assert "v is kept" in page.locator(".try").inner_text()
    assert sum(round(1000 * share) for share in shares(modules)) == 1000
    agreement = float(dragged[0].rpartition(" ")[2].replace(MINUS, "-"))
    added = agreement - float(found.agreements[1, FOLLOWED, 3])
    # The first iteration's agreement is that of the dragged vote, too: from b to c by hand.
    tried = page.evaluate("[...hand.tried.get(3)]")
    logits = found.logits[2, FOLLOWED].astype(np.float64)
    logits[3] = sum(np.dot(tried, found.poses[r, 3]) for r in range(2))
    assert np.dot(tried, found.poses[1, 3]) == pytest.approx(agreement, abs=0.0051)
    assert added < 0
    grown = np.exp(BETA * (logits - logits.max()))
    np.testing.assert_allclose(shares(modules), grown / grown.sum(), atol=0.0011)
    page.get_by_role("button", name="Back to its own votes").click()
    assert page.evaluate(SEEN) == before
    page.get_by_role("slider").first.blur()


def test_a_tip_is_moved_by_keys_and_taken_back_by_escape(modules: ModulePage) -> None:
    begin(modules, given(reading()))
    page = modules.page
    before, own = page.evaluate(SEEN), products(modules)
    tip = page.get_by_role("slider").nth(1)
    tip.press("ArrowLeft")
    tip.press("Shift+ArrowUp")
    moved = products(modules)
    assert moved[0] == own[0]
    assert moved[1] != own[1]
    assert tip.get_attribute("aria-valuetext") == moved[1]
    tip.press("Escape")
    assert page.evaluate(SEEN) == before


def test_it_follows_the_race_and_steps_itself(modules: ModulePage) -> None:
    found = reading()
    begin(modules, given(found))
    page = modules.page
    tell = "detail => dispatchEvent(new CustomEvent('capsnet-moment', { detail }))"
    moment = {"iteration": 4, "phase": "b", "focus": 0, "rival": 2, "followed": FOLLOWED}
    page.evaluate(tell, moment)
    assert "Iteration 4 of 4." in page.locator("header p").inner_text()
    assert "No iteration follows" in page.locator(".splits .small").inner_text()
    assert [text[: text.index(":")] for text in products(modules)] == [CLASSES[0], CLASSES[2]]
    assert page.locator("[data-lit]").get_attribute("class") == "card remembers"
    page.evaluate(tell, moment | {"iteration": 3, "phase": "c"})  # what the third begins with, the second brought about
    assert "Iteration 2 of 4." in page.locator("header p").inner_text()
    assert shares(modules) == rounded_shares(found.couplings[2, FOLLOWED], 3).tolist()
    page.get_by_role("button", name="Compare votes in iteration 3").click()
    assert "Iteration 3 of 4." in page.locator("header p").inner_text()
    assert page.evaluate("steps") == [3]


def test_another_capsule_is_asked_of_the_network_in_the_browser(modules: ModulePage) -> None:
    found = reading()
    begin(modules, given(found))
    trace = {"primary": found.primary, "votes": found.votes, "poses": found.poses}
    answer = {name: numbers.ravel().tolist() for name, numbers in trace.items()}
    modules.page.evaluate(
        """([image, trace]) => {
            for (const name in trace) trace[name] = Float32Array.from(trace[name])
            addEventListener("capsnet-question", ({ detail }) => {
                window.asked = detail.question
                detail.answer = Promise.resolve({ image: Float32Array.from(image), trace })
            })
            const detail = { iteration: 2, phase: "v", focus: 3, rival: 1, followed: 41 }
            dispatchEvent(new CustomEvent("capsnet-moment", { detail }))
        }""",
        [found.image.ravel().tolist(), answer],
    )
    modules.page.get_by_text("channel 1, row 3, column 1").wait_for()
    assert shares(modules) == rounded_shares(found.couplings[2, 41], 3).tolist()
    assert modules.page.evaluate("[asked.iterations, asked.image.length]") == [4, 169]


def test_while_the_pen_moves_it_shows_what_is_read_then(modules: ModulePage) -> None:
    begin(modules, given(reading()))
    before = modules.page.evaluate(SEEN)
    drawn = reading(seed=8)
    trace = {name: getattr(drawn, name).ravel().tolist() for name in ("primary", "votes", "poses")}
    tell = """([image, trace]) => {
        for (const name in trace) trace[name] = Float32Array.from(trace[name])
        const detail = image && { image: Float32Array.from(image), trace, winner: 4, rival: 0 }
        dispatchEvent(new CustomEvent("capsnet-reading", { detail }))
    }"""
    modules.page.evaluate(tell, [drawn.image.ravel().tolist(), trace])
    assert [text[: text.index(":")] for text in products(modules)] == [CLASSES[4], CLASSES[0]]
    assert shares(modules) == rounded_shares(drawn.couplings[2, FOLLOWED], 3).tolist()
    modules.page.evaluate(tell, [None, {}])
    assert modules.page.evaluate(SEEN) == before
    wanted = """() => {
        const wanted = new Set()
        dispatchEvent(new CustomEvent("capsnet-details", { detail: { wanted } }))
        return [...wanted]
    }"""
    assert modules.page.evaluate(wanted) == ["trace"]


@pytest.mark.parametrize("iterations", [1, 10])
def test_one_and_many_iterations(modules: ModulePage, iterations: int) -> None:
    found = reading(iterations)
    begin(modules, given(found, iteration=iterations))
    assert modules.page.locator(".steps button").count() == iterations
    assert sum(round(1000 * share) for share in shares(modules)) == 1000
    assert modules.page.get_by_text("No iteration follows").count() == 1


def test_without_votes_there_is_no_angle_and_nothing_moves(modules: ModulePage) -> None:
    found = reading()
    begin(modules, given(replace(found, votes=np.zeros_like(found.votes))))
    assert [text[text.index("=") :] for text in products(modules)] == ["= +0.00", "= +0.00"]
    assert shares(modules) == pytest.approx([0.2] * 5)
