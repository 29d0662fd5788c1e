"""The lesson, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Locator, Page, expect

from explorer.lesson.steps import STEPS
from explorer.text import Say
from tests.browser.fixtures import heading, open_app, rerun
from tests.browser.test_dark import errors_of

CARD = ".st-key-lesson-card"
READY = f"{CARD} h2"

say = Say()


def title(number: int) -> str:
    return f"{number} · {say(f'learn_{STEPS[number - 1].name}.title')}"


def stands_at(page: Page, number: int) -> None:
    expect(page.locator(READY)).to_have_text(title(number))


def open_lesson(context: BrowserContext, address: str, number: int = 1) -> Page:
    return open_app(context, f"{address}/learn?lesson={number}", READY)


def option(page: Page, index: int) -> Locator:
    return page.locator(f".st-key-lesson-option-{index} button")


def predict(page: Page, index: int = 0) -> None:
    with rerun(page):
        option(page, index).press("Enter")


def test_by_keys_alone_one_goes_through_and_a_link_opens_the_same(visitor: BrowserContext, address: str) -> None:
    page = open_lesson(visitor, address)
    errors = errors_of(page)
    stands_at(page, 1)
    expect(page.get_by_role("button", name=say("learn.back"), exact=True)).to_be_disabled()
    with rerun(page):
        page.keyboard.press("ArrowRight")
    stands_at(page, 2)
    shortened = page.locator(".anatomy .shortened")
    slider = page.locator(".anatomy input[type=range]").first
    expect(page.locator(".anatomy[data-locked]")).to_be_visible()
    expect(shortened).to_be_hidden()
    predict(page)
    expect(shortened).to_be_visible()
    expect(page.locator(".st-key-lesson-answer")).to_be_visible()
    expect(option(page, 0)).to_be_disabled()

    before = slider.input_value()
    slider.press("ArrowLeft")  # moves it, and not the lesson
    expect(slider).not_to_have_value(before)
    stands_at(page, 2)

    with rerun(page):
        page.get_by_role("button", name=title(7), exact=True).first.press("Enter")
    stands_at(page, 7)
    with rerun(page):
        page.keyboard.press("ArrowLeft")
    stands_at(page, 6)
    expect(page).to_have_url(re.compile("lesson=6"))
    again = open_app(visitor, page.url, READY)
    stands_at(again, 6)
    assert heading(again) == heading(page)
    assert errors == []


def test_the_race_stands_before_the_answer_until_it_was_predicted(visitor: BrowserContext, address: str) -> None:
    page = open_lesson(visitor, address, 6)
    race = page.locator(".race[data-ready]")
    expect(race).to_have_attribute("data-phase", "s")
    expect(race).to_have_attribute("data-iteration", "1")
    expect(race.locator(".mark").first).to_be_hidden()
    race.locator(".lane").first.press("End")  # no key plays what is locked
    expect(race).to_have_attribute("data-phase", "s")
    predict(page, 1)
    expect(race).to_have_attribute("data-phase", "v")
    expect(race.locator(".mark").first).to_be_visible()

    with rerun(page):
        page.keyboard.press("ArrowRight")
    hand = page.locator(".by-hand[data-hidden~=rival]")
    expect(hand.locator(".card.splits")).to_be_hidden()
    predict(page)
    expect(page.locator(".by-hand .card.splits")).to_be_visible()


def test_on_a_phone_the_way_on_is_in_sight_at_every_step(phone_visitor: BrowserContext, address: str) -> None:
    page = open_lesson(phone_visitor, address)
    forward = page.locator(".st-key-lesson-next button")
    for number in range(1, len(STEPS) + 1):
        stands_at(page, number)
        expect(forward).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, title(number)
        if number < len(STEPS):
            with rerun(page):
                forward.click()
