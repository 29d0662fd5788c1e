"""Two replicas of the app behind nginx, by the files of `deploy/nginx`: one is killed, and its browser goes on.

`make failover` needs nginx (Debian: `apt-get install nginx-light`), which is not among what the tests install.
"""

from __future__ import annotations

import base64
import io
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from typing import NamedTuple

import numpy as np
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.fixtures import (
    GIVEN,
    PANEL,
    SEVEN,
    at_rest,
    draw,
    given,
    heading,
    new_context,
    open_app,
    photograph,
    rerun,
)
from tests.browser.pose_page import turn_a_pose
from tools.browser import FLAGS, install
from tools.replicas import COOKIE, replicas
from tools.server import start

HOST = "capsnet.example"
"""A name such as a school's server has; Chromium is told that it is this machine."""
SERVED = """() => performance.getEntriesByType('resource').map(entry => entry.name)
    .filter(name => name.includes('/component/'))"""
STATUS = "url => fetch(url, {cache: 'reload'}).then(answer => answer.status)"


class Seen(NamedTuple):
    """What a person has on the screen."""

    address: str
    answer: str
    picture: str


def main() -> None:
    """Runs it, and says what was found; ends with 1 where something was lost."""
    with ExitStack() as room:
        try:
            port, processes, ports = room.enter_context(replicas())
        except LookupError as error:
            sys.exit(f"NOT TESTED: {error}")
        address = f"http://{HOST}:{port}"
        browser = room.enter_context(sync_playwright()).chromium.launch(
            executable_path=install(), args=[*FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
        )
        room.callback(browser.close)
        contexts = [room.enter_context(new_context(browser)) for _ in ports]
        pages = [open_app(context, address) for context in contexts]
        _expect("replicas of two browsers", sorted(_replica(context) for context in contexts), ["1", "2"])
        lost = int(_replica(contexts[0])) - 1
        seen = [_work(pages[0]), _work(pages[1])]
        processes[lost].kill()
        processes[lost].wait()
        _goes_on(pages[0], contexts[0], seen[0], str(2 - lost))
        _expect("the other browser as before", _seen(pages[1]) == seen[1], True)
        processes[lost] = start(ports[lost])
        _stays(pages[0], contexts[0], str(2 - lost))
        _expect("Streamlit's own numbers from outside", _status(f"{address}/_stcore/metrics"), 404)
    print("passed")


def _work(page: Page) -> Seen:
    """Draws, and turns a pose."""
    draw(page, SEVEN)
    turn_a_pose(page)
    return _seen(page)


def _goes_on(page: Page, context: BrowserContext, seen: Seen, replica: str) -> None:
    """Waits until a page whose replica was killed is back at the other one, with all that was there, and works."""
    start = time.perf_counter()
    with page.expect_event("websocket", timeout=60_000):
        pass
    at_rest(page)
    print(f"seconds until the page is back: {time.perf_counter() - start:.1f}", flush=True)
    _expect("replica now", _replica(context), replica)
    now = _seen(page)
    _expect("page, digit and pose as the address has them", now.address == seen.address, True)
    _expect("answer", now.answer, seen.answer)
    # The strokes of an address are rounded to pixels of the canvas.
    _expect(f"picture, off by {_difference(now, seen):.1%} of its ink: kept", _difference(now, seen) < 0.1, True)
    draw(page, [(60, 240), (220, 240)])
    print("a stroke is read", flush=True)
    files = page.evaluate(SERVED)
    _expect(f"{len(files)} files of the first replica", {page.evaluate(STATUS, file) for file in files}, {200})


def _stays(page: Page, context: BrowserContext, replica: str) -> None:
    """The killed replica is back; the session stays where it is now, and so do its uploads."""
    page.get_by_role("link", name="Overview").first.click()
    page.wait_for_function("() => location.pathname === '/'")
    at_rest(page)
    before = given(page)
    with rerun(page):
        page.locator(".st-key-sources button").first.click()
    with rerun(page):
        page.get_by_role("tab", name="Upload", exact=True).click()
    photograph(page)
    expect(page.locator(GIVEN)).not_to_have_attribute("src", before)
    expect(page.locator(PANEL)).to_contain_text("seven.jpg")
    print("with the first replica back, a photo is read", flush=True)
    _expect("replica still", _replica(context), replica)


def _seen(page: Page) -> Seen:
    return Seen(page.url, heading(page).split()[0], given(page))


def _difference(one: Seen, other: Seen) -> float:
    """Between two pictures, as a share of the ink of the second."""
    first, second = (
        np.asarray(Image.open(io.BytesIO(base64.b64decode(seen.picture.partition(",")[2]))), np.float64)
        for seen in (one, other)
    )
    return float(abs(first - second).sum() / second.sum())


def _replica(context: BrowserContext) -> str:
    """By the cookie of the proxy."""
    return next(str(cookie["value"]) for cookie in context.cookies() if cookie["name"] == COOKIE)


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address.replace(HOST, "127.0.0.1"), timeout=20) as answer:  # noqa: S310 - our own
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _expect(what: str, found: object, expected: object) -> None:
    """Says what was found; anything else than expected ends it all."""
    if found != expected:
        sys.exit(f"LOST: {what}: {found} in place of {expected}")
    print(f"{what}: {found}", flush=True)


if __name__ == "__main__":
    main()
