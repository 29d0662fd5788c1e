"""The pose page as tests handle it: its sliders by number, its pixels, and what it tells the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from explorer.views.sources import FIRST
from numpy.typing import NDArray
from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocket

from capsnet import checkpoint
from explorer import weights
from explorer.components.pose_lab import Subject
from explorer.reading import CapsuleReading, read
from tests.browser.fixtures import settle
from tests.explorer.pages import image_of

LAB = ".st-key-pose-lab"
ROOT = f"document.querySelector('{LAB} [data-testid=stBidiComponentIsolated]').shadowRoot"
PIXELS = """canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]
    .filter((_, k) => k % 4 === 0)"""


@pytest.fixture
def lab(context: BrowserContext, address: str) -> Page:
    """The pose page in a projector's window."""
    return open_pose(context, address)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """The pose page on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield open_pose(context, address)
    context.close()


def open_pose(context: BrowserContext, address: str, path: str = "/pose") -> Page:
    """A new page, once its sliders are there; what it tells the server is counted.

    Without a path the page is reached by the navigation.
    """
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("websocket", lambda socket: _count(page, socket))
    page.goto(address + path)
    if not path:
        page.get_by_role("link", name="Pose").click()
    until_ready(page)
    return page


def until_ready(page: Page) -> None:
    """Waits for the sliders, their strips and the order by effect."""
    page.locator(f"{LAB} .dimension[data-effect]").nth(15).wait_for()
    settle(page)


def slider(page: Page, number: int) -> Locator:
    """The slider of a number of the pose, 1..16."""
    return page.locator(LAB).get_by_role("slider", name=f"Number {number} of the pose", exact=True)


def middle(ours: Locator) -> tuple[float, float, float]:
    """Where a slider's handle is on the screen, and how wide the slider is."""
    box = ours.bounding_box()
    assert box
    share = ours.evaluate("slider => (slider.value - slider.min) / (slider.max - slider.min)")
    return box["x"] + 5 + share * (box["width"] - 10), box["y"] + box["height"] / 2, box["width"]


def value(ours: Locator) -> float:
    """Where a slider stands."""
    return float(ours.input_value())


def button(page: Page, name: str) -> Locator:
    """A button of the instrument."""
    return page.locator(LAB).get_by_role("button", name=name, exact=True)


def capsules(page: Page) -> Locator:
    """The choice of the capsule looked at."""
    return page.get_by_role("radiogroup", name="Capsule")


def pixels(page: Page, name: str = "What the capsule draws") -> NDArray[np.int64]:
    """One of the instrument's pictures, 0..255."""
    return shade(page.locator(LAB).get_by_role("img", name=name))


def shade(canvas: Locator) -> NDArray[np.int64]:
    """A square canvas's grey pixels, 0..255."""
    values = np.array(canvas.evaluate(PIXELS))
    side = int(len(values) ** 0.5)
    return values.reshape(side, side)


def told(page: Page) -> int:
    """How many messages the page has sent to the server so far."""
    return len(_sent.get(page, []))


def deliveries(page: Page) -> list[int]:
    """Sizes in bytes of the messages so far that were large enough to hold a decoder."""
    return [size for size in _received.get(page, []) if size > 1_000_000]


def subject(capsule: int | None = None, file: Path | None = None) -> tuple[Subject, CapsuleReading]:
    """What the sliders turn on the digit that a session opens with; without a file, by the app's first network."""
    network = checkpoint.read(file or weights.available([])[0])
    reading = read(network.model, image_of(FIRST))
    winner = int(reading.lengths[-1].argmax())
    return Subject.of(network, reading, winner if capsule is None else capsule), reading


_sent: dict[Page, list[int]] = {}
_received: dict[Page, list[int]] = {}


def _count(page: Page, socket: WebSocket) -> None:
    socket.on("framesent", lambda frame: _sent.setdefault(page, []).append(len(frame)))
    socket.on("framereceived", lambda frame: _received.setdefault(page, []).append(len(frame)))
