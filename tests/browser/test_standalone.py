"""The theatre to take home, opened in a real browser without the internet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.captions import theatre_labels
from explorer.exports.html import theatre_html
from explorer.palette import DARK, LIGHT
from explorer.text import Say
from tests.explorer.test_theatre import random_scene

OVERLAPPING = """() => {
    const names = ".controls button, .numbers span, .textpoint text, .annotation-text, .ytick, .xtick, .cb-ticktext"
    const boxes = [...document.querySelectorAll(names)].map(part => [part.textContent, part.getBoundingClientRect()])
    const shown = boxes.filter(([words, box]) => box.width > 0)
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
    return shown.flatMap(([words, box], at) =>
        shown.slice(at + 1).filter(([, other]) => meet(box, other)).map(([others]) => `${words} | ${others}`))
}"""
"""Words that lie on each other."""


@pytest.fixture(scope="module", params=[2, 4, 5, 10], ids="{} classes".format)
def theatre_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    scene = random_scene(3, request.param)
    file = tmp_path_factory.mktemp("theatre") / "routing.html"
    file.write_bytes(theatre_html(scene, theatre_labels(scene, Say()), Say()))
    return file


@pytest.fixture(params=[390, 1100], ids="{} pixels wide".format)
def opened(theatre_file: Path, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": request.param, "height": 844})
    page.goto(theatre_file.as_uri())
    page.locator(".heatmaplayer image").first.wait_for()
    yield page
    page.close()


def test_the_theatre_fits_the_screen_and_nothing_lies_on_anything_else(opened: Page) -> None:
    assert opened.evaluate(OVERLAPPING.replace("=> meet(", "=> !meet("))  # words are found at all
    width = opened.viewport_size["width"] if opened.viewport_size else 0
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.evaluate(OVERLAPPING) == []


def test_it_follows_the_screens_width_and_theme(browser: Browser, theatre_file: Path) -> None:
    page = browser.new_page(viewport={"width": 1100, "height": 844}, color_scheme="light")
    page.goto(theatre_file.as_uri())
    height = "document.querySelector('#figure .main-svg').getBoundingClientRect().height"
    ground = "getComputedStyle(document.body).backgroundColor"
    words = "getComputedStyle([...document.querySelectorAll('#figure .textpoint text')].at(-1)).fill"
    wide = page.evaluate(height)
    assert [page.evaluate(ground), page.evaluate(words)] == [rgb(LIGHT.page), rgb(LIGHT.ink)]
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => {words} === '{rgb(DARK.ink)}'")
    assert page.evaluate(ground) == rgb(DARK.page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(f"() => {height} !== {wide}")
    page.close()


def test_it_is_played_by_keyboard_and_without_the_internet(browser: Browser, theatre_file: Path) -> None:
    context = browser.new_context(offline=True, reduced_motion="reduce")
    page, wanted, errors = context.new_page(), [], []
    page.on("request", lambda request: wanted.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(theatre_file.as_uri())
    page.locator(".heatmaplayer image").first.wait_for()
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    words = ("Play", "Play slowly", "Previous iteration", "Iteration", "Next iteration")
    assert tuple(reached) == words
    figure, slider = page.locator("#figure"), page.get_by_role("slider", name="Iteration")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowLeft")
    expect(figure).to_contain_text("iteration 2 of 3")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^iteration 2 of 3: length of class"))
    page.keyboard.press("Home")
    expect(figure).to_contain_text("iteration 1 of 3")
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    expect(figure).to_contain_text("iteration 2 of 3")
    expect(page.get_by_role("status")).to_contain_text("iteration 2 of 3")
    expect(figure).to_contain_text("iteration 3 of 3")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()
    page.emulate_media(color_scheme="dark")  # another figure, at the same place
    expect(figure).to_contain_text("iteration 3 of 3")
    assert (wanted, errors) == ([theatre_file.as_uri()], [])
    context.close()


def rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour[1:]))
