"""What a person does with the digit panel, in a real browser."""

from __future__ import annotations

from itertools import groupby

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from explorer.presets import load_presets
from explorer.text import Say
from tests.browser.fixtures import (
    CANVAS,
    GIVEN,
    PANEL,
    PREDICTION,
    SEVEN,
    SOURCES,
    draw,
    given,
    heading,
    open_app,
    photograph,
    rerun,
)

pytestmark = pytest.mark.slow


def click(page: Page, key: str) -> None:
    with rerun(page):
        page.locator(f".st-key-{key} button").first.click()


def press(page: Page, name: str) -> None:
    """Presses Undo or Clear, and waits for the answer."""
    with rerun(page):
        page.get_by_role("button", name=name).click()


def source(page: Page) -> str:
    return page.locator(PANEL).inner_text()


def test_what_the_pen_draws_is_read(page: Page) -> None:
    press(page, "Clear")
    assert heading(page).startswith("Draw")
    draw(page, SEVEN)
    assert heading(page).removeprefix("? ")[0].isdigit()
    assert "Your drawing" in source(page)


def test_undo_goes_back_stroke_by_stroke_and_then_to_the_example(page: Page) -> None:
    first = heading(page)
    press(page, "Clear")
    draw(page, SEVEN)
    seven = heading(page)
    assert not seven.startswith("Draw")
    draw(page, [(90, 160), (190, 140)])
    assert heading(page) != seven
    press(page, "Undo")
    assert heading(page) == seven
    press(page, "Undo")
    assert heading(page).startswith("Draw")
    press(page, "Undo")
    assert heading(page) == first


def test_the_first_stroke_on_an_example_begins_a_drawing(page: Page) -> None:
    assert "Example" in source(page)
    example = given(page)
    expect(page.get_by_text("Draw over it")).to_be_visible()
    draw(page, [(140, 40), (140, 240)])
    expect(page.locator(PANEL)).to_contain_text("Your drawing")
    expect(page.get_by_text("Draw over it")).to_be_hidden()
    alone = given(page)
    press(page, "Undo")
    assert "Example" in source(page)
    assert given(page) == example
    press(page, "Clear")
    draw(page, [(140, 40), (140, 240)])
    assert given(page) == alone  # nothing of the example is in it


def test_examples_are_loaded_by_clicking_their_pictures(page: Page) -> None:
    groups = [list(presets) for _, presets in groupby(load_presets(), key=lambda preset: preset.group)]
    assert [len(presets) for presets in groups] == [10, 10, 7]
    for row, presets in enumerate(groups):
        for place, preset in [*enumerate(presets)][::3]:
            page.locator(SOURCES).first.click()
            with rerun(page):
                page.locator(f".st-key-examples-{row} button").nth(place).click()
            expect(page.locator(".st-key-sources-body")).to_have_count(0)
            expect(page.locator(PANEL)).to_contain_text(f"Example: {Say()(f'examples.{preset.id}')}")


def test_a_picture_that_is_uploaded_is_read(page: Page) -> None:
    before = given(page)
    click(page, "sources")
    page.get_by_role("tab", name="Upload", exact=True).click()
    photograph(page)
    expect(page.locator(PANEL)).to_contain_text("Your image seven.jpg")
    expect(page.locator(GIVEN)).not_to_have_attribute("src", before)


def test_a_text_file_called_a_picture_loses_nothing(page: Page) -> None:
    first = heading(page)
    click(page, "sources")
    page.get_by_role("tab", name="Upload", exact=True).click()
    page.locator("input[type=file]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"hello"})
    expect(page.get_by_role("alert")).to_contain_text("opened as an image")
    assert heading(page) == first


def test_a_phone_draws_by_touch(phone_visitor: BrowserContext, address: str) -> None:
    page = open_app(phone_visitor, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with rerun(page):
        page.get_by_role("button", name="Clear").tap()
    box = page.locator(CANVAS).bounding_box()
    assert box
    touch = phone_visitor.new_cdp_session(page)
    points = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in SEVEN]
    path = [points[0], *_between(points[0], points[1]), *_between(points[1], points[2])]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": path[:1]})
    for point in path[1:]:
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator(PANEL)).to_contain_text("Your drawing")
    expect(page.locator(PREDICTION)).not_to_contain_text("Draw")


def test_nothing_comes_from_elsewhere_and_the_console_is_clean(context: BrowserContext, address: str) -> None:
    foreign, errors = [], []
    own = (address, address.replace("http", "ws"), "data:", "blob:")
    context.on("request", lambda request: None if request.url.startswith(own) else foreign.append(request.url))
    context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page = open_app(context, address)
    draw(page, [(100, 100), (180, 180)])
    assert foreign == []
    assert errors == []


def _between(start: dict[str, float], end: dict[str, float]) -> list[dict[str, float]]:
    shares = [step / 8 for step in range(1, 9)]
    return [{axis: start[axis] + share * (end[axis] - start[axis]) for axis in ("x", "y")} for share in shares]
