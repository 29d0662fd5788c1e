"""The overview page, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.fixtures import settle


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


def test_a_map_is_enlarged_by_clicking_it(page: Page) -> None:
    assert page.locator(".st-key-feature-tiles button").count() == 256
    page.locator(".st-key-feature-tiles button").nth(101).click()
    expect(page.locator(".st-key-feature-large")).to_contain_text("filter 101")
    page.locator(".st-key-primary-tiles button").nth(17).click()
    expect(page.locator(".st-key-primary-large")).to_contain_text("channel 17")


def test_what_was_meant_is_compared_with_what_was_read(page: Page) -> None:
    page.locator(".st-key-panel").get_by_role("radio", name="9").click()
    settle(page)
    expect(page.get_by_text("Read as 4, meant as 9")).to_be_visible()


CANVASES = """[...document.querySelectorAll('*')]
    .flatMap(element => element.shadowRoot ? [...element.shadowRoot.querySelectorAll('.sheet canvas')] : [])
    .filter(canvas => canvas.width === 28)"""


def test_tiles_show_the_pixels_they_were_given(page: Page) -> None:
    page.wait_for_function(f"() => {CANVASES}.length === 13")  # three compared, ten drawn by the capsules
    pixels = (
        "canvas => Math.max(...canvas.getContext('2d').getImageData(0, 0, 28, 28).data.filter((_, i) => i % 4 < 3))"
    )
    brightest = page.evaluate(f"() => {CANVASES}.map({pixels})")
    assert brightest[0] == 255
    assert min(brightest) > 20
