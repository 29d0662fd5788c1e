"""What a person does with the pose page's sliders, in a real browser."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import frames, new_context, rerun
from tests.browser.pose_page import LAB, button, middle, open_pose, pixels, slider, strongest, subject, told, value

SEEN = """([slider, count]) => {
    const seen = (window.seen ??= new Set())
    seen.add(slider.value)
    return seen.size >= count
}"""
"""Whether a slider has stood at so many places."""


def test_a_drag_moves_the_picture_before_release_and_says_one_thing_after_it(lab: Page) -> None:
    before, heard = pixels(lab), told(lab)
    x, y, width = middle(strongest(lab))
    lab.mouse.move(x, y)
    lab.mouse.down()
    lab.mouse.move(x - width / 3, y, steps=25)
    assert np.abs(pixels(lab) - before).max() > 60
    frames(lab, 20)
    assert told(lab) == heard
    with rerun(lab):
        lab.mouse.up()
    assert told(lab) == heard + 1


def test_a_key_moves_the_picture_before_it_comes_up(lab: Page) -> None:
    before, heard = pixels(lab), told(lab)
    ours = strongest(lab)
    ours.focus()
    start = value(ours)
    lab.keyboard.down("PageUp")
    for _ in range(3):
        lab.keyboard.down("ArrowRight")
    assert value(ours) > start + 0.03
    assert np.abs(pixels(lab) - before).max() > 10
    assert told(lab) == heard
    with rerun(lab):
        lab.keyboard.up("ArrowRight")
    assert told(lab) == heard + 1
    lab.keyboard.press("Delete")
    np.testing.assert_array_equal(pixels(lab), before)


def test_a_finger_moves_the_picture_before_it_lifts(phone: Page) -> None:
    before = pixels(phone)
    ours = strongest(phone)
    ours.scroll_into_view_if_needed()
    x, y, width = middle(ours)
    touch = phone.context.new_cdp_session(phone)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 13):
        points = [{"x": x + step * width / 40, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    assert np.abs(pixels(phone) - before).max() > 30
    with rerun(phone):
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert button(phone, "Step back").is_enabled()


def test_a_phone_is_not_scrolled_sideways_and_keeps_the_picture_in_sight(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    lowest = phone.locator(f"{LAB} .dimension").last
    lowest.scroll_into_view_if_needed()
    expect(phone.locator(f"{LAB} canvas").first).to_be_in_viewport(ratio=1)
    expect(lowest.get_by_role("slider")).to_be_in_viewport()


def test_steps_back_reset_and_random(lab: Page, tiny_checkpoint: Path) -> None:
    first = pixels(lab)
    expect(button(lab, "Step back")).to_be_disabled()
    with rerun(lab):
        button(lab, "Random").click()
    random = pixels(lab)
    assert np.abs(random - first).max() > 30
    turned, _ = subject(tiny_checkpoint)
    set_to = np.array([value(slider(lab, number)) for number in range(1, 17)])
    assert (set_to >= turned.span.trained_low - 0.01).all()
    assert (set_to <= turned.span.trained_high + 0.01).all()
    with rerun(lab):
        button(lab, "Reset all").click()
    np.testing.assert_array_equal(pixels(lab), first)
    with rerun(lab):
        button(lab, "Step back").click()
    np.testing.assert_array_equal(pixels(lab), random)
    with rerun(lab):
        button(lab, "Step back").click()
    np.testing.assert_array_equal(pixels(lab), first)
    expect(button(lab, "Step back")).to_be_disabled()


def test_a_number_swings_by_itself_and_its_pose_is_kept_when_it_stops(lab: Page) -> None:
    heard = told(lab)
    play = button(lab, "Play number 6 back and forth")
    play.click()
    lab.wait_for_function(SEEN, arg=[slider(lab, 6).element_handle(), 6])
    expect(play).to_have_attribute("aria-pressed", "true")
    assert told(lab) == heard
    with rerun(lab):
        play.click()
    assert told(lab) == heard + 1
    stopped = value(slider(lab, 6))
    frames(lab, 10)
    assert value(slider(lab, 6)) == stopped


def test_a_swing_is_a_few_stills_where_motion_is_to_be_reduced(browser: Browser, address: str) -> None:
    with new_context(browser, reduced_motion="reduce") as context:
        context.clock.install()
        page = open_pose(context, address)
        context.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)  # it must not be over when it is asked for
        button(page, "Play number 6 back and forth").click()
        seen = [value(slider(page, 6))]
        for _ in range(20):
            context.clock.run_for(100)
            seen.append(value(slider(page, 6)))
    assert len(set(seen)) == 3  # of two seconds, one still each 0.7 s


def test_a_pose_longer_than_one_is_called_out_of_reach(lab: Page, tiny_checkpoint: Path) -> None:
    turned, _ = subject(tiny_checkpoint)
    length = lab.locator(f"{LAB} .length")
    own = f"Length of the pose {np.linalg.norm(turned.own):.2f}"
    expect(length).to_have_text(own)
    longest = np.square(turned.span.high) - np.square(turned.own)  # what turning one number to its end adds
    assert np.square(turned.own).sum() + longest.max() > 1.01
    ours = slider(lab, int(longest.argmax()) + 1)
    ours.focus()
    with rerun(lab):
        lab.keyboard.press("End")
    expect(length).to_contain_text("impossible")
    lab.keyboard.press("Delete")
    expect(length).to_have_text(own)
