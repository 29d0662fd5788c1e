"""Nothing drawn is lost: while the server is busy, is started anew, or the page is loaded again."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

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
    rerun,
    stroke,
)
from tests.browser.test_live import pen_down
from tools.server import APP, free_port, start, stop

BAR = [(90, 160), (190, 140)]
INKED = """([canvas, points]) => {
    const lower = canvas.parentElement.querySelector('canvas.lower-canvas')
    const pixels = lower.getContext('2d').getImageData(0, 0, 280, 280).data
    return points.map(([x, y]) => pixels[4 * (280 * y + x)] > 128)
}"""

SENT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
"""What the page has to say is on its way then; a tile that a run takes away before its click is sent is not heard."""


class Server:
    """The app with the tiny network, which can be held up, killed and started again at the same address."""

    def __init__(self, checkpoint: Path) -> None:
        self.port, self.checkpoint = free_port(), checkpoint
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        return start(self.port, APP, "--checkpoint", str(self.checkpoint))

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """It answers nobody, as with a class of thirty."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    @contextmanager
    def away(self) -> Iterator[None]:
        """It is ended, with all its sessions, and started again."""
        self.process.kill()
        self.process.wait()
        try:
            yield
        finally:
            self.process = self._started()


@pytest.fixture(scope="module")
def server(tiny_checkpoint: Path) -> Iterator[Server]:
    running = Server(tiny_checkpoint)
    yield running
    stop(running.process)


def inked(page: Page, *points: tuple[int, int]) -> list[bool]:
    """Whether there is ink at points of the canvas, as it is seen."""
    seen: list[bool] = page.evaluate(INKED, [page.locator(CANVAS).element_handle(), points])
    return seen


def until_inked(page: Page, expected: list[bool], *points: tuple[int, int]) -> None:
    """Waits until there is ink at some points of the canvas, and none at others."""
    script = f"([canvas, points, expected]) => String(({INKED})([canvas, points])) === String(expected)"
    page.wait_for_function(script, arg=[page.locator(CANVAS).element_handle(), points, expected])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


TOP, MIDDLE = (140, 70), (140, 150)
"""Of the seven, and of its bar."""


def test_undo_takes_one_stroke_however_soon_and_however_busy_the_server_is(
    visitor: BrowserContext, server: Server
) -> None:
    page = open_app(visitor, server.address)
    draw(page, SEVEN)
    seven = given(page)
    with rerun(page), server.held_up():
        stroke(page, BAR)
        press(page, "Undo")
        until_inked(page, [True, False], TOP, MIDDLE)
    expect(page.locator(GIVEN)).to_have_attribute("src", seven)
    with rerun(page):
        press(page, "Undo")
    expect(page.locator(PANEL)).to_contain_text("Example")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_clear_takes_what_was_there_and_not_what_is_drawn_after_it(visitor: BrowserContext, server: Server) -> None:
    page = open_app(visitor, server.address)
    draw(page, SEVEN)
    with rerun(page), server.held_up():
        stroke(page, BAR)
        press(page, "Clear")
        stroke(page, [(60, 60), (60, 220)])
        until_inked(page, [False, False, True], TOP, MIDDLE, (60, 140))
    at_rest(page)
    assert inked(page, TOP, MIDDLE, (60, 140)) == [False, False, True]
    press(page, "Undo")
    expect(page.locator(PREDICTION)).to_contain_text("Draw")
    with rerun(page):
        press(page, "Undo")
    assert inked(page, TOP, MIDDLE, (60, 140)) == [True, True, False]


def test_an_example_chosen_while_the_pen_is_busy_can_be_undone_to_the_stroke(
    visitor: BrowserContext, server: Server
) -> None:
    page = open_app(visitor, server.address)
    with rerun(page):
        press(page, "Clear")
    tile = page.locator(".st-key-invitation-0 button").nth(3)
    with rerun(page), server.held_up():
        stroke(page, SEVEN)
        tile.click()
        page.evaluate(SENT)
    expect(page.locator(PANEL)).to_contain_text("Example: 3")
    with rerun(page):
        press(page, "Undo")
    expect(page.locator(PANEL)).to_contain_text("Your drawing")
    assert inked(page, TOP) == [True]


def test_a_server_that_is_started_anew_learns_what_is_drawn(visitor: BrowserContext, server: Server) -> None:
    """Also of a stroke in the middle of which the line was cut, until the browser says so."""
    page = open_app(visitor, server.address)
    draw(page, SEVEN)
    seven = given(page)
    with ExitStack() as away:
        with pen_down(page, BAR):
            away.enter_context(server.away())
            page.get_by_role("dialog").wait_for()
        assert inked(page, TOP, MIDDLE) == [True, True]
    expect(page.locator(GIVEN)).not_to_have_attribute("src", seven)  # read without another touch
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert inked(page, TOP, MIDDLE) == [True, True]
    at_rest(page)
    with rerun(page):
        press(page, "Undo")
    expect(page.locator(GIVEN)).to_have_attribute("src", seven)


def test_a_page_that_is_loaded_anew_has_its_drawing_and_what_was_before_it(
    visitor: BrowserContext, server: Server
) -> None:
    page = open_app(visitor, server.address)
    draw(page, SEVEN)
    seven = given(page)
    draw(page, BAR)
    page.wait_for_function("() => location.search.includes('digit=s.')")
    other = open_app(visitor, page.url)  # another tab goes its own way
    draw(other, [(60, 60), (60, 220)])
    theirs = given(other)
    assert len({theirs, seven, given(page)}) == 3
    page.bring_to_front()  # a tab behind another one paints once a second
    page.reload()
    page.locator(GIVEN).wait_for()
    page.wait_for_function("""() => document.querySelector('.st-key-digit-canvas [data-testid=stBidiComponentIsolated]')
        ?.shadowRoot.querySelector('.undo:enabled')""")
    assert inked(page, TOP, MIDDLE) == [True, True]
    assert heading(page)
    assert given(page)
    with rerun(page):
        press(page, "Undo")
    expect(page.locator(GIVEN)).to_have_attribute("src", seven)
    draw(page, BAR)
    assert inked(page, TOP, MIDDLE) == [True, True]
    assert given(other) == theirs
    assert inked(other, TOP, MIDDLE, (60, 140)) == [True, True, True]


def test_a_link_opened_over_a_drawing_wins_and_can_be_undone(visitor: BrowserContext, server: Server) -> None:
    page = open_app(visitor, server.address)
    draw(page, SEVEN)
    page.goto(f"{server.address}/?digit=e.school-8")
    expect(page.locator(PANEL)).to_contain_text("Example: 8")
    at_rest(page)
    with rerun(page):
        press(page, "Undo")
    expect(page.locator(PANEL)).to_contain_text("Your drawing")


def test_there_is_one_undo_and_one_clear_and_both_keys_work(visitor: BrowserContext, server: Server) -> None:
    page = open_app(visitor, server.address)
    page.locator(CANVAS).hover()
    for name in ("Undo", "Clear"):
        assert page.get_by_role("button", name=name).count() == 1
    assert page.get_by_role("button", name="Edit").count() == 0
    press(page, "Clear")
    expect(page.get_by_role("button", name="Clear")).to_be_disabled()  # nothing is there
    draw(page, SEVEN)
    with rerun(page):
        page.keyboard.press("Control+z")
    expect(page.locator(PREDICTION)).to_contain_text("Draw")
    page.get_by_role("combobox", name="Pen width").select_option("Thick pen")
    stroke(page, BAR)
    at_rest(page)
    assert inked(page, MIDDLE, (140, 161)) == [True, True]  # 11 pixels below its middle
