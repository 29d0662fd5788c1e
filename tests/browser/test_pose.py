"""What a person does on the pose page, in a real browser."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.fixtures import CANVAS, draw, settle
from tests.browser.pose_page import LAB, deliveries, middle, open_pose, pixels, slider, subject, told, until_ready

SEVEN = [(70, 70), (200, 70), (130, 220)]


@pytest.fixture
def lab(context: BrowserContext, address: str) -> Page:
    return open_pose(context, address)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield open_pose(context, address)
    context.close()


def value(ours: Locator) -> float:
    return float(ours.input_value())


def capsules(page: Page) -> Locator:
    return page.get_by_role("radiogroup", name="Capsule")


def button(page: Page, name: str) -> Locator:
    return page.locator(LAB).get_by_role("button", name=name, exact=True)


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
    expect(length).to_have_text("Length of the pose 0.97")
    ours = slider(lab, 14)
    ours.focus()
    lab.keyboard.press("End")
    expect(length).to_contain_text("out of reach")
    settle(lab)
    lab.keyboard.press("Delete")
    expect(length).to_have_text("Length of the pose 0.97")


def test_a_digit_is_looked_at_through_another_capsule(lab: Page) -> None:
    before = pixels(lab)
    capsules(lab).get_by_role("radio", name="9").click()
    expect(lab.locator(f"{LAB} .length")).not_to_have_text("Length of the pose 0.97")
    settle(lab)
    turned, reading = subject(9)
    assert np.abs(pixels(lab) - 255 * reading.reconstructions[9]).max() <= 1
    assert abs(value(slider(lab, 3)) - turned.own[2]) < 0.005
    capsules(lab).get_by_role("radio", name="4").click()
    settle(lab)
    np.testing.assert_array_equal(pixels(lab), before)


def test_a_tile_of_figure_four_sets_the_sliders(lab: Page) -> None:
    turned, _ = subject()
    lab.get_by_role("button", name="Number 12 turned by \N{MINUS SIGN}0.20").click()
    assert value(slider(lab, 12)) == pytest.approx(turned.own[11] - 0.2, abs=0.003)
    assert value(slider(lab, 3)) == pytest.approx(turned.own[2], abs=0.003)
    settle(lab)
    tile = lab.get_by_role("button", name="Number 1 turned by +0.00")
    tile.focus()
    lab.keyboard.press("ArrowDown")
    lab.keyboard.press("ArrowRight")
    lab.keyboard.press("Enter")
    assert value(slider(lab, 2)) == pytest.approx(turned.own[1] + 0.05, abs=0.003)


def test_the_network_says_whether_it_still_believes_the_picture(lab: Page) -> None:
    belief = lab.locator(f"{LAB} .belief")
    expect(belief).to_contain_text("reads this picture as 4")
    said = belief.inner_text()
    button(lab, "Random").click()
    expect(belief).not_to_have_text(said)
    expect(lab.get_by_text("Does the network still believe it?")).to_be_visible()


def test_a_pose_survives_other_pages_and_a_new_digit(lab: Page) -> None:
    button(lab, "Random").click()
    settle(lab)
    ours = pixels(lab)
    lab.get_by_role("link", name="Overview").click()
    settle(lab)
    heard = told(lab)
    lab.get_by_role("link", name="Pose").click()
    until_ready(lab)
    assert told(lab) == heard + 1  # the page itself: the decoder is still there
    assert len(deliveries(lab)) == 1
    np.testing.assert_array_equal(pixels(lab), ours)
    draw(lab, [(20, 20), (60, 20)])
    expect(lab.get_by_text("belongs to an earlier digit")).to_be_visible()
    until_ready(lab)
    assert (pixels(lab) != ours).any()
    lab.get_by_role("button", name="Back to it").click()
    expect(lab.get_by_text("belongs to an earlier digit")).to_have_count(0)
    until_ready(lab)
    np.testing.assert_array_equal(pixels(lab), ours)


def test_morphing_from_one_digit_to_another(lab: Page) -> None:
    four = pixels(lab)
    lab.get_by_role("button", name="Keep this 4 as A").click()
    expect(lab.get_by_text("Now draw another digit")).to_be_visible()
    lab.locator(".st-key-clear button").click()
    settle(lab)
    lab.locator(CANVAS).scroll_into_view_if_needed()
    draw(lab, SEVEN)
    morph = lab.get_by_role("slider", name="From A to B")
    morph.wait_for()
    until_ready(lab)
    canvas = lab.get_by_role("img", name="Between A and B")
    np.testing.assert_array_equal(shade(canvas), four)
    morph.focus()
    lab.keyboard.press("End")
    np.testing.assert_array_equal(shade(canvas), pixels(lab))
    lab.keyboard.press("PageDown")
    assert (shade(canvas) != pixels(lab)).any()


def shade(canvas: Locator) -> NDArray[np.int64]:
    return pixels(canvas.page, canvas=canvas)


def saved(page: Page, name: str) -> io.BytesIO:
    with page.expect_download() as coming:
        page.get_by_role("button", name=name).click()
    return io.BytesIO(coming.value.path().read_bytes())


def test_everything_can_be_saved(lab: Page) -> None:
    button(lab, "Random").click()
    settle(lab)
    figure = Image.open(saved(lab, "Save all as PNG"))
    assert figure.size == (60 + 11 * 112, 60 + 16 * 112)
    lab.get_by_role("button", name="Save", exact=True).click()
    picture = np.asarray(Image.open(saved(lab, "Picture (PNG)")))
    assert np.abs(picture[10::20, 10::20].astype(int) - pixels(lab)).max() <= 1
    pose = json.load(saved(lab, "Pose (JSON)"))["pose"]
    assert pose == pytest.approx([value(slider(lab, number)) for number in range(1, 17)], abs=0.003)
    animation = Image.open(saved(lab, "Its swing (GIF)"))
    assert animation.format == "GIF"


def test_without_a_decoder_plain_sliders_take_over(context: BrowserContext, address: str) -> None:
    context.add_init_script("window.atob = () => { throw new Error('no decoder here') }")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/pose")
    expect(page.get_by_text("draw on the server")).to_be_visible()
    image = page.get_by_role("img", name="What capsule 4 draws")
    before = image.get_attribute("src")
    page.get_by_role("slider").nth(3).focus()
    page.keyboard.press("PageUp")
    expect(image).not_to_have_attribute("src", before or "")


def test_nothing_fails_and_nothing_comes_from_elsewhere(context: BrowserContext, address: str) -> None:
    foreign, errors = [], []
    own = (address, address.replace("http", "ws"), "data:", "blob:")
    context.on("request", lambda request: None if request.url.startswith(own) else foreign.append(request.url))
    context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    page = open_pose(context, address, path="")
    button(page, "Random").click()
    settle(page)
    draw(page, [(100, 100), (180, 180)])
    until_ready(page)
    assert foreign == []
    assert errors == []
    assert page.locator(CANVAS).is_visible()
