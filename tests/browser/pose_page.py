"""The pose page as tests handle it: its sliders by number, its pixels, and what it tells the server."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import BrowserContext, Locator, Page, WebSocket

from capsnet import checkpoint
from explorer.drawing import to_mnist
from explorer.pose_lab import Subject
from explorer.presets import load_presets, render
from explorer.reading import DigitReading, read
from tests.browser.fixtures import settle

LAB = ".st-key-pose-lab"
ROOT = f"document.querySelector('{LAB} [data-testid=stBidiComponentIsolated]').shadowRoot"
PIXELS = """canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]
    .filter((_, k) => k % 4 === 0)"""


def open_pose(context: BrowserContext, address: str, path: str = "/pose") -> Page:
    """A new page at an address, once its sliders are there; what it tells the server is counted."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("websocket", lambda socket: _count(page, socket))
    page.goto(address + path)
    until_ready(page)
    return page


def until_ready(page: Page) -> None:
    """Waits for the sliders, their strips and the order by effect."""
    page.locator(f"{LAB} .dimension[data-effect]").nth(15).wait_for()
    settle(page)


def slider(page: Page, number: int) -> Locator:
    """The slider of a number of the pose, 1..16."""
    return page.locator(LAB).get_by_role("slider", name=f"Number {number} of the pose", exact=True)


def pixels(page: Page, name: str = "What the capsule draws") -> NDArray[np.int64]:
    """A square canvas's grey pixels, 0..255."""
    values = np.array(page.locator(LAB).get_by_role("img", name=name).evaluate(PIXELS))
    side = int(len(values) ** 0.5)
    return values.reshape(side, side)


def told(page: Page) -> int:
    """How many messages the page has sent to the server so far."""
    return len(_sent.get(page, []))


def subject(capsule: int | None = None) -> tuple[Subject, DigitReading]:
    """What the sliders turn on the digit that a session opens with."""
    preset = next(preset for preset in load_presets() if preset.id == "cursive-4")
    image = to_mnist(render(preset.strokes, preset.width))
    assert image is not None
    network = checkpoint.read()
    reading = read(network.model, image)
    winner = int(reading.lengths[-1].argmax())
    return Subject.of(network, reading, winner if capsule is None else capsule), reading


_sent: dict[Page, list[Any]] = {}


def _count(page: Page, socket: WebSocket) -> None:
    socket.on("framesent", lambda frame: _sent.setdefault(page, []).append(frame))
