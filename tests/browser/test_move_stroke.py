"""A stroke of the drawing is taken and moved: by mouse, finger and keys, in the real app."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, expect

from explorer.presets import CANVAS as SIDE
from explorer.presets import load_presets
from explorer.session.strokes import unpacked
from tests.browser.fixtures import (
    CANVAS,
    GIVEN,
    PANEL,
    PREDICTION,
    SEVEN,
    at_rest,
    draw,
    given,
    heading,
    open_app,
    photograph,
    rerun,
    stroke,
)

MOVABLE = ".st-key-digit-canvas .movable"
FOUR = next(preset for preset in load_presets() if preset.id == "cursive-4")
"""The example that a session opens with."""
UPRIGHT = FOUR.strokes[1][len(FOUR.strokes[1]) // 2]
"""A point in the middle of its second stroke."""
AWAY = (-60, 20)
"""Pixels of the canvas."""


def move_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Move a stroke")


def begin(page: Page) -> None:
    move_button(page).click()
    expect(move_button(page)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("group", name="Strokes of the drawing").get_by_role("button")).to_have_count(
        len(FOUR.strokes)
    )


def on_screen(page: Page, x: float, y: float) -> dict[str, float]:
    """A point of the canvas on the screen, in whole pixels, as a finger is told."""
    box = page.locator(CANVAS).bounding_box()
    assert box
    return {"x": box["x"] + x * box["width"] / SIDE, "y": box["y"] + y * box["height"] / SIDE}


def moved(page: Page) -> list[tuple[float, float]]:
    """How far each stroke of the example lies from where it was, as the page's address has it."""
    at_rest(page)
    text = page.evaluate("new URLSearchParams(location.search).get('digit')")
    strokes, width = unpacked(text.removeprefix("s."))
    assert width == FOUR.width
    return [
        (after[0][0] - before[0][0], after[0][1] - before[0][1])
        for before, after in zip(FOUR.strokes, strokes, strict=True)
    ]


def test_a_stroke_of_an_example_is_dragged_read_undone_and_shared(page: Page, visitor: BrowserContext) -> None:
    first, example = heading(page), given(page)
    begin(page)
    with rerun(page):
        stroke(
            page, [(round(UPRIGHT[0]), round(UPRIGHT[1])), (round(UPRIGHT[0]) + AWAY[0], round(UPRIGHT[1]) + AWAY[1])]
        )
    expect(page.locator(PANEL)).to_contain_text("Your drawing")
    expect(page.locator(GIVEN)).not_to_have_attribute("src", example)
    assert moved(page) == [(0, 0), AWAY]
    a_link_opens_with_the_moved_stroke(page, visitor)
    with rerun(page):
        page.get_by_role("button", name="Undo").click()
    expect(page.locator(PANEL)).to_contain_text("Example")
    assert (heading(page), given(page)) == (first, example)
    expect(move_button(page)).to_have_attribute("aria-pressed", "true")


def a_link_opens_with_the_moved_stroke(page: Page, context: BrowserContext) -> None:
    shared = page.url
    other = open_app(context, shared)
    assert moved(other) == [(0, 0), AWAY]
    assert heading(other) == heading(page)
    other.close()


def test_the_answer_follows_while_a_stroke_is_dragged(page: Page) -> None:
    switch = page.locator(".st-key-live input")
    expect(switch).to_be_enabled()
    if not switch.is_checked():
        with rerun(page):
            page.locator(".st-key-live label").click()
    begin(page)
    start, end = on_screen(page, *UPRIGHT), on_screen(page, UPRIGHT[0] + AWAY[0], UPRIGHT[1] + AWAY[1])
    page.mouse.move(start["x"], start["y"])
    expect(page.locator(f"{MOVABLE} .lit")).to_have_count(1)
    page.mouse.down()
    page.mouse.move(end["x"], end["y"], steps=5)
    expect(page.locator(f"{PREDICTION} .live-overlay strong")).not_to_be_empty()
    with rerun(page):
        page.mouse.up()
    expect(page.locator(f"{PREDICTION} .live-overlay")).to_have_count(0)


def test_keys_choose_and_move_a_stroke(page: Page) -> None:
    begin(page)
    page.locator(f"{MOVABLE} path").first.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=f"Stroke 2 of {len(FOUR.strokes)}")).to_be_focused()
    with rerun(page):
        page.keyboard.press("ArrowLeft")
    with rerun(page):
        page.keyboard.press("Shift+ArrowDown")
    assert moved(page) == [(0, 0), (-5, 1)]
    expect(page.get_by_role("button", name=f"Stroke 2 of {len(FOUR.strokes)}")).to_be_focused()
    with rerun(page):
        page.keyboard.press("Control+z")
    assert moved(page) == [(0, 0), (-5, 0)]


def test_a_finger_moves_a_stroke_and_the_page_stays(phone_visitor: BrowserContext, address: str) -> None:
    page = open_app(phone_visitor, address)
    move_button(page).tap()
    touch = phone_visitor.new_cdp_session(page)
    start, end = on_screen(page, *UPRIGHT), on_screen(page, UPRIGHT[0] + AWAY[0], UPRIGHT[1] + AWAY[1])
    with rerun(page):
        drag(touch, start, end)
    first, second = moved(page)
    assert first == (0, 0)
    assert abs(second[0] - AWAY[0]) <= 1  # a phone's pixels are larger than the canvas's
    assert abs(second[1] - AWAY[1]) <= 1
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


def drag(touch: CDPSession, start: dict[str, float], end: dict[str, float]) -> None:
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [start]})
    for share in (0.25, 0.5, 0.75, 1):
        point = {axis: start[axis] + share * (end[axis] - start[axis]) for axis in ("x", "y")}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_moved_drawing_is_drawn_on(page: Page) -> None:
    with rerun(page):
        page.get_by_role("button", name="Clear").click()
    expect(move_button(page)).to_be_disabled()
    draw(page, SEVEN)
    move_button(page).click()
    with rerun(page):
        stroke(page, [SEVEN[1], (SEVEN[1][0] - 40, SEVEN[1][1] + 10)])
    move_button(page).click()
    expect(page.locator(MOVABLE)).to_be_hidden()
    draw(page, [(60, 150), (140, 150)])
    text = page.evaluate("new URLSearchParams(location.search).get('digit')")
    strokes, _ = unpacked(text.removeprefix("s."))
    assert len(strokes) == 2
    assert abs(strokes[0][0][0] - (SEVEN[0][0] - 40)) <= 1


def test_a_picture_has_nothing_to_move(page: Page) -> None:
    with rerun(page):
        page.locator(".st-key-sources button").first.click()
    with rerun(page):
        page.get_by_role("tab", name="Upload", exact=True).click()
    photograph(page)
    expect(page.locator(PANEL)).to_contain_text("Your image seven.jpg")
    expect(move_button(page)).to_be_disabled()
    expect(move_button(page)).to_have_attribute("title", "Only digits drawn as strokes can be changed this way")
