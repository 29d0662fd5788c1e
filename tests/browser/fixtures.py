"""A running app and a real Chromium to look at it with; what is done to a page, and waiting until it has answered.

Nothing here waits for a length of time: what a test does makes the app's script run (`rerun`) or the picture that the
network gets change (`draw`), and that is waited for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, WebSocket, expect, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tools.browser import FLAGS, installed
from tools.server import APP, serving

CANVAS = ".st-key-digit-canvas canvas.upper-canvas"
PANEL = ".st-key-panel"
PREDICTION = ".st-key-prediction"
"""What the network answers, with its heading."""
GIVEN = ".st-key-normalised img"
"""The picture that the network gets."""
SOURCES = ".st-key-sources button"
"""Opens examples and other sources of a digit."""
PATIENCE = 60_000
"""Milliseconds until something that is waited for counts as missing."""
DESKTOP = {"viewport": {"width": 1280, "height": 720}}
"""A projector's window."""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PREPARED = """
{
    let seed = 11
    Math.random = () => (seed = (16807 * seed) % 2147483647) / 2147483647
}
window.handled = 0
window.WebSocket = class extends WebSocket {
    constructor(...all) {
        super(...all)
        window.handled = 0
        this.addEventListener("message", () => window.handled++)
    }
}"""
"""Makes chance the same for all, and counts the messages of the server that have reached the page."""
SHOWN = """() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-stale=true]')"""
"""Whether nothing is left on the screen from before the last run."""
STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"
"""What a page can leave behind; that of one tab goes with it."""
SEVEN = [(70, 70), (200, 70), (130, 220)]
"""A stroke on the canvas."""
FRAMES = """count => new Promise(done => {
    const next = left => (left ? requestAnimationFrame(() => next(left - 1)) : done())
    next(count)
})"""


class Traffic:
    """What a page and the app's server have said to each other so far."""

    socket: WebSocket

    def __init__(self, page: Page) -> None:
        self.sent: list[int] = []
        """Sizes of the messages to the server, in bytes."""
        self.received: list[int] = []
        self.before = 0
        """How many messages were received by earlier connections."""
        self.fetched: list[str] = []
        """Names of the weights that were asked for over HTTP."""
        self.running = True
        """Whether the server owes the end of a run of its script."""
        page.on("websocket", self._listen)
        page.on("request", self._fetch)

    def _fetch(self, request: Request) -> None:
        if request.url.endswith(".safetensors.gz"):
            self.fetched.append(request.url.rpartition("/")[2])

    def _listen(self, socket: WebSocket) -> None:
        self.socket = socket
        self.before = len(self.received)
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: str | bytes) -> None:
        self.sent.append(len(frame))
        self.running |= isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script"

    def _received(self, frame: str | bytes) -> None:
        self.received.append(len(frame))
        self.running &= not ends_run(frame)


def ends_run(frame: str | bytes) -> bool:
    """Whether a message from the server says that its script, or a fragment of it, has run to its end."""
    if not isinstance(frame, bytes):
        return False
    message = ForwardMsg.FromString(frame)
    stopped = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN  # the next run begins at once
    return message.WhichOneof("type") == "script_finished" and not stopped


_traffic: WeakKeyDictionary[Page, Traffic] = WeakKeyDictionary()


def traffic(page: Page) -> Traffic:
    """What a page that `new_page` made has sent and received."""
    return _traffic[page]


@pytest.fixture(scope="session")
def address(tiny_checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with the tiny network, started in some folder, on a free port of this machine; ended after the tests."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with serving(APP, "--checkpoint", str(tiny_checkpoint), folder=folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that `tools.browser` found or installed; a missing one fails the tests."""
    path = installed()
    assert path, "no Chromium: run `make browser`"
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


class Seat:
    """A context for one visitor after the other: nothing but the scripts in its cache is left for the next one."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = new_context(browser, **options)
        self._kept = self.context.new_page()
        self._session = self.context.new_cdp_session(self._kept)

    @contextmanager
    def taken(self) -> Iterator[BrowserContext]:
        """For one visitor, whose pages are closed afterwards, and what they stored is forgotten."""
        try:
            yield self.context
        finally:
            opened = [page for page in self.context.pages if page != self._kept]
            parts = [urlsplit(page.url) for page in opened]
            for page in opened:
                page.close()
            for origin in {f"{part.scheme}://{part.netloc}" for part in parts if part.netloc}:
                self._session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": STORED})


@pytest.fixture(scope="session")
def seat(browser: Browser) -> Iterator[Seat]:
    """A projector's window, for all tests."""
    kept = Seat(browser)
    yield kept
    kept.context.close()


@pytest.fixture(scope="session")
def phone_seat(browser: Browser) -> Iterator[Seat]:
    """A phone, for all tests."""
    kept = Seat(browser, **PHONE)
    yield kept
    kept.context.close()


@pytest.fixture
def visitor(seat: Seat) -> Iterator[BrowserContext]:
    """A projector's window; for what only opens pages: it is quicker than `context`."""
    with seat.taken() as context:
        yield context


@pytest.fixture
def phone_visitor(phone_seat: Seat) -> Iterator[BrowserContext]:
    """A phone; for what only opens pages: it is quicker than `phone_context`."""
    with phone_seat.taken() as context:
        yield context


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A projector's window of a test's own, which may route requests, listen to them and change what scripts find."""
    with new_context(browser) as opened:
        yield opened


@pytest.fixture
def phone_context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of a test's own, as `context`."""
    with new_context(browser, **PHONE) as opened:
        yield opened


@pytest.fixture
def page(visitor: BrowserContext, address: str) -> Page:
    """The app, opened and at rest."""
    return open_app(visitor, address)


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A visitor of their own, a projector's window unless options say otherwise; chance is the same for all."""
    context = browser.new_context(**{**DESKTOP, **options})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(PREPARED)
    return context


def new_page(context: BrowserContext) -> Page:
    """An empty page whose `traffic` is counted."""
    page = context.new_page()
    _traffic[page] = Traffic(page)
    return page


def open_app(context: BrowserContext, address: str, last: str = ".anatomy[data-digit]") -> Page:
    """A new page with the app, once the first digit is read and what the page shows last is there."""
    page = new_page(context)
    page.goto(address)
    page.locator(PREDICTION).get_by_role("heading").wait_for()
    page.locator(last).first.wait_for()
    at_rest(page)
    return page


def heading(page: Page) -> str:
    """What the network answers, as the panel's heading says it."""
    return page.locator(PREDICTION).inner_text().strip()


def given(page: Page) -> str:
    """The picture that the network gets, as an address."""
    address = page.locator(GIVEN).get_attribute("src")
    assert address
    return address


def links(page: Page) -> list[Locator]:
    """The links to all pages, the current one's too; none where there is but one page."""
    return page.get_by_test_id("stTopNavLink").all()


@contextmanager
def rerun(page: Page) -> Iterator[None]:
    """What is done within makes the app's script, or a fragment, run; goes on once the outcome is on the screen."""
    at_rest(page)
    with traffic(page).socket.expect_event("framereceived", ends_run, timeout=PATIENCE):
        yield
    at_rest(page)


def at_rest(page: Page) -> None:
    """Waits until the server has answered all that it was asked, and the answers are on the screen."""
    asked = traffic(page)
    frames(page, 2)  # what was just done has been sent
    if not hasattr(asked, "socket"):  # on a busy machine a page is painted before it calls the server
        page.wait_for_event("websocket", timeout=PATIENCE)
    while asked.running:
        asked.socket.wait_for_event("framereceived", ends_run, timeout=PATIENCE)
        frames(page, 2)
    page.wait_for_function("count => window.handled >= count", arg=len(asked.received) - asked.before)
    frames(page, 2)
    page.wait_for_function(SHOWN)


def frames(page: Page, count: int) -> None:
    """Lets the browser paint so many times."""
    page.evaluate(FRAMES, count)


def draw(page: Page, points: list[tuple[int, int]]) -> None:
    """Draws a line through points of the canvas with the mouse, and waits until the network got another picture."""
    before = given(page)
    stroke(page, points)
    expect(page.locator(GIVEN)).not_to_have_attribute("src", before)
    at_rest(page)


def stroke(page: Page, points: list[tuple[int, int]]) -> None:
    """Draws a line through points of the canvas, 280 pixels high and wide, with the mouse."""
    box = page.locator(CANVAS).bounding_box()
    assert box
    places = [(box["x"] + x * box["width"] / 280, box["y"] + y * box["height"] / 280) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def photograph(page: Page) -> None:
    """Sends seven.jpg, a dark seven on grey paper, through the open field for pictures."""
    picture = Image.new("L", (300, 400), 225)
    ImageDraw.Draw(picture).line([(90, 90), (210, 90), (140, 310)], fill=40, width=24, joint="curve")
    buffer = io.BytesIO()
    picture.save(buffer, format="JPEG")
    page.locator("input[type=file]").set_input_files(
        {"name": "seven.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}
    )
