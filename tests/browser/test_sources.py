"""Other sources of a digit than the pen, in a real browser: what opens makes way for the answer."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from explorer.text import Say
from tests.browser.fixtures import GIVEN, PANEL, SOURCES, at_rest, given, rerun
from tests.capsnet.pictures import CLEAN

say = Say()
TOP = "tabs => Math.round(tabs.getBoundingClientRect().top)"
PICTURE = next(iter(CLEAN.values()))


def send(page: Page, name: str, data: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "image/png", "buffer": data})


def test_pictures_are_sent_until_one_is_read_and_shown_at_once(page: Page, tmp_path: Path) -> None:
    with rerun(page):
        page.locator(SOURCES).first.click()
    with rerun(page):
        page.get_by_role("tab", name=say("panel.picture"), exact=True).click()
    what_the_browser_refuses_is_explained_in_words(page, tmp_path)
    what_cannot_be_read_is_said_below_the_tabs_which_stay(page)
    before = given(page)
    send(page, "digit.png", PICTURE)
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(page.locator(GIVEN)).not_to_have_attribute("src", before)
    expect(page.locator(PANEL)).to_contain_text("Your image digit.png")


def what_the_browser_refuses_is_explained_in_words(page: Page, folder: Path) -> None:
    words = page.get_by_text(say("panel.picture_refused", most=25))
    expect(words).to_be_hidden()
    for name, size in (("a.svg", 10), ("large.png", 26_300_000)):
        with (folder / name).open("wb") as file:
            file.truncate(size)
        page.locator("input[type=file]").set_input_files(folder / name)
        expect(words).to_be_visible()
        page.get_by_role("button", name=f"Remove {name}").click()
        expect(words).to_be_hidden()
    at_rest(page)


def what_cannot_be_read_is_said_below_the_tabs_which_stay(page: Page) -> None:
    place = page.get_by_role("tablist").first.evaluate(TOP)
    for attempt in range(2):
        with rerun(page):
            send(page, f"{attempt}.png", b"hello")
        expect(page.get_by_role("alert")).to_have_text(say("panel.picture_not_a_picture"))
        assert page.get_by_role("tablist").first.evaluate(TOP) == place
        expect(page.get_by_test_id("stTab").and_(page.get_by_role("tab", selected=True))).to_have_text(
            say("panel.picture")
        )
