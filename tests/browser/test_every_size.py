"""Screens from a small phone to a projector, upright, on the side and zoomed in: every control can be reached."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.boxes import FAULTS, WHOLE
from tests.browser.fixtures import at_rest, frames, new_context, new_page

PHONES = [(320, 568), (360, 640), (375, 667), (390, 844), (412, 915), (568, 320), (600, 960), (640, 360)]
WIDER = [(667, 375), (844, 390), (932, 430), (853, 480), (911, 512), (960, 540)]
"""Phones on the side, and a projector's window at 150% zoom."""
TABLETS = [(768, 1024), (820, 1180), (1024, 768)]
SCREENS = [(1180, 820), (1280, 720), (1920, 1080)]
SIZES = [*PHONES, *WIDER, *TABLETS, *SCREENS]
LAST = {
    "": ".st-key-primary-tiles button",
    "routing": ".st-key-by-hand .tip",
    "pose": ".st-key-pose-lab .dimension[data-effect]:last-child",
}
"""What each page shows last."""


def opened(browser: Browser, address: str, path: str, *, touch: bool = True) -> Page:
    """A page at rest on a small phone, or in a small window."""
    context = new_context(browser, viewport={"width": 320, "height": 568}, has_touch=touch, is_mobile=touch)
    page = new_page(context)
    page.goto(f"{address}/{path}")
    page.locator(LAST[path]).first.wait_for()
    at_rest(page)
    assert page.evaluate("matchMedia('(pointer: coarse)').matches") is touch
    return page


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_function("innerWidth < 768 || document.querySelector('[data-testid=stTopNavLink]')")
    frames(page, 4)
    at_rest(page)


@pytest.mark.parametrize("path", LAST)
def test_fingers_reach_every_control_at_every_size(browser: Browser, address: str, path: str) -> None:
    page = opened(browser, address, path)
    faults = []
    for size in SIZES:
        resize(page, size)
        found = page.evaluate(FAULTS)
        assert found["controls"] > 30, size
        faults += [f"{size[0]}x{size[1]}: {fault}" for fault in found["faults"]]
    page.context.close()
    assert faults == []


@pytest.mark.parametrize("path", LAST)
def test_a_mouse_reaches_every_control_of_a_zoomed_window(browser: Browser, address: str, path: str) -> None:
    page = opened(browser, address, path, touch=False)
    faults = []
    for size in ((640, 360), (960, 540), (1024, 576), (1280, 720)):
        resize(page, size)
        faults += [f"{size[0]}x{size[1]}: {fault}" for fault in page.evaluate(FAULTS)["faults"]]
        assert page.get_by_role("button", name="Join by phone").is_visible(), size
    page.context.close()
    assert faults == []


def test_the_canvas_is_whole_at_every_size(browser: Browser, address: str) -> None:
    page = opened(browser, address, "pose")
    faults = []
    for size in SIZES:
        resize(page, size)
        faults += [f"{size[0]}x{size[1]}: {fault}" for fault in page.evaluate(WHOLE)]
    page.context.close()
    assert faults == []
