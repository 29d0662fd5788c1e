"""A figure to download, opened in a real browser without the internet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.captions import theatre_labels
from explorer.exports.html import standalone_html, theatre_html
from explorer.palette import DARK, LIGHT, Palette
from explorer.text import Say
from tests.explorer.test_theatre import random_scene

OVERLAPPING = """() => {
    const names = ".updatemenu-button, .slider-group, .textpoint text, .annotation-text, .ytick, .xtick, .cb-ticktext"
    const boxes = [...document.querySelectorAll(names)].map(part => [part.textContent, part.getBoundingClientRect()])
    const shown = boxes.filter(([words, box]) => words.trim() && box.width > 0)
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
    return shown.flatMap(([words, box], at) =>
        shown.slice(at + 1).filter(([, other]) => meet(box, other)).map(([others]) => `${words} | ${others}`))
}"""
"""Words that lie on each other."""


def playing(palette: Palette, _narrow: bool) -> go.Figure:
    frames = [go.Frame(name="2", data=[go.Bar(y=[7, 5, 3])], layout={"title_text": "second"})]
    play = {"type": "buttons", "buttons": [{"label": "Play", "method": "animate", "args": [["2"]]}]}
    layout = {"updatemenus": [play], "title_text": "first", "font": {"color": palette.ink}}
    return go.Figure(go.Bar(y=[2, 3, 5]), layout=layout, frames=frames)


def test_a_figure_opens_and_plays_without_the_internet(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "routing.html"
    file.write_bytes(standalone_html(playing, "A digit", "Its bars"))
    context = browser.new_context(offline=True)
    page, wanted = context.new_page(), []
    page.on("request", lambda request: wanted.append(request.url))
    page.goto(file.as_uri())
    expect(page.get_by_role("heading")).to_have_text("A digit")
    expect(page.locator(".bars .point")).to_have_count(3)
    expect(page.locator(".gtitle")).to_have_text("first")
    page.locator(".updatemenu-button").click()
    expect(page.locator(".gtitle")).to_have_text("second")
    assert wanted == [file.as_uri()]
    context.close()


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
    words = "getComputedStyle(document.querySelector('#figure .annotation-text')).fill"
    wide = page.evaluate(height)
    assert [page.evaluate(ground), page.evaluate(words)] == [rgb(LIGHT.page), rgb(LIGHT.ink)]
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => {words} === '{rgb(DARK.ink)}'")
    assert page.evaluate(ground) == rgb(DARK.page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(f"() => {height} > {wide}")
    page.close()


def rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour[1:]))
