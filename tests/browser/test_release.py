"""What the weights that come with the project must do in a browser; mechanics are tested with a tiny network."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from explorer import networks
from tests.browser.fixtures import PANEL, PREDICTION, SEVEN, SOURCES, draw, heading, open_app, photograph, rerun
from tests.browser.pose_page import decoders, open_pose, pixels, strongest, subject
from tests.browser.test_live import awake, lengths, pen_down
from tools.film import FOUR, TO_NINE
from tools.server import serving

pytestmark = pytest.mark.slow

LEADS = """digit => {
    const host = [...document.querySelectorAll(".st-key-live *")].find(({ shadowRoot }) => shadowRoot)
    const all = [...host.shadowRoot.querySelectorAll("[role=meter]")].map(meter => Number(meter.ariaValueNow))
    return all[digit] === Math.max(...all)
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The app as people start it."""
    with serving() as address:
        yield address


@pytest.fixture
def page(visitor: BrowserContext, address: str) -> Page:
    return open_app(visitor, address)


def test_the_first_digit_is_read_as_a_four(page: Page) -> None:
    assert heading(page).startswith("4")


def test_a_seven_drawn_with_the_pen_is_read(page: Page) -> None:
    with rerun(page):
        page.get_by_role("button", name="Clear").click()
    draw(page, SEVEN)
    assert heading(page).startswith("7")


def test_a_photographed_seven_is_read(page: Page) -> None:
    with rerun(page):
        page.locator(SOURCES).first.click()
    page.get_by_role("tab", name="Upload", exact=True).click()
    photograph(page)
    expect(page.locator(PANEL)).to_contain_text("Your image seven.jpg")
    expect(page.locator(PREDICTION)).to_contain_text(re.compile("^7"))


def test_the_sliders_turn_what_the_network_draws(visitor: BrowserContext, address: str) -> None:
    lab = open_pose(visitor, address)
    turned, reading = subject(next(iter(networks.available([]).values())))
    first = pixels(lab)
    assert np.abs(first - 255 * reading.reconstructions[turned.capsule]).max() <= 1
    strongest(lab).focus()
    lab.keyboard.press("PageUp")
    assert np.abs(pixels(lab) - first).max() > 10
    assert len(decoders(lab)) == 1


def test_a_stroke_makes_a_nine_of_a_four_under_the_pen(page: Page) -> None:
    awake(page)
    with rerun(page):
        page.get_by_role("button", name="Clear").click()
    for points in FOUR:
        with rerun(page), pen_down(page, list(points)):
            pass
    four = lengths(page)
    assert four[4] == max(four) > 0.65
    with pen_down(page, list(TO_NINE[0])):
        page.wait_for_function(LEADS, arg=9)
        nine = lengths(page)
    assert nine[4] < four[4] - 0.2
    assert nine[9] > four[9] + 0.2
