"""The routing of a digit to take home, opened in a real browser without the internet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, expect

from explorer.exports.html import routing_html
from explorer.palette import DARK, LIGHT
from explorer.text import Say
from tests.browser.test_by_hand_modules import reading
from tests.explorer.test_exports import parts

FOUND = reading()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("home") / "routing.html"
    file.write_bytes(routing_html(parts(FOUND), "birch", Say()))
    return file


def stands(race: Locator, iteration: int, phase: str) -> None:
    expect(race).to_have_attribute("data-iteration", str(iteration))
    expect(race).to_have_attribute("data-phase", phase)


def test_it_plays_without_the_internet_and_the_capsule_follows(browser: Browser, page_file: Path) -> None:
    context = browser.new_context(offline=True, reduced_motion="reduce")
    context.clock.install()
    page, wanted, errors = context.new_page(), [], []
    page.on("request", lambda request: wanted.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(page_file.as_uri())
    race, where = page.locator(".race[data-ready]"), page.locator(".by-hand header p")
    stands(race, 4, "v")
    expect(where).to_contain_text("Iteration 4 of 4.")
    race.evaluate("race => race.seek(6)")
    stands(race, 2, "v")
    expect(where).to_contain_text("Iteration 2 of 4.")
    page.get_by_role("button", name="Compare votes in iteration 1").click()
    stands(race, 1, "v")
    expect(page.locator(".by-hand .result").nth(1)).to_contain_text("dogwood")
    page.locator(".by-hand .tip").first.press("ArrowLeft")
    expect(page.get_by_text("what if").first).to_be_visible()
    context.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    page.get_by_role("button", name="Play").first.click()
    context.clock.run_for(4 * 4 * 900)  # milliseconds that a phase takes: player.js
    stands(race, 4, "v")
    assert ([address for address in wanted if not address.startswith("blob:")], errors) == ([page_file.as_uri()], [])
    context.close()


def test_it_shows_the_readings_lengths(browser: Browser, page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.locator(".race[data-ready]").wait_for()
    words = page.locator(".race").inner_text()
    for length in FOUND.lengths[-1, [3, 1]]:
        assert f"{length:.2f}" in words
    assert f"{np.linalg.norm(FOUND.primary[41]):.2f}" in page.locator(".by-hand .says").inner_text()
    page.close()


@pytest.mark.parametrize("width", [320, 390, 1100])
def test_it_fits_the_screen_and_follows_its_theme(browser: Browser, page_file: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme="light")
    page.goto(page_file.as_uri())
    page.locator(".race[data-ready]").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ground = "getComputedStyle(document.body).backgroundColor"
    ink = "getComputedStyle(document.querySelector('#by_hand').shadowRoot.querySelector('.title')).color"
    assert [page.evaluate(ground), page.evaluate(ink)] == [rgb(LIGHT.page), rgb(LIGHT.ink)]
    page.emulate_media(color_scheme="dark")
    assert [page.evaluate(ground), page.evaluate(ink)] == [rgb(DARK.page), rgb(DARK.ink)]
    page.close()


def rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour[1:]))
