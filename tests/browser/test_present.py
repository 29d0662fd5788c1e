"""A page shown to a room: larger type, nothing beside it, and a presenter's remote."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from explorer.lesson.steps import STEPS
from explorer.text import Say
from tests.browser.fixtures import open_app, rerun

say = Say()
SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
SIDE = (".st-key-network", ".st-key-language", ".st-key-join", ".st-key-copy-link")


def at_step(page: Page, number: int) -> None:
    expect(page.locator(".st-key-lesson-card h2")).to_have_text(
        f"{number} · {say(f'learn_{STEPS[number - 1].name}.title')}"
    )


def press(page: Page, key: str) -> None:
    with rerun(page):
        page.keyboard.press(key)


def test_a_presentation_goes_on_by_remote_and_ends_by_escape(visitor: BrowserContext, address: str) -> None:
    page = open_app(visitor, f"{address}/learn?lesson=9&present=1", ".st-key-lesson-card h2")
    at_step(page, 9)
    page.wait_for_function(f"() => {SIZE} === 20")  # 16 pixels, and a quarter
    for hidden in SIDE:
        expect(page.locator(hidden)).not_to_be_visible()
    expect(page.get_by_role("button", name=say("header.card"))).not_to_be_visible()
    card = page.locator(".st-key-lesson-card").bounding_box()
    assert card
    assert card["y"] + card["height"] < 720
    press(page, "PageDown")
    at_step(page, 10)
    press(page, "ArrowRight")
    at_step(page, 11)
    press(page, "PageUp")
    at_step(page, 10)
    press(page, "Escape")
    page.wait_for_function(f"() => {SIZE} === 16")
    expect(page.locator(".st-key-copy-link")).to_be_visible()
    page.wait_for_function("() => !location.search.includes('present')")
    before = page.locator(".st-key-lesson-card h2").inner_text()
    page.keyboard.press("PageDown")  # scrolls
    with rerun(page):
        page.get_by_role("button", name=say("present.start")).click()
    page.wait_for_function("() => location.search.includes('present=1')")
    page.wait_for_function(f"() => {SIZE} === 20")
    assert page.locator(".st-key-lesson-card h2").inner_text() == before
