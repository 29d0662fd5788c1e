"""Every page, in both themes and with all that opens: axe finds nothing serious or critical."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.text import Say
from explorer.views.pages import PAGES
from explorer.views.routing.closer_look import DISCLOSURES
from tests.browser.axe import grave_faults, headings
from tests.browser.fixtures import SOURCES, at_rest, links, new_context, open_app, rerun

say = Say()


@pytest.fixture(params=["light", "dark"])
def themed(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The app on a light or dark screen."""
    with new_context(browser, color_scheme=request.param) as context:
        yield open_app(context, address)


def faults(page: Page, where: str) -> list[str]:
    at_rest(page)
    return [f"{where}: {fault}" for fault in grave_faults(page)]


def test_nothing_grave_on_any_page(themed: Page) -> None:
    found, titles = [], []
    for number, page in enumerate(PAGES):
        if number:
            with rerun(themed):
                links(themed)[number].click()
        expect(themed).to_have_title(say("app.tab", page=say(f"{page.name}.title")))
        titles.append(themed.title())
        found += faults(themed, page.name)
        levels = [0, *headings(themed)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), levels
        if page.name == "routing":
            for name in DISCLOSURES:
                with rerun(themed):
                    themed.get_by_text(say(f"closer_look.open_{name}"), exact=True).click()
                found += faults(themed, f"{page.name}, {name}")
    assert len(set(titles)) == len(PAGES)
    assert found == []


def test_nothing_grave_in_what_opens(themed: Page) -> None:
    themed.get_by_role("button", name=say("strokes.move")).click()
    found = faults(themed, "strokes")
    with rerun(themed):
        themed.locator(SOURCES).first.click()
    found += faults(themed, "examples")
    for tab in ("panel.picture", "panel.tab_mnist"):
        with rerun(themed):
            themed.get_by_role("tab", name=say(tab), exact=True).click()
        found += faults(themed, tab)
    themed.get_by_role("tab", name=say("panel.picture"), exact=True).click()
    themed.locator("input[type=file]").set_input_files(
        {"name": "a.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}
    )
    expect(themed.locator(".st-key-upload-refused")).to_be_visible()
    found += faults(themed, "refused")
    themed.keyboard.press("Escape")
    for button in ("header.card", "header.phones"):
        themed.get_by_role("button", name=say(button)).click()
        expect(themed.get_by_test_id("stPopoverBody")).to_be_visible()
        found += faults(themed, button)
        themed.keyboard.press("Escape")
    with rerun(themed):
        themed.get_by_role("button", name="Clear").click()
    found += faults(themed, "empty")
    assert found == []
