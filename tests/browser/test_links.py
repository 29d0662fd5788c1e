"""The address line holds what is seen: for another person, for a reload, and for going back and forward."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.fixtures import (
    GIVEN,
    PANEL,
    PREDICTION,
    SEVEN,
    at_rest,
    draw,
    given,
    heading,
    new_context,
    new_page,
    open_app,
    rerun,
)
from tests.browser.pose_page import open_pose, slider, until_ready, value

COPY = ".st-key-copy-link button"


def go_to(page: Page, name: str, path: str) -> None:
    page.get_by_role("link", name=name).first.click()
    page.wait_for_function("path => location.pathname === path", arg=path)
    at_rest(page)


def test_a_drawing_is_opened_by_another_person(page: Page, phone_visitor: BrowserContext) -> None:
    page.get_by_role("button", name="Clear").click()
    at_rest(page)
    draw(page, SEVEN)
    page.wait_for_function("() => location.search.includes('digit=s.')")
    answer = heading(page)
    theirs = open_app(phone_visitor, page.url)
    expect(theirs.locator(PANEL)).to_contain_text("Your drawing")
    assert heading(theirs).split()[0] == answer.split()[0]
    assert theirs.url == page.url


def test_going_back_and_forward_and_reloading_lose_nothing(page: Page) -> None:
    draw(page, [(60, 40), (40, 60)])
    go_to(page, "Routing", "/routing")
    draw(page, [(220, 40), (240, 60)])
    drawn, entries = given(page), page.evaluate("history.length")
    for move, path in ((page.go_back, "/"), (page.go_forward, "/routing")):
        move()
        page.wait_for_function("path => location.pathname === path", arg=path)
        at_rest(page)
        assert given(page) == drawn
        page.wait_for_function("() => location.search.includes('digit=s.')")
    draw(page, [(220, 240), (240, 220)])
    assert page.evaluate("history.length") == entries  # strokes are no steps of the browser's history
    address = page.url
    page.reload()
    page.locator(GIVEN).wait_for()
    at_rest(page)
    expect(page.locator(PANEL)).to_contain_text("Your drawing")
    assert page.url == address


def test_copy_link_puts_this_view_on_the_clipboard(context: BrowserContext, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_app(context, f"{address}/routing?digit=e.school-3", ".st-key-routing")
    page.wait_for_function("() => location.search.includes('network=')")
    page.locator(COPY).click()
    expect(page.locator(".st-key-copy-link")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_step_is_in_the_address_at_once(visitor: BrowserContext, address: str) -> None:
    page = open_app(visitor, f"{address}/routing", ".st-key-routing")
    with rerun(page):
        page.locator(".st-key-by-hand .steps").get_by_text("2", exact=True).click()
    page.wait_for_function("() => location.search.includes('step=2')")


def test_a_pose_is_opened_by_another_person(visitor: BrowserContext, address: str, browser: Browser) -> None:
    page = open_pose(visitor, address)
    ours = slider(page, 3)
    with rerun(page):
        ours.press("PageUp")
    page.wait_for_function("() => location.search.includes('pose=')")
    with new_context(browser) as other:
        theirs = new_page(other)
        theirs.goto(page.url)
        until_ready(theirs)
        assert abs(value(slider(theirs, 3)) - value(ours)) <= 0.0051


def test_a_broken_link_is_said_and_opens(visitor: BrowserContext, address: str) -> None:
    page = open_app(visitor, f"{address}/?digit=s.nonsense&focus=99&lang=tlh")
    expect(page.get_by_text("could not be understood")).to_contain_text("lang, digit, focus")
    expect(page.locator(PREDICTION)).to_contain_text("4")
    at_rest(page)
    page.reload()  # the address was put right
    page.locator(GIVEN).wait_for()
    at_rest(page)
    expect(page.get_by_text("could not be understood")).to_have_count(0)


def test_the_notice_of_an_earlier_pose_goes_with_the_first_turn_of_the_new_digit(
    visitor: BrowserContext, address: str
) -> None:
    page = open_pose(visitor, address)
    with rerun(page):
        slider(page, 3).press("PageUp")
    draw(page, [(60, 40), (40, 60)])
    expect(page.locator(".st-key-pose-aside")).to_contain_text("belongs to an earlier digit")
    with rerun(page):
        slider(page, 3).press("PageUp")
    expect(page.locator(".st-key-pose-aside")).to_have_count(0)
