"""Every page in the dark: it is dark, and nothing fails."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from explorer.views.pages import PAGES
from tests.browser.fixtures import PREDICTION, at_rest, draw, new_page

LUMINANCE = """selector => {
    const [red, green, blue] = getComputedStyle(document.querySelector(selector)).backgroundColor.match(/[0-9.]+/g)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
}"""


def errors_of(page: Page) -> list[str]:
    """Fills with what goes wrong on a page."""
    errors: list[str] = []

    def told(message: ConsoleMessage) -> None:
        # Streamlit looks for its server below each address first.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            errors.append(message.text)

    page.on("console", told)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


@pytest.mark.parametrize("path", ["", *(page.name for page in PAGES[1:])])
def test_a_page_in_the_dark(visitor: BrowserContext, address: str, path: str) -> None:
    page = new_page(visitor)
    page.emulate_media(color_scheme="dark")
    errors = errors_of(page)
    page.goto(f"{address}/{path}")
    expect(page.locator(PREDICTION)).to_contain_text("4")
    at_rest(page)
    assert page.evaluate(LUMINANCE, "[data-testid=stApp]") < 0.1
    draw(page, [(100, 100), (180, 180)])
    expect(page.get_by_role("alert")).to_have_count(0)
    assert errors == []
