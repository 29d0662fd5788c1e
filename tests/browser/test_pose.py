"""What a person does with the pose page's sliders, in a real browser."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import settle
from tests.browser.pose_page import LAB, button, middle, open_pose, pixels, slider, subject, told, value


def test_a_drag_moves_the_picture_before_release_and_says_one_thing_after_it(lab: Page) -> None:
    before, heard = pixels(lab), told(lab)
    x, y, width = middle(slider(lab, 6))
    lab.mouse.move(x, y)
    lab.mouse.down()
    lab.mouse.move(x - width / 3, y, steps=25)
    assert np.abs(pixels(lab) - before).max() > 60
    lab.wait_for_timeout(400)
    assert told(lab) == heard
    lab.mouse.up()
    settle(lab)
    assert told(lab) == heard + 1


def test_a_key_moves_the_picture_before_it_comes_up(lab: Page) -> None:
    before, heard = pixels(lab), told(lab)
    ours = slider(lab, 6)
    ours.focus()
    start = value(ours)
    lab.keyboard.down("PageUp")
    for _ in range(3):
        lab.keyboard.down("ArrowRight")
    assert value(ours) > start + 0.03
    assert np.abs(pixels(lab) - before).max() > 10
    assert told(lab) == heard
    lab.keyboard.up("ArrowRight")
    settle(lab)
    assert told(lab) == heard + 1
    lab.keyboard.press("Delete")
    np.testing.assert_array_equal(pixels(lab), before)


def test_a_finger_moves_the_picture_before_it_lifts(phone: Page) -> None:
    before = pixels(phone)
    ours = slider(phone, 6)
    ours.scroll_into_view_if_needed()
    x, y, width = middle(ours)
    touch = phone.context.new_cdp_session(phone)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 13):
        points = [{"x": x + step * width / 40, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    assert np.abs(pixels(phone) - before).max() > 30
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settle(phone)
    assert button(phone, "Step back").is_enabled()


def test_a_phone_is_not_scrolled_sideways_and_keeps_the_picture_in_sight(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    lowest = phone.locator(f"{LAB} .dimension").last
    lowest.scroll_into_view_if_needed()
    expect(phone.locator(f"{LAB} canvas").first).to_be_in_viewport(ratio=1)
    expect(lowest.get_by_role("slider")).to_be_in_viewport()


def test_steps_back_reset_and_random(lab: Page) -> None:
    first = pixels(lab)
    expect(button(lab, "Step back")).to_be_disabled()
    button(lab, "Random").click()
    random = pixels(lab)
    assert np.abs(random - first).max() > 30
    turned, _ = subject()
    set_to = np.array([value(slider(lab, number)) for number in range(1, 17)])
    assert (set_to >= turned.span.trained_low - 0.01).all()
    assert (set_to <= turned.span.trained_high + 0.01).all()
    settle(lab)
    button(lab, "Reset all").click()
    np.testing.assert_array_equal(pixels(lab), first)
    settle(lab)
    button(lab, "Step back").click()
    settle(lab)
    np.testing.assert_array_equal(pixels(lab), random)
    button(lab, "Step back").click()
    settle(lab)
    np.testing.assert_array_equal(pixels(lab), first)
    expect(button(lab, "Step back")).to_be_disabled()


def test_a_number_swings_by_itself_and_its_pose_is_kept_when_it_stops(lab: Page) -> None:
    heard = told(lab)
    play = button(lab, "Swing number 6 to and fro")
    play.click()
    seen = {value(slider(lab, 6))}
    for _ in range(10):
        lab.wait_for_timeout(150)
        seen.add(value(slider(lab, 6)))
    assert len(seen) > 5
    expect(play).to_have_attribute("aria-pressed", "true")
    assert told(lab) == heard
    play.click()
    settle(lab)
    assert told(lab) == heard + 1
    stopped = value(slider(lab, 6))
    lab.wait_for_timeout(200)
    assert value(slider(lab, 6)) == stopped


def test_a_swing_is_a_few_stills_where_motion_is_to_be_reduced(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page = open_pose(context, address)
    button(page, "Swing number 6 to and fro").click()
    seen = set()
    for _ in range(20):
        page.wait_for_timeout(100)
        seen.add(value(slider(page, 6)))
    assert 2 <= len(seen) <= 5
    context.close()


def test_a_pose_longer_than_one_is_called_out_of_reach(lab: Page) -> None:
    length = lab.locator(f"{LAB} .length")
    own = f"Length of the pose {np.linalg.norm(subject()[0].own):.2f}"
    expect(length).to_have_text(own)
    ours = slider(lab, 14)
    ours.focus()
    lab.keyboard.press("End")
    expect(length).to_contain_text("out of reach")
    settle(lab)
    lab.keyboard.press("Delete")
    expect(length).to_have_text(own)
