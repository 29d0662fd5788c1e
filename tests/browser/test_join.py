"""How a class joins: the address of the view as text and as a QR code, in a real browser."""

from __future__ import annotations

import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import segno
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.fixtures import at_rest, open_app
from tools.server import APP, serving


def open_join(page: Page) -> None:
    page.get_by_role("button", name="Join on a phone").click()
    at_rest(page)


def test_phones_are_led_to_what_the_teacher_sees(visitor: BrowserContext, tiny_checkpoint: Path) -> None:
    with serving(APP, "--checkpoint", str(tiny_checkpoint), host="0.0.0.0") as address:  # noqa: S104 - for the room
        page = open_app(visitor, f"{address}/routing", ".st-key-race .race[data-ready]")
        open_join(page)
        code = page.get_by_role("img", name="QR code of")
        expect(code).to_be_visible()
        room = (code.get_attribute("alt") or "").removeprefix("QR code of ")
        expect(page.get_by_text(room, exact=True)).to_be_visible()
        with urllib.request.urlopen(f"{room}/_stcore/health") as answer:  # noqa: S310 - our own server
            assert answer.read() == b"ok"
        view = urlsplit(page.url)
        assert view.path == "/routing"
        assert view.query
        expected = segno.make(f"{room}/routing?{view.query}", micro=False, error="l")
        shown = code.get_attribute("src")
        assert shown == expected.svg_data_uri(scale=6, border=2, light="#fff", dark="#000")


def test_an_app_for_one_computer_says_that_phones_cannot_join(page: Page) -> None:
    open_join(page)
    expect(page.get_by_text("open to its own computer only")).to_be_visible()
    expect(page.get_by_role("img", name="QR code of")).to_have_count(0)
