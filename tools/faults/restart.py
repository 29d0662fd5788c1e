"""The server is killed and started again while pages are open: what they show afterwards is what they showed before."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.fixtures import PREDICTION, at_rest, draw, heading, new_context, new_page, open_app
from tests.browser.pose_page import slider, turn_a_pose, until_ready
from tools.browser import FLAGS, install
from tools.server import APP, free_port, start, stop

STROKES = ([(70, 70), (200, 70)], [(200, 70), (130, 220)], [(90, 160), (190, 140)])
COMPARED = "compare?digit=e.school-7&change=rotation_35&vary=scale"
BACK = "[data-testid=stApp][data-test-connection-state=CONNECTED]"


class Seen(NamedTuple):
    """What a person has on the screen."""

    address: str
    answer: str
    number: str


def restarted(checkpoint: Path) -> tuple[float, list[str]]:
    """Kills a server under a page of poses and one of comparisons, and starts another.

    Returns:
        Seconds until both pages are back, from when the new server answers, and what they have lost, in words.
    """
    port = free_port()
    address, arguments = f"http://127.0.0.1:{port}", ("--checkpoint", str(checkpoint))
    server = start(port, APP, *arguments)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=install(), args=FLAGS)
            context = new_context(browser)
            pages = [_posed(context, address), _compared(context, address)]
            before = [_seen(page) for page in pages]
            server.kill()
            server.wait()
            for page in pages:
                page.get_by_role("dialog").wait_for()  # the browser has noticed, and says so
            server = start(port, APP, *arguments)
            began = time.perf_counter()
            for page in pages:
                page.locator(BACK).wait_for()
                at_rest(page)
            seconds = time.perf_counter() - began
            for page in pages:
                expect(page.get_by_role("dialog")).to_have_count(0)
            until_ready(pages[0])
            now = [_seen(page) for page in pages]
            browser.close()
    finally:
        stop(server)
    return seconds, [f"{old} became {new}" for old, new in zip(before, now, strict=True) if old != new]


def _posed(context: BrowserContext, address: str) -> Page:
    """A drawing of several strokes, and a pose turned by hand."""
    page = open_app(context, address)
    for points in STROKES:
        draw(page, points)
    turn_a_pose(page)
    return page


def _compared(context: BrowserContext, address: str) -> Page:
    page = new_page(context)
    page.goto(f"{address}/{COMPARED}")
    page.locator(PREDICTION).get_by_role("heading").wait_for()
    at_rest(page)
    return page


def _seen(page: Page) -> Seen:
    pose = slider(page, 3)
    return Seen(page.url, heading(page).split()[0], pose.input_value() if pose.count() else "")
