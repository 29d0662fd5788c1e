"""What holds for every page that the navigation offers, those to come too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.fixtures import (
    CANVAS,
    PANEL,
    PREDICTION,
    at_rest,
    draw,
    given,
    heading,
    links,
    new_context,
    new_page,
    open_app,
)
from tools.server import APP, serving


def paths(page: Page) -> list[str]:
    """The addresses of all pages, as the links of the navigation name them."""
    found: list[str] = [link.evaluate("link => link.pathname") for link in links(page)]
    return found


def test_going_between_pages_keeps_the_digit(page: Page) -> None:
    draw(page, [(60, 40), (40, 60)])
    expect(page.locator(PANEL)).to_contain_text("Your drawing")
    drawn, answer = given(page), heading(page)
    walked = paths(page)
    assert len(set(walked)) == len(walked) >= 2
    for path in [*walked[1:], walked[0]]:
        page.locator(f'[data-testid=stTopNavLink][href$="{path}"]').click()
        page.wait_for_function("path => location.pathname === path", arg=path)
        at_rest(page)
        assert given(page) == drawn
        assert heading(page) == answer
        expect(page.get_by_role("alert")).to_have_count(0)


def test_an_app_started_in_any_folder_has_its_own_settings(page: Page) -> None:
    own = page.evaluate("getComputedStyle(document.querySelector('.st-key-panel')).color")
    assert own == "rgb(27, 39, 51)"  # not Streamlit's
    expect(page.get_by_test_id("stAppDeployButton")).to_have_count(0)


def test_a_phone_has_the_pages_at_its_bottom(phone_visitor: BrowserContext, address: str) -> None:
    page = open_app(phone_visitor, address)
    for name, path in (("Routing", "/routing"), ("Pose", "/pose"), ("Training", "/training"), ("Overview", "/")):
        page.locator(".st-key-phone-pages").get_by_role("link", name=name).tap()
        page.wait_for_function("path => location.pathname === path", arg=path)
        at_rest(page)
        assert heading(page).startswith("4")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.slow
def test_a_first_visit_to_an_address_shows_the_panel(browser: Browser, page: Page, tiny_checkpoint: Path) -> None:
    """On a fresh server each: there Streamlit once showed a page without what stands around it."""
    for path in paths(page)[::3]:
        with serving(APP, "--checkpoint", str(tiny_checkpoint)) as fresh, new_context(browser) as context:
            visit = new_page(context)
            visit.goto(fresh + path)
            expect(visit.locator(PREDICTION)).to_contain_text("4", timeout=60_000)
            expect(visit.locator(CANVAS)).to_be_visible()
            assert visit.evaluate("location.pathname") == path


def test_the_first_page_is_found_by_its_name_and_no_other_name_is(visitor: BrowserContext, address: str) -> None:
    visit = new_page(visitor)
    visit.goto(f"{address}/overview?digit=e.school-7")
    expect(visit.locator(PREDICTION)).to_contain_text("7", timeout=60_000)
    visit.wait_for_function("() => location.pathname === '/'")
    at_rest(visit)
    expect(visit.get_by_role("dialog")).to_have_count(0)
    assert "digit=e.school-7" in visit.evaluate("location.search")
    visit.goto(f"{address}/nowhere")
    expect(visit.get_by_role("dialog")).to_contain_text("Page not found")
