"""The race of the routing page, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from explorer.digit_library import FIRST
from explorer.measures import pull
from explorer.measures.over_iterations import most_moved
from tests.browser.fixtures import PHONE, at_rest, frames, new_context, open_app, rerun, traffic
from tests.browser.test_dark import errors_of
from tests.explorer.pages import reading_of

RACE = ".st-key-race .race"
READY = f"{RACE}[data-ready]"
HAND = ".st-key-by-hand"
PACE = 900
"""Milliseconds that a phase takes: player.js."""
REFINED = """async () => {
    await Promise.all([...capsnetFiles.values()].map(({ file }) => file))
    const asked = { question: { decode: { capsule: 0, poses: [new Float32Array(16)] } }, answer: null }
    dispatchEvent(new CustomEvent("capsnet-question", { detail: asked }))
    await asked.answer
}"""
"""Waits for all weights, and until the network has answered what was asked of it when they came."""
LISTEN = """() => {
    window.moments = []
    addEventListener("capsnet-moment", ({ detail }) => moments.push(detail))
}"""


@pytest.fixture
def page(visitor: BrowserContext, address: str) -> Page:
    return open_app(visitor, f"{address}/routing", READY)


@pytest.fixture
def race(page: Page) -> Locator:
    return page.locator(RACE)


def stands(race: Locator, iteration: int, phase: str) -> None:
    expect(race).to_have_attribute("data-iteration", str(iteration))
    expect(race).to_have_attribute("data-phase", phase)


def seek(race: Locator, moment: int) -> None:
    race.evaluate("(race, moment) => race.seek(moment)", moment)


def lane(race: Locator, digit: int) -> Locator:
    return race.locator(".lane").nth(digit)


def spoken(race: Locator, digit: int) -> list[float]:
    """What a lane says of itself: forward, back and length."""
    said = lane(race, digit).get_attribute("aria-label") or ""
    return [float(word.strip(",")) for word in said.split() if word[0].isdigit() and "." in word]


def look_at(race: Locator, digit: int) -> None:
    lane(race, digit).locator("> .name").click()


def moments(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate("moments"))


def test_it_shows_the_readings_numbers_at_the_end_and_in_between(race: Locator, tiny_checkpoint: Any) -> None:
    stands(race, 3, "v")
    reading = reading_of(FIRST, tiny_checkpoint)
    forward, back = pull.sums(pull.pulls(reading))
    for moment, r in ((10, 2), (2, 0)):
        seek(race, moment)
        for j in range(10):
            expect(lane(race, j).locator("> .length")).to_have_text(f"{reading.lengths[r, j]:.2f}")
        assert spoken(race, 4) == pytest.approx([forward[r, 4], back[r, 4], reading.lengths[r, 4]], abs=0.011)
    share = pull.shares(reading)
    cells = lane(race, 4).locator(".map .share")
    areas = [float(cell.get_attribute("width") or 0) ** 2 for cell in cells.all()]
    seek(race, 10)
    ends = [float(cell.get_attribute("width") or 0) ** 2 for cell in cells.all()]
    gains = [after / before for before, after in zip(areas, ends, strict=True)]
    assert gains == pytest.approx((share[2, 4] / share[0, 4]).ravel().tolist(), rel=0.02)


def play(page: Page, race: Locator) -> Iterator[tuple[int, str]]:
    """Presses Play, and lets time pass, phase by phase; gives where it stands. The context's clock is a test's own."""
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)  # far enough ahead for a machine however busy
    race.get_by_role("button", name="Play").click()
    expect(race.get_by_role("button", name="Pause")).to_be_visible()
    for _ in range(4 * 3):
        page.clock.run_for(PACE)
        yield int(race.get_attribute("data-iteration") or 0), race.get_attribute("data-phase") or ""
    expect(race.get_by_role("button", name="Play")).to_be_visible()


def test_play_runs_the_four_lines_without_the_server(context: BrowserContext, address: str) -> None:
    context.clock.install()
    page = open_app(context, f"{address}/routing", READY)
    errors = errors_of(page)
    page.evaluate(LISTEN)
    sent = len(traffic(page).sent)
    seen = list(play(page, page.locator(RACE)))
    order = [seen.index(place) for place in ((1, "s"), (2, "c"), (3, "v"))]
    assert order == sorted(order)
    said = [(moment["iteration"], moment["phase"]) for moment in moments(page)]
    assert said == [(r, phase) for r in (1, 2, 3) for phase in "csvb"][:-1]
    assert len(traffic(page).sent) == sent
    assert errors == []


def test_how_it_ends_is_not_told_before_and_it_goes_on_once_more(page: Page, race: Locator) -> None:
    expect(race.get_by_role("slider")).to_be_enabled()
    headline = page.locator(".st-key-routing-summary h2")
    expect(headline).to_be_visible()
    sent = len(traffic(page).sent)
    race.get_by_role("button", name="Slowly").click()
    expect(race.get_by_role("button", name="Slowly")).to_have_attribute("aria-pressed", "true")
    expect(headline).to_be_hidden()
    race.get_by_role("button", name="Pause").click()
    expect(headline).to_be_hidden()
    seek(race, 10)
    expect(headline).to_be_visible()
    before = [spoken(race, j) for j in range(10)]
    race.get_by_role("button", name="One more iteration").click()
    expect(race.locator(".dots button")).to_have_count(4)
    seek(race, 14)
    stands(race, 4, "v")
    expect(race.locator(".honest")).to_contain_text("4 iterations are run here now; the network was trained with 3")
    expect(page.locator(f"{HAND} header p")).to_contain_text("Iteration 4 of 4.")
    seek(race, 10)
    for j, numbers in enumerate(before):
        assert spoken(race, j) == pytest.approx(numbers, abs=0.011)  # now they are the browser's
    assert len(traffic(page).sent) == sent


def test_at_rest_nothing_changes(page: Page, race: Locator) -> None:
    page.wait_for_function("() => window.capsnetFiles?.size >= 3")  # network, decoder, refinement
    page.evaluate(REFINED)  # the last picture is drawn when these come
    expect(race.get_by_role("slider")).to_be_enabled()
    frames(page, 2)
    page.evaluate(
        "race => { window.changes = 0; new MutationObserver(all => (changes += all.length)).observe(race,"
        " { subtree: true, childList: true, attributes: true, characterData: true }) }",
        race.element_handle(),
    )
    frames(page, 30)
    assert page.evaluate("changes") == 0
    assert race.evaluate("race => race.getAnimations({ subtree: true }).length") == 0


def test_it_is_played_by_keyboard(page: Page, race: Locator) -> None:
    first = race.get_by_role("button", name="Iteration 1")
    first.focus()
    page.keyboard.press("Home")
    stands(race, 1, "c")
    page.keyboard.press("ArrowRight")
    stands(race, 1, "s")
    page.keyboard.press("Shift+ArrowRight")
    stands(race, 2, "s")
    page.keyboard.press("ArrowLeft")
    stands(race, 2, "c")
    page.keyboard.press("End")
    stands(race, 3, "v")
    page.keyboard.press("Enter")
    stands(race, 1, "v")
    race.get_by_role("button", name="Play").focus()
    page.keyboard.press("Space")
    expect(race.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    expect(race.get_by_role("button", name="Play")).to_be_visible()


def test_a_lane_is_looked_at_at_once_and_told(page: Page, race: Locator) -> None:
    page.evaluate(LISTEN)
    with rerun(page):
        look_at(race, 9)
        expect(lane(race, 9)).to_have_attribute("aria-pressed", "true")  # before the server has answered
    expect(lane(race, 9)).to_have_class("lane focus")
    expect(lane(race, 4)).to_have_class("lane rival")
    assert [moments(page)[-1][name] for name in ("focus", "rival")] == [9, 4]
    assert "focus=9" in page.url
    seek(race, 2)
    with rerun(page):
        lane(race, 9).focus()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
    expect(lane(race, 8)).to_have_class("lane focus")
    expect(lane(race, 8)).to_be_focused()
    stands(race, 1, "v")  # where it stood


def test_a_place_and_a_step_are_followed(page: Page, race: Locator, tiny_checkpoint: Any) -> None:
    reading = reading_of(FIRST, tiny_checkpoint)
    page.evaluate(LISTEN)
    with rerun(page):
        race.locator(".place").nth(2 * 6 + 4).click()
    followed = moments(page)[-1]["followed"]
    assert followed != most_moved(reading, 4)
    assert followed % 36 == 2 * 6 + 4
    expect(race.locator(".legend")).to_contain_text(f"channel {followed // 36}, row 2, column 4")
    expect(race.locator(".place").nth(16)).to_have_attribute("aria-selected", "true")
    assert f"followed={followed}" in page.url
    strongest = int(pull.step_order(pull.pulls(reading))[4, 0])
    start = race.locator(".lane.focus .solid").evaluate(
        """path => {
            const [, x, y] = path.getAttribute("d").match(/^M([\\d.]+),([\\d.]+)/)
            const box = path.ownerSVGElement.getBoundingClientRect()
            const unit = box.width / path.ownerSVGElement.viewBox.baseVal.width
            return [box.left + unit * x + 4, box.top + unit * y]
        }"""
    )
    with rerun(page):
        page.mouse.click(*start)
    assert moments(page)[-1]["followed"] == strongest


def test_numbers_say_how_they_come_about(page: Page, race: Locator) -> None:
    tip = race.get_by_role("tooltip")
    expect(tip).to_be_hidden()
    lane(race, 4).locator("> .length").hover()
    expect(tip).to_contain_text("|v| of 4 = ")
    expect(tip).to_contain_text("² / (1 + ")
    lane(race, 4).locator(".adds").hover()
    expect(tip).to_contain_text("|s| of 4 = forward ")
    race.locator(".percent.focus").hover()
    expect(tip).to_contain_text("coupling to 4: c = exp(")
    race.locator(".cell .numbers .focus").last.hover()
    expect(tip).to_contain_text("b to 4: ")
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_capsules_are_taken_away(page: Page, race: Locator) -> None:
    slider = race.get_by_role("slider", name="Remove the strongest")
    expect(slider).to_be_enabled()
    length = lane(race, 4).locator("> .length")
    before = str(length.text_content())
    sent = len(traffic(page).sent)
    slider.press("End")
    expect(length).to_have_text("0.00")
    expect(race.locator(".outcome")).to_contain_text("no votes are left")
    expect(race.locator(".map .share").first).to_be_attached()
    slider.press("ArrowLeft")
    expect(length).not_to_have_text("0.00")
    expect(race.locator(".outcome")).to_contain_text("cosine")
    slider.press("Home")
    expect(length).to_have_text(before)
    expect(race.locator(".outcome")).to_contain_text("Would it still be a 4")
    place = race.get_by_role("button", name="or the followed place")
    place.click()
    expect(place).to_have_attribute("aria-pressed", "true")
    expect(race.locator(".silence output")).to_have_text("4 of 144")
    expect(race.locator(".outcome")).to_contain_text("cosine")
    assert len(traffic(page).sent) == sent


def test_more_iterations_are_run_and_can_be_sought(page: Page, race: Locator) -> None:
    iterations = page.get_by_role("spinbutton", name="Iterations")
    iterations.fill("5")
    with rerun(page):
        iterations.press("Enter")
    expect(race.locator(".dots button")).to_have_count(5)
    stands(race, 5, "v")
    race.get_by_role("button", name="Iteration 4").click()
    stands(race, 4, "v")


def test_with_reduced_motion_there_are_true_states_only(browser: Browser, address: str) -> None:
    with new_context(browser, reduced_motion="reduce") as context:
        context.clock.install()
        page = open_app(context, f"{address}/routing", READY)
        race = page.locator(RACE)
        page.evaluate(
            """race => {
                window.seen = new Set()
                const note = () => seen.add(race.querySelector(".lane.focus .pole").getAttribute("x1"))
                new MutationObserver(note).observe(race, { subtree: true, attributes: true })
            }""",
            race.element_handle(),
        )
        assert list(play(page, race))[-1] == (3, "v")
        assert page.evaluate("seen.size") <= 4  # nothing, and where it stood after each iteration


def test_on_a_phone_lanes_come_first_and_the_player_stays_in_sight(phone_visitor: BrowserContext, address: str) -> None:
    page = open_app(phone_visitor, f"{address}/routing", READY)
    race = page.locator(RACE)
    boxes = [race.locator(name).bounding_box() for name in (".lane >> nth=0", ".digit", ".player")]
    assert all(boxes)
    lanes, digit, _ = boxes
    assert lanes["y"] < digit["y"]  # type: ignore[index]
    race.locator(".lane").nth(5).scroll_into_view_if_needed()
    expect(race.get_by_role("button", name="Play")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert PHONE["viewport"]["width"] == 390  # type: ignore[index]
    at_rest(page)
