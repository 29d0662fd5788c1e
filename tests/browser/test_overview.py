"""The overview page, in a real browser: stages and cards, what lights, what the session hears of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from capsnet import checkpoint
from explorer.poses import decode, turned, turnings
from explorer.text import Say
from explorer.text.say import words
from tests import tiny
from tests.browser.fixtures import PANEL, at_rest, new_page, open_app, rerun, traffic
from tests.browser.pose_page import PIXELS
from tests.explorer.pages import reading_of

say = Say()
SAID = words("en")["anatomy"]
HEADINGS = ("input", "filters", "primary", "routing", "digits", "decoder")


@pytest.fixture
def anatomy(page: Page) -> Locator:
    return page.locator(".anatomy")


def tab(anatomy: Locator, stage: int) -> Locator:
    return anatomy.get_by_role("tab").nth(stage)


def test_stages_open_by_click_number_and_arrow(page: Page, anatomy: Locator) -> None:
    expect(anatomy.get_by_role("tab")).to_have_count(6)
    expect(tab(anatomy, 4)).to_have_attribute("aria-selected", "true")  # what a capsule is comes first
    for stage, heading in enumerate(HEADINGS):
        with rerun(page):
            tab(anatomy, stage).click()
        expect(anatomy.get_by_role("tabpanel").get_by_role("heading")).to_have_text(SAID[f"heading_{heading}"])
    assert page.url.endswith("stage=5") or "stage=5" in page.url
    with rerun(page):
        page.keyboard.press("2")
    expect(tab(anatomy, 1)).to_have_attribute("aria-selected", "true")
    expect(anatomy.locator(".sum")).to_contain_text("in the map")  # the filters have come
    with rerun(page):
        page.keyboard.press("ArrowRight")
    expect(tab(anatomy, 2)).to_be_focused()
    assert anatomy.locator("[role=tab][tabindex='0']").count() == 1


def test_a_square_is_followed_through_all_stages(page: Page, anatomy: Locator) -> None:
    squares = anatomy.get_by_role("slider", name=SAID["squares"])
    before = anatomy.locator(".patch.mark").get_attribute("d")
    squares.focus()
    page.keyboard.press("Home")  # means nothing here
    with rerun(page):
        squares.click(position={"x": 3, "y": 3})
    expect(anatomy).to_have_attribute("data-followed", "0")
    assert "followed=0" in page.url
    assert anatomy.locator(".patch.mark").get_attribute("d") != before
    grid = tiny.CONFIG.grid_size
    squares.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(squares).to_have_attribute("aria-valuenow", str(grid + 2))
    with rerun(page):
        page.keyboard.press("Enter")
    expect(anatomy).to_have_attribute("data-followed", str(grid + 2))
    assert f"followed={grid + 2}" in page.url


def test_a_digit_capsule_is_looked_at_by_click_and_key(page: Page, anatomy: Locator) -> None:
    rows = anatomy.locator(".rows button")
    expect(rows).to_have_count(10)
    rows.nth(9).hover()
    lit = anatomy.locator(".lit path")
    assert sum((path.get_attribute("d") or "").count("M") for path in lit.all()) == 20
    with rerun(page):
        rows.nth(9).click()
    expect(rows.nth(9)).to_have_attribute("aria-pressed", "true")
    expect(anatomy.get_by_role("combobox")).to_have_value("9")
    assert "focus=9" in page.url
    page.keyboard.press("ArrowUp")
    expect(rows.nth(8)).to_be_focused()
    with rerun(page):
        page.keyboard.press("Enter")
    expect(anatomy).to_have_attribute("data-focus", "8")
    with rerun(page):
        anatomy.get_by_role("combobox").select_option("3")
    expect(anatomy).to_have_attribute("data-focus", "3")


def test_what_was_meant_is_the_rival(page: Page, anatomy: Locator) -> None:
    expect(anatomy.locator("h2")).to_contain_text("The answer is 4")
    with rerun(page):
        page.locator(PANEL).get_by_role("radio", name="9").click()
    expect(anatomy.locator("h2")).to_contain_text("Answer 4, but you meant 9")
    expect(anatomy.locator(".rival text").first).to_have_text("9")
    with rerun(page):
        page.locator(PANEL).get_by_role("radio", name="4").click()
    expect(anatomy.locator("h2")).to_contain_text("The answer is 4, as you meant it")


def test_cards_lead_on_to_their_pages(page: Page, anatomy: Locator) -> None:
    with rerun(page):
        anatomy.get_by_role("button", name=SAID["to_pose"]).click()
    expect(page).to_have_title(say("app.tab", page=say("pose.title")))
    expect(page.locator(PANEL)).to_contain_text("4")


def test_the_overview_fetches_no_charts(context: BrowserContext, address: str) -> None:
    page = new_page(context)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(address)
    page.locator(".anatomy[data-digit]").wait_for()
    at_rest(page)
    assert not [url for url in fetched if "plotly" in url.lower()]
    assert page.locator(".js-plotly-plot").count() == 0


def test_the_dial_turns_without_the_network_in_the_browser(context: BrowserContext, address: str) -> None:
    """From what the server has drawn: nothing else is there while the weights are on their way."""
    context.route("**/*-network.safetensors.gz", lambda _: None)
    page = open_app(context, address)
    anatomy = page.locator(".anatomy")
    drawn = anatomy.locator(".now canvas")
    pixels = "canvas => canvas.toDataURL()"
    before, sent = drawn.evaluate(pixels), len(traffic(page).sent)
    length = anatomy.locator("input[type=range]").first
    length.focus()
    page.keyboard.press("Home")
    page.wait_for_function("([canvas, before]) => canvas.toDataURL() !== before", arg=[drawn.element_handle(), before])
    expect(length).to_have_attribute("aria-valuetext", "Length 0.00: how surely it is there")
    anatomy.get_by_role("button", name=SAID["reset"], exact=True).click()
    page.wait_for_function("([canvas, before]) => canvas.toDataURL() === before", arg=[drawn.element_handle(), before])
    assert len(traffic(page).sent) == sent


DECODES = """() => {
    const asked = { question: { decode: { capsule: 0, poses: [new Float32Array(SIZE)] } }, answer: null }
    dispatchEvent(new CustomEvent("capsnet-question", { detail: asked }))
    return Promise.resolve(asked.answer).then(Boolean)
}""".replace("SIZE", str(tiny.CONFIG.digit_pose))
"""Whether the browser's network has its decoder."""


def test_the_dial_draws_what_pythons_decoder_draws(page: Page, anatomy: Locator, tiny_checkpoint: Path) -> None:
    network = checkpoint.read(tiny_checkpoint)
    pose = reading_of("cursive-4", tiny_checkpoint).poses[-1, 4]
    direction = turnings(network.model, network.card, 1)[4, 0]
    page.wait_for_function(DECODES)
    for slider, value in zip(anatomy.locator("input[type=range]").all(), ("0.43", "-17"), strict=True):
        slider.fill(value)
    expected = np.round(
        255 * decode(network.model, 4, turned(pose, direction, np.array([-17.0]), np.array([0.43]))[0])[0]
    )
    drawn = (
        f"() => ({PIXELS})(document.querySelector('.st-key-anatomy [data-testid=stBidiComponentIsolated]').shadowRoot"
    )
    drawn += ".querySelector('.now canvas'))"
    near = "expected => { const found = (DRAWN)(); return found.every((p, n) => Math.abs(p - expected[n]) <= 1) }"
    page.wait_for_function(near.replace("DRAWN", drawn), arg=expected.ravel().tolist())
    assert np.ptp(expected) > 100


WAVE = """() => {
    const { shadowRoot } = document.querySelector('.st-key-anatomy [data-testid=stBidiComponentIsolated]')
    const moving = [...shadowRoot.querySelectorAll('.wave, .wave *')].map(element => getComputedStyle(element))
        .filter(({ animationName }) => animationName !== 'none')
    return moving.map(style => 1000 * (parseFloat(style.animationDelay) + parseFloat(style.animationDuration)))
}"""
"""When each part of the chain that moves for a new digit rests again, in milliseconds."""


def test_a_new_digit_comes_as_one_short_wave(page: Page, anatomy: Locator) -> None:
    ends = page.evaluate(WAVE)
    assert len(set(ends)) > 3
    assert max(ends) <= 900
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(WAVE) == []
    animated = "element => element.getRootNode().getAnimations().filter(one => one.playState === 'running').length"
    page.emulate_media(reduced_motion="no-preference")
    page.wait_for_function(f"element => ({animated})(element) === 0", arg=anatomy.element_handle())
