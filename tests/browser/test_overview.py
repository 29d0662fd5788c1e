"""The overview page, in a real browser."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from capsnet.ink import FloatImage
from tests import tiny
from tests.browser.fixtures import GIVEN, PANEL


def test_a_capsule_is_looked_at_by_clicking_its_drawing(page: Page) -> None:
    expect(page.locator(".st-key-triptych figure").nth(1)).to_contain_text("capsule 4")
    page.locator(".st-key-strip-tiles button").nth(9).click()
    expect(page.locator(".st-key-triptych figure").nth(1)).to_contain_text("capsule 9")


def test_a_capsule_is_looked_at_by_keyboard(page: Page) -> None:
    tile = page.locator(".st-key-strip-tiles button").nth(6)
    tile.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-triptych figure").nth(1)).to_contain_text("capsule 6")
    expect(tile).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".st-key-strip-tiles button").nth(7)).to_be_focused()
    assert page.locator(".st-key-strip-tiles button[tabindex='0']").count() == 1  # Tab goes on from there


def test_a_map_is_enlarged_by_clicking_it(page: Page) -> None:
    expect(page.locator(".st-key-feature-tiles button")).to_have_count(tiny.CONFIG.feature_channels)
    page.locator(".st-key-feature-tiles button").nth(7).click()
    expect(page.locator(".st-key-feature-large")).to_contain_text("filter 7")
    page.locator(".st-key-primary-tiles button").nth(2).click()
    expect(page.locator(".st-key-primary-large")).to_contain_text("channel 2")


def test_what_was_meant_is_compared_with_what_was_read(page: Page) -> None:
    page.locator(PANEL).get_by_role("radio", name="9").click()
    expect(page.get_by_text("Read as 4, meant as 9")).to_be_visible()


def test_tiles_show_the_pixels_they_were_given(page: Page) -> None:
    """The first tile and the panel's picture of the input are the same 28 x 28, each enlarged in its own way."""
    tile = page.locator(".st-key-triptych figure i").first
    first, second = (_reduced(element.screenshot()) for element in (tile, page.locator(GIVEN)))
    assert first.max() > 0.9
    assert np.abs(first - second).mean() < 0.03
    drawn = _reduced(page.locator(".st-key-strip-tiles i").nth(9).screenshot())
    assert np.abs(first - drawn).mean() > 0.03


def _reduced(png: bytes) -> FloatImage:
    """Grey, 0 to 1, [26, 26]: without the rim, whose corners are round."""
    picture = Image.open(io.BytesIO(png)).convert("L").resize((28, 28), Image.Resampling.BOX)
    return np.asarray(picture, np.float32)[1:-1, 1:-1] / np.float32(255)
