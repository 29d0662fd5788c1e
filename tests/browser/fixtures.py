"""A running app and a real Chromium to look at it with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tools.browser import FLAGS, installed
from tools.server import serving

CANVAS = "[data-testid=stBidiComponentIsolated] canvas.upper-canvas"


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The app on a free port of this machine; ended after the tests."""
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that `tools.browser` found or installed; a missing one fails the tests."""
    path = installed()
    assert path, "no Chromium: run `make browser`"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A projector's window."""
    opened = browser.new_context(viewport={"width": 1280, "height": 720})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The app, opened and at rest."""
    return open_app(context, address)


def open_app(context: BrowserContext, address: str, last: str = ".st-key-primary-tiles button") -> Page:
    """A new page with the app, once the first digit is read and what the page shows last is there."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    page.locator(".st-key-prediction").get_by_role("heading").wait_for()
    page.locator(last).first.wait_for()
    settle(page)
    return page


def links(page: Page) -> list[Locator]:
    """The links to all pages, the current one's too; none where there is but one page."""
    return page.get_by_test_id("stTopNavLink").all()


def settle(page: Page) -> None:
    """Waits until the app's script has run after the last action."""
    page.wait_for_timeout(350)  # the canvas reports a stroke 200 ms after pen up
    page.locator('[data-testid=stApp][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(150)


def draw(page: Page, points: list[tuple[int, int]]) -> None:
    """Draws a line through points of the canvas with the mouse."""
    box = page.locator(CANVAS).bounding_box()
    assert box
    page.mouse.move(box["x"] + points[0][0], box["y"] + points[0][1])
    page.mouse.down()
    for x, y in points[1:]:
        page.mouse.move(box["x"] + x, box["y"] + y, steps=8)
    page.mouse.up()
