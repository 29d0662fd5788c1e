"""The routing page, in a real browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from explorer.digit_library import FIRST
from explorer.measures.couplings import Sorting, sorted_capsules
from explorer.palette import LIGHT
from tests import tiny
from tests.browser.fixtures import PANEL, at_rest, frames, open_app, rerun, traffic
from tests.browser.test_dark import errors_of
from tests.explorer.colour_vision import contrast
from tests.explorer.pages import reading_of

READY = ".st-key-race .race[data-ready]"
PLOT = ".st-key-routing .js-plotly-plot"
HAND = ".st-key-by-hand"
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"

NARROWED = """plot => {
    const chart = document.querySelector(plot), column = chart.closest(".st-key-routing")
    dispatchEvent(new Event("beforeprint"))
    column.style.width = "300px" // at once: what the screen's width changes, paper does not
    const edge = element => element.getBoundingClientRect().right
    const words = Math.max(...[...chart.querySelectorAll("text")].map(edge))
    const layers = [...chart.querySelectorAll(".main-svg")].map(layer => layer.getBoundingClientRect().width)
    const measured = [words, edge(column), layers]
    column.style.width = ""
    dispatchEvent(new Event("afterprint"))
    return measured
}"""
"""How far to the right words of a chart reach on paper, and its column does; and how wide its layers are."""


STANDS = """async element => {
    const top = () => element.getBoundingClientRect().top
    const before = top()
    for (let n = 0; n < 10; n++) await new Promise(requestAnimationFrame)
    return top() === before
}"""
"""Whether an element stays where it is."""
NOTE_CAPTIONS = """plot => {
    window.captions = []
    const note = () => {
        const texts = [...document.querySelectorAll(plot + " text")].map(text => text.textContent)
        const now = texts.find(text => /iter|betw/.test(text))
        if (now !== captions.at(-1)) captions.push(now)
        requestAnimationFrame(note)
    }
    note()
}"""
"""Notes what the theatre says of its frames from now on."""


@pytest.fixture
def routing(visitor: BrowserContext, address: str) -> Page:
    return open_page(visitor, address)


def open_page(context: BrowserContext, address: str) -> Page:
    """The routing page, with the theatre opened."""
    page = open_app(context, f"{address}/routing", READY)
    at_rest(page)
    page.locator(".st-key-routing summary").click()
    page.locator(f"{PLOT} .heatmaplayer image").first.wait_for()
    at_rest(page)
    return page


def theatre(page: Page) -> Locator:
    """What the theatre stands in: its buttons have names that the race's have, too."""
    return page.locator(".st-key-routing")


def caption(page: Page) -> str:
    """What the theatre says about its frame."""
    return str(
        page.evaluate(
            f"[...document.querySelectorAll('{PLOT} text')].map(t => t.textContent).find(t => /iter|betw/.test(t))"
        )
    )


def unfold(page: Page, words: str) -> None:
    """Opens a disclosure."""
    with rerun(page):
        page.get_by_text(words, exact=True).click()


def step(page: Page, iteration: int) -> None:
    """Chooses the iteration in which votes are compared."""
    with rerun(page):
        page.get_by_role("button", name=f"Compare votes in iteration {iteration}").click()


def shows(page: Page, words: str) -> None:
    """Waits until something is written in the theatre."""
    expect(page.locator(PLOT)).to_contain_text(words)


def looked_at(page: Page) -> str | None:
    """The iteration in which votes are compared."""
    return page.locator(".st-key-by-hand .steps [aria-pressed=true]").text_content()


def test_play_goes_from_the_first_iteration_to_the_last_without_the_server(routing: Page) -> None:
    shows(routing, "iteration 3 of 3")
    sent = len(traffic(routing).sent)
    routing.evaluate(NOTE_CAPTIONS, PLOT)
    theatre(routing).get_by_role("button", name="Play", exact=True).click()
    shows(routing, "iteration 1 of 3")
    shows(routing, "iteration 3 of 3")
    seen = [words for words in routing.evaluate("captions") if words]
    assert seen[:2] == ["iteration 3 of 3", "iteration 1 of 3"]
    assert seen.index("between 1 and 2") < seen.index("iteration 2 of 3") < seen.index("between 2 and 3")
    expect(theatre(routing).get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert len(traffic(routing).sent) == sent


def test_the_theatre_is_played_by_keyboard(routing: Page) -> None:
    errors = errors_of(routing)
    play, slowly = (theatre(routing).get_by_role("button", name=name, exact=True) for name in ("Play", "Play slowly"))
    play.focus()
    for _ in range(5):  # nothing is left unfinished, however often it is begun
        routing.keyboard.press("Enter")
    routing.keyboard.press("Tab")
    expect(slowly).to_be_focused()
    routing.keyboard.press("Space")
    shows(routing, "between 1 and 2")
    routing.keyboard.press("Space")
    frames(routing, 20)  # the frame that was under way is drawn
    stood = caption(routing)
    frames(routing, 20)
    assert caption(routing) == stood
    slider = routing.get_by_role("slider", name="Iteration")
    with rerun(routing):
        slider.press("End")
    assert looked_at(routing) == "3"
    with rerun(routing):
        slider.press("ArrowLeft")
    shows(routing, "iteration 2 of 3")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^iteration 2 of 3: 4 has length 0"))
    with rerun(routing):
        routing.get_by_role("button", name="Previous iteration").press("Enter")
    shows(routing, "iteration 1 of 3")
    expect(routing.locator(".st-key-theatre-controls").get_by_role("status")).to_contain_text("iteration 1 of 3")
    assert errors == []


def test_one_iteration_is_looked_at_also_of_the_next_digit(routing: Page) -> None:
    with rerun(routing):
        routing.get_by_role("button", name="Previous iteration").click()
    shows(routing, "iteration 2 of 3")
    assert looked_at(routing) == "2"
    step(routing, 1)
    shows(routing, "iteration 1 of 3")
    theatre = routing.locator(PLOT).element_handle()
    with rerun(routing):
        routing.locator(PANEL).get_by_role("radio", name="9").click()  # another rival: another figure
    assert not routing.evaluate("theatre => theatre.isConnected", theatre)
    shows(routing, "iteration 1 of 3")
    with rerun(routing):
        routing.get_by_role("link", name="Pose").click()
    with rerun(routing):
        routing.get_by_role("link", name="Routing").click()
    shows(routing, "iteration 1 of 3")  # all maps are as open as they were left


def test_words_of_the_theatre_can_be_read(routing: Page) -> None:
    fills = routing.evaluate(
        f"[...document.querySelectorAll('{PLOT} text')].filter(text => text.textContent.trim())"
        ".map(text => [text.textContent, getComputedStyle(text).fill])"
    )
    assert len(fills) > 20
    pale = [words for words, fill in fills if contrast(hexadecimal(fill), LIGHT.page) < 4.5]
    assert pale == []


def hexadecimal(colour: str) -> str:
    """A colour of the browser's, such as "rgb(1, 2, 3)"."""
    return "#" + bytes(int(part) for part in re.findall(r"\d+", colour)[:3]).hex()


def test_on_paper_no_chart_is_cut(routing: Page) -> None:
    routing.emulate_media(media="print")
    right, room, layers = routing.evaluate(NARROWED, PLOT)
    assert 0 < right <= room
    assert max(layers) <= 300
    assert routing.locator(f"{PLOT} .main-svg[viewBox]").count() == 0  # as before


def test_a_cell_that_is_clicked_is_followed(routing: Page) -> None:
    maps = routing.locator(f"{PLOT} .heatmaplayer image").first
    maps.evaluate("maps => maps.scrollIntoView({ block: 'end' })")
    box = maps.bounding_box()
    assert box
    # 34 x 18 cells: digit 7 is the third map of the second row; row 3, column 2.
    x, y = box["x"] + box["width"] * (2 * 7 + 2 + 0.5) / 34, box["y"] + box["height"] * (9 + 2 + 3 + 0.5) / 18
    routing.mouse.move(x, y)
    with rerun(routing):
        routing.mouse.click(x, y)
    expect(routing.locator(HAND)).to_contain_text("row 3, column 2")
    expect(routing.locator(HAND)).to_contain_text("the same way as capsule 7")


def test_a_row_of_the_matrix_is_followed(routing: Page, tiny_checkpoint: Path) -> None:
    unfold(routing, "All couplings")
    labels = routing.locator(".st-key-matrix .ytick text")
    tops = labels.evaluate_all("labels => labels.map(label => label.getBoundingClientRect().top)")
    first = labels.nth(tops.index(min(tops)))
    first.evaluate("label => label.scrollIntoView({ block: 'center' })")
    routing.wait_for_function(STANDS, arg=first.element_handle())
    label, picture = first.bounding_box(), routing.locator(".st-key-matrix .heatmaplayer image").bounding_box()
    assert label is not None
    assert picture is not None
    place = (picture["x"] + 40, label["y"] + label["height"] / 2)
    routing.mouse.move(*place, steps=5)
    routing.wait_for_function("() => document.querySelector('.st-key-matrix .js-plotly-plot')._hoverdata", timeout=4000)
    with rerun(routing):
        routing.mouse.click(*place)  # the first row: what moved most
    reading = reading_of(FIRST, tiny_checkpoint)
    channel, row, column = np.unravel_index(sorted_capsules(reading, Sorting.MOVED)[0], reading.grid)
    expect(routing.locator(HAND)).to_contain_text(f"by hand: channel {channel}, row {row}, column {column}")


def test_other_widgets_leave_the_theatre_as_it_is(routing: Page) -> None:
    routing.evaluate(f"document.querySelector('{PLOT}').dataset.mark = 'same'")
    step(routing, 1)
    assert looked_at(routing) == "1"
    assert routing.evaluate(f"document.querySelector('{PLOT}').dataset.mark") == "same"


def test_a_vote_is_dragged_without_the_server_by_mouse_and_finger(
    routing: Page, phone_visitor: BrowserContext, address: str
) -> None:
    step(routing, 1)
    hand = routing.locator(HAND)
    own, sent = hand.locator(".result").all_text_contents(), len(traffic(routing).sent)
    hand.locator(".knob").first.drag_to(hand.locator(".planes"), target_position={"x": 40, "y": 60}, force=True)
    assert hand.locator(".result").all_text_contents() != own
    expect(hand.get_by_text("what if").first).to_be_visible()
    hand.get_by_role("button", name="Back to its own votes").click()
    assert hand.locator(".result").all_text_contents() == own
    assert len(traffic(routing).sent) == sent
    page = open_page(phone_visitor, address)
    finger = page.context.new_cdp_session(page)
    hand = page.locator(HAND)
    knob = hand.locator(".knob").first
    knob.scroll_into_view_if_needed()
    frames(page, 4)
    box = knob.bounding_box()
    assert box
    own, top = hand.locator(".result").all_text_contents(), page.evaluate(SCROLLED)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, points in (("Start", [(x, y)]), ("Move", [(x - 20, y)]), ("Move", [(x - 60, y + 40)]), ("End", [])):
        touched = [{"x": across, "y": down} for across, down in points]
        finger.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": touched})
    frames(page, 2)
    assert hand.locator(".result").all_text_contents() != own
    assert page.evaluate(SCROLLED) == top  # who drags does not scroll


def test_more_iterations_hold_on_every_page_and_are_said(routing: Page) -> None:
    iterations = routing.get_by_role("spinbutton", name="Iterations")
    iterations.fill("5")
    with rerun(routing):
        iterations.press("Enter")
    expect(routing.locator(PLOT)).to_contain_text("iteration 5 of 5")
    expect(routing.locator(PANEL)).to_contain_text("Routing iterations: 5")
    with rerun(routing):
        routing.get_by_role("link", name="Overview").click()
    expect(routing.locator(PANEL)).to_contain_text("Routing iterations: 5")


@pytest.mark.parametrize(("kind", "begins"), [("html", b"<!DOCTYPE html>"), ("gif", b"GIF89a"), ("npz", b"PK")])
def test_files_are_taken_home(routing: Page, kind: str, begins: bytes) -> None:
    unfold(routing, "Download")
    with routing.expect_download() as download:
        routing.locator(f".st-key-take-{kind} button").click()
    assert Path(download.value.path()).read_bytes().startswith(begins)


def test_the_table_taken_home_holds_every_coupling(routing: Page) -> None:
    unfold(routing, "Download")
    with routing.expect_download() as download:
        routing.locator(".st-key-take-csv button").click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 3 * tiny.CONFIG.primary_capsules
    sums = [sum(float(row[f"coupling to {j}"]) for j in range(10)) for row in rows]
    assert sums == pytest.approx([1] * len(rows), abs=1e-5)


def test_a_phone_gets_a_narrow_theatre(phone_visitor: BrowserContext, address: str) -> None:
    page = open_page(phone_visitor, address)
    page.wait_for_function(
        f"() => document.querySelector('{PLOT} .heatmaplayer image')?.getBoundingClientRect().height > 300"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(f"{PLOT} .heatmaplayer image").first.bounding_box()
    assert box
    assert box["width"] > 300
