"""Screens from a small phone to a projector, upright, on the side and zoomed in: every control can be reached."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.boxes import FAULTS, PLACES, WHOLE
from tests.browser.fixtures import Seat, at_rest, frames, new_page
from tests.browser.test_live import read_live

PHONES = [(320, 568), (360, 640), (375, 667), (390, 844), (412, 915), (568, 320), (600, 960), (640, 360)]
WIDER = [(667, 375), (844, 390), (932, 430), (853, 480), (911, 512), (960, 540)]
"""Phones on the side, and a projector's window at 150% zoom."""
TABLETS = [(768, 1024), (820, 1180), (1024, 768)]
SCREENS = [(1180, 820), (1280, 720), (1920, 1080)]
SIZES = [*PHONES, *WIDER, *TABLETS, *SCREENS]
LAST = {
    "": ".anatomy[data-digit]",
    "routing": ".st-key-by-hand .tip",
    "compare": ".st-key-turn .number:last-child",
    "code": ".st-key-code-routing .note math",
    "pose": ".st-key-pose-lab .dimension[data-effect]:last-child",
    "training": ".st-key-others-sheet .sheet > :last-child",
}
"""What each page shows last."""


@pytest.fixture(scope="module")
def seats(browser: Browser) -> Iterator[dict[bool, Seat]]:
    """A small phone, and a small window: by whether they are touched."""
    small = {"width": 320, "height": 568}
    both = {touch: Seat(browser, viewport=small, has_touch=touch, is_mobile=touch) for touch in (False, True)}
    yield both
    for seat in both.values():
        seat.context.close()


@pytest.fixture
def phone(seats: dict[bool, Seat]) -> Iterator[BrowserContext]:
    """A small phone."""
    with seats[True].taken() as context:
        yield context


@pytest.fixture
def window(seats: dict[bool, Seat]) -> Iterator[BrowserContext]:
    """A small window."""
    with seats[False].taken() as context:
        yield context


def opened(context: BrowserContext, address: str, path: str, *, touch: bool = True) -> Page:
    """A page at rest."""
    page = new_page(context)
    page.goto(f"{address}/{path}")
    page.locator(LAST[path]).first.wait_for()
    at_rest(page)
    assert page.evaluate("matchMedia('(pointer: coarse)').matches") is touch
    return page


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_function("() => innerWidth < 768 || document.querySelector('[data-testid=stTopNavLink]')")
    frames(page, 4)
    at_rest(page)


@pytest.mark.parametrize("path", LAST)
def test_fingers_reach_every_control_at_every_size(phone: BrowserContext, address: str, path: str) -> None:
    page = opened(phone, address, path)
    faults = []
    for size in SIZES:
        resize(page, size)
        found = page.evaluate(FAULTS)
        assert found["controls"] > 30, size
        faults += [f"{size[0]}x{size[1]}: {fault}" for fault in found["faults"]]
    assert faults == []


@pytest.mark.parametrize("path", LAST)
def test_a_mouse_reaches_every_control_of_a_zoomed_window(window: BrowserContext, address: str, path: str) -> None:
    page = opened(window, address, path, touch=False)
    faults = []
    for size in ((640, 360), (960, 540), (1024, 576), (1280, 720)):
        resize(page, size)
        faults += [f"{size[0]}x{size[1]}: {fault}" for fault in page.evaluate(FAULTS)["faults"]]
        assert page.get_by_role("button", name="Join on a phone").is_visible(), size
    assert faults == []


def test_the_canvas_is_whole_at_every_size(phone: BrowserContext, address: str) -> None:
    page = opened(phone, address, "pose")
    faults = []
    for size in SIZES:
        resize(page, size)
        faults += [f"{size[0]}x{size[1]}: {fault}" for fault in page.evaluate(WHOLE)]
    assert faults == []


HEADER, FIRST, NAVIGATION = 44, 280, 52
"""Heights on a phone, in pixels: of the header, of canvas and answer below it, and of the pages at the bottom."""


def test_on_a_phone_canvas_and_answer_stand_side_by_side_and_the_page_begins(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, "pose")
    keys = ["header", "digit-canvas", "answer", "panel", "pose-lab", "phone-pages", "canvas-buttons"]
    resize(page, (390, 844))
    places = page.evaluate(PLACES, keys)
    canvas = page.locator(".st-key-digit-canvas canvas.upper-canvas").bounding_box()
    assert canvas
    assert canvas["width"] >= 220
    assert places["header"]["bottom"] <= HEADER
    assert canvas["y"] + canvas["height"] <= HEADER + FIRST
    assert places["answer"]["bottom"] <= HEADER + FIRST
    assert places["answer"]["left"] >= canvas["x"] + canvas["width"]
    assert places["answer"]["top"] >= places["canvas-buttons"]["bottom"]
    assert places["pose-lab"]["top"] < 844 - NAVIGATION - 150
    assert (places["phone-pages"]["top"], places["phone-pages"]["bottom"]) == (844 - NAVIGATION, 844)
    background = "getComputedStyle(document.querySelector('.st-key-phone-pages')).backgroundColor"
    assert page.evaluate(background).startswith("rgb(")  # with no alpha: nothing shines through
    resize(page, (320, 568))
    places = page.evaluate(PLACES, keys)
    assert max(place["right"] for place in places.values()) <= 320
    assert places["header"]["bottom"] <= HEADER
    assert places["answer"]["top"] >= places["canvas-buttons"]["bottom"]


def test_in_a_window_the_panel_is_as_wide_as_its_canvas_and_ends_on_the_screen(
    window: BrowserContext, address: str
) -> None:
    page = opened(window, address, "pose", touch=False)
    resize(page, (1280, 720))
    read_live(page)  # else a slow machine says how slow it is, in a line of its own
    places = page.evaluate(PLACES, ["panel", "pose-lab", "meant", "canvas-buttons", "digit-canvas"])
    assert places["panel"]["right"] - places["panel"]["left"] == 280
    assert (places["pose-lab"]["left"], places["pose-lab"]["right"]) == (344, 1248)
    assert places["meant"]["bottom"] <= 720
    tools = [page.get_by_role("button", name=name).bounding_box() for name in ("Undo", "Clear", "Move a stroke")]
    assert {tool and tool["y"] for tool in tools} == {places["canvas-buttons"]["top"]}
    tops = page.locator(".st-key-meant button").evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
    assert len(tops) == 10
    assert len(set(tops)) == 1
