"""What stands around the pose page's sliders, in a real browser."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

import capsnet
from explorer.reading import read
from tests.browser.fixtures import CANVAS, SEVEN, draw, new_page, rerun
from tests.browser.pose_page import (
    LAB,
    button,
    capsules,
    decoders,
    open_pose,
    pixels,
    shade,
    slider,
    subject,
    told,
    until_ready,
    value,
)


def test_a_digit_is_looked_at_through_another_capsule(lab: Page, tiny_checkpoint: Path) -> None:
    before = pixels(lab)
    with rerun(lab):
        capsules(lab).get_by_role("radio", name="9").click()
    turned, reading = subject(tiny_checkpoint, 9)
    expect(lab.locator(f"{LAB} .length")).to_have_text(f"Length of the pose {np.linalg.norm(turned.own):.2f}")
    assert np.abs(pixels(lab) - 255 * reading.reconstructions[9]).max() <= 1
    assert abs(value(slider(lab, 3)) - turned.own[2]) < 0.005
    with rerun(lab):
        capsules(lab).get_by_role("radio", name="4").click()
    np.testing.assert_array_equal(pixels(lab), before)


def test_a_tile_of_figure_four_sets_the_sliders(lab: Page, tiny_checkpoint: Path) -> None:
    turned, _ = subject(tiny_checkpoint)
    with rerun(lab):
        lab.get_by_role("button", name="Number 12 changed by \N{MINUS SIGN}0.20").click()
    assert value(slider(lab, 12)) == pytest.approx(turned.own[11] - 0.2, abs=0.003)
    assert value(slider(lab, 3)) == pytest.approx(turned.own[2], abs=0.003)
    tile = lab.get_by_role("button", name="Number 1 changed by +0.00")
    tile.focus()
    lab.keyboard.press("ArrowDown")
    lab.keyboard.press("ArrowRight")
    lab.keyboard.press("Enter")
    assert value(slider(lab, 2)) == pytest.approx(turned.own[1] + 0.05, abs=0.003)


def test_the_network_says_whether_it_still_believes_the_picture(lab: Page, tiny_checkpoint: Path) -> None:
    belief = lab.locator(f"{LAB} .belief")
    expect(belief).to_contain_text("classifies this as 4")
    with rerun(lab):
        button(lab, "Random").click()
    again = read(capsnet.load(tiny_checkpoint), (pixels(lab) / 255).astype(np.float32))
    read_as, length = again.lengths[-1].argmax(), again.lengths[-1].max()
    expect(belief).to_contain_text(re.compile(rf"\b{read_as}, length"))
    assert float(belief.inner_text().rstrip(".").split()[-1]) == pytest.approx(length, abs=0.02)
    expect(lab.get_by_text("Does the network still recognise it?")).to_be_visible()


def test_a_pose_survives_other_pages_and_a_new_digit(lab: Page) -> None:
    with rerun(lab):
        button(lab, "Random").click()
    ours = pixels(lab)
    with rerun(lab):
        lab.get_by_role("link", name="Overview").click()
    heard = told(lab)
    lab.get_by_role("link", name="Pose").click()
    until_ready(lab)
    assert told(lab) == heard + 1  # the page itself: the decoder is still there
    assert len(decoders(lab)) == 1
    np.testing.assert_array_equal(pixels(lab), ours)
    draw(lab, [(20, 20), (60, 20)])
    expect(lab.get_by_text("belongs to an earlier digit")).to_be_visible()
    until_ready(lab)
    assert (pixels(lab) != ours).any()
    lab.get_by_role("button", name="Go back to it").click()
    expect(lab.get_by_text("belongs to an earlier digit")).to_have_count(0)
    until_ready(lab)
    np.testing.assert_array_equal(pixels(lab), ours)


def test_morphing_from_one_digit_to_another(lab: Page) -> None:
    four = pixels(lab)
    lab.get_by_role("button", name="Keep this 4 as A").click()
    expect(lab.get_by_text("Now draw another digit")).to_be_visible()
    with rerun(lab):
        lab.get_by_role("button", name="Clear").click()
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


def saved(page: Page, name: str) -> io.BytesIO:
    with page.expect_download() as coming:
        page.get_by_role("button", name=name).click()
    return io.BytesIO(coming.value.path().read_bytes())


def test_everything_can_be_saved(lab: Page) -> None:
    with rerun(lab):
        button(lab, "Random").click()
    figure = Image.open(saved(lab, "Save all as PNG"))
    assert figure.size == (60 + 11 * 112, 60 + 16 * 112)
    lab.get_by_role("button", name="Save", exact=True).click()
    picture = np.asarray(Image.open(saved(lab, "Image (PNG)")))
    assert np.abs(picture[10::20, 10::20].astype(int) - pixels(lab)).max() <= 1
    pose = json.load(saved(lab, "Pose (JSON)"))["pose"]
    assert pose == pytest.approx([value(slider(lab, number)) for number in range(1, 17)], abs=0.003)
    animation = Image.open(saved(lab, "Animation (GIF)"))
    assert animation.format == "GIF"


def test_without_a_decoder_plain_sliders_take_over(context: BrowserContext, address: str) -> None:
    context.add_init_script("window.DecompressionStream = undefined")
    page = new_page(context)
    page.goto(f"{address}/pose")
    expect(page.get_by_text("draw on the server")).to_be_visible()
    image = page.get_by_role("img", name="Reconstruction by capsule 4")
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
    with rerun(page):
        button(page, "Random").click()
    draw(page, [(100, 100), (180, 180)])
    until_ready(page)
    assert foreign == []
    assert errors == []
    assert page.locator(CANVAS).is_visible()
