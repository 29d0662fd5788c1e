"""The page of comparisons in the app: live without a word from the server, by mouse, keys and on a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import PHONE, at_rest, new_context, new_page, rerun, traffic

COMPARE = ".st-key-compare .compare"


def opened(browser: Browser, address: str, query: str = "", **options: Any) -> Page:
    page = new_page(new_context(browser, **options))
    page.goto(f"{address}/compare{query}")
    page.locator(f"{COMPARE} .row").first.wait_for()
    at_rest(page)
    return page


def kind(page: Page, name: str) -> None:
    with rerun(page):
        page.locator(COMPARE).get_by_role("radio", name=name).click()


def answers(page: Page) -> list[str]:
    return page.locator(f"{COMPARE} .score b").all_inner_texts()


@pytest.mark.slow
def test_a_class_breaks_the_networks_with_its_digit(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    slider = page.locator(f"{COMPARE} input[type=range]")
    before, sent = answers(page), len(traffic(page).sent)
    slider.evaluate("slider => { slider.value = 36; slider.dispatchEvent(new Event('input')) }")
    assert answers(page) != before
    expect(page.locator(f"{COMPARE} .value")).to_have_text("+90°")
    assert len(traffic(page).sent) == sent
    slider.focus()
    with rerun(page):
        page.keyboard.press("ArrowLeft")  # tells the server
    expect(page.locator(f"{COMPARE} .value")).to_have_text("+85°")
    expect(page).to_have_url(re.compile("change=rotation_85"))
    kind(page, "Noise")
    expect(page.locator(f"{COMPARE} .kinds small")).to_have_text("+85°")
    with rerun(page):
        page.get_by_role("button", name="Reset").click()
    expect(page.locator(f"{COMPARE} .kinds small")).to_have_count(0)
    kind(page, "Parts")
    swapped = page.locator(f"{COMPARE} .board button")
    with rerun(page):
        swapped.nth(0).drag_to(swapped.nth(3))
    expect(page.locator(f"{COMPARE} .arrangements button")).to_have_count(7)
    with rerun(page):
        page.keyboard.press("ArrowRight")  # the focus is still on the first quarter
    expect(page).to_have_url(re.compile(r"quarters=10\.30\.20\.00"))
    expect(page.locator(f"{COMPARE} .arrangements [aria-checked=true]")).to_contain_text("yours")
    page.context.close()


@pytest.mark.slow
def test_on_a_phone_the_slider_stays_in_sight_and_nothing_is_cut_off(browser: Browser, address: str) -> None:
    page = opened(browser, address, "?vary=hidden&change=hidden_8", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    last = page.locator(f"{COMPARE} .row").last
    last.scroll_into_view_if_needed()
    slider = page.locator(f"{COMPARE} input[type=range]")
    expect(slider).to_be_in_viewport()
    square = page.locator(f"{COMPARE} .square")
    square.focus()
    with rerun(page):
        page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"square=54\.50"))
    page.context.close()
