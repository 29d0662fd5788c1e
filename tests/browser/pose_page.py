"""The pose page as tests handle it: its sliders by number, its pixels, and what it tells the server."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import BrowserContext, Locator, Page

from capsnet import checkpoint
from explorer.components.pose_lab import Subject
from explorer.digit_library import FIRST
from explorer.reading import CapsuleReading, read
from tests.browser.fixtures import at_rest, new_page, traffic
from tests.explorer.pages import image_of

LAB = ".st-key-pose-lab"
ROOT = f"document.querySelector('{LAB} [data-testid=stBidiComponentIsolated]').shadowRoot"
PIXELS = """canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]
    .filter((_, k) => k % 4 === 0)"""


@pytest.fixture
def lab(visitor: BrowserContext, address: str) -> Page:
    """The pose page in a projector's window."""
    return open_pose(visitor, address)


@pytest.fixture
def phone(phone_visitor: BrowserContext, address: str) -> Page:
    """The pose page on a phone."""
    return open_pose(phone_visitor, address)


def open_pose(context: BrowserContext, address: str, path: str = "/pose") -> Page:
    """A new page, once its sliders are there; without a path it is reached by the navigation."""
    page = new_page(context)
    page.goto(address + path)
    if not path:
        page.get_by_role("link", name="Pose").click()
    until_ready(page)
    return page


def until_ready(page: Page) -> None:
    """Waits for the sliders, their strips and the order by effect; they are of the network chosen last."""
    at_rest(page)
    page.locator(f"{LAB} .pose-lab[aria-busy=false] .dimension[data-effect]").nth(15).wait_for()
    at_rest(page)


def slider(page: Page, number: int) -> Locator:
    """The slider of a number of the pose, 1..16."""
    return page.locator(LAB).get_by_role("slider", name=f"Number {number} of the pose", exact=True)


def strongest(page: Page) -> Locator:
    """The slider that changes the picture most."""
    return page.locator(f"{LAB} .dimension").first.get_by_role("slider")


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


def pixels(page: Page, name: str = "Reconstruction from") -> NDArray[np.int64]:
    """One of the instrument's pictures, 0..255."""
    return shade(page.locator(LAB).get_by_role("img", name=name))


def shade(canvas: Locator) -> NDArray[np.int64]:
    """A square canvas's grey pixels, 0..255."""
    values = np.array(canvas.evaluate(PIXELS))
    side = int(len(values) ** 0.5)
    return values.reshape(side, side)


def told(page: Page) -> int:
    """How many messages the page has sent to the server so far."""
    return len(traffic(page).sent)


def decoders(page: Page) -> list[str]:
    """The decoders that the page has fetched so far."""
    return [name for name in traffic(page).fetched if name.endswith("-decoder.safetensors.gz")]


def subject(file: Path, capsule: int | None = None) -> tuple[Subject, CapsuleReading]:
    """What the sliders turn on the digit that a session opens with, by a network; without a capsule, the winner."""
    network = checkpoint.read(file)
    reading = read(network.model, image_of(FIRST))
    winner = int(reading.lengths[-1].argmax())
    return Subject.of(network, reading, winner if capsule is None else capsule), reading


def turn_a_pose(page: Page) -> None:
    """Goes to the pose page by the navigation and turns one number by a key, until that stands in the address."""
    page.get_by_role("link", name="Pose").first.click()
    until_ready(page)
    slider(page, 3).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('pose=')")
    at_rest(page)
