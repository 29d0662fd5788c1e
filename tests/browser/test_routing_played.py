"""The routing page, in a real browser."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from explorer.digit_library import FIRST
from explorer.measures.couplings import Sorting, sorted_capsules
from tests import tiny
from tests.browser.fixtures import frames, open_app, rerun
from tests.explorer.pages import reading_of

PLOT = ".st-key-routing .js-plotly-plot"


@pytest.fixture
def routing(context: BrowserContext, address: str) -> Page:
    return open_page(context, address)


def open_page(context: BrowserContext, address: str) -> Page:
    return open_app(context, f"{address}/routing", f"{PLOT} .heatmaplayer image")


def caption(page: Page) -> str:
    """What the theatre says about its frame."""
    return str(
        page.evaluate(
            f"[...document.querySelectorAll('{PLOT} text')].map(t => t.textContent).find(t => /iter|betw/.test(t))"
        )
    )


def ask(page: Page, question: str) -> None:
    """Opens the view that answers a question."""
    with rerun(page):
        page.locator(".st-key-question").get_by_role("radio", name=question).click()


def button(page: Page, name: str) -> None:
    page.locator(f"{PLOT} .updatemenu-button", has_text=name).click()


def test_play_goes_from_the_first_iteration_to_the_last(routing: Page) -> None:
    assert caption(routing) == "iteration 3 of 3"
    button(routing, "Play")
    routing.wait_for_function(f"() => document.querySelector('{PLOT}').textContent.includes('iteration 1 of 3')")
    routing.wait_for_function(f"() => document.querySelector('{PLOT}').textContent.includes('between 2 and 3')")
    routing.wait_for_function(f"() => document.querySelector('{PLOT}').textContent.includes('iteration 3 of 3')")


def test_pause_stops_and_the_scrubber_moves(routing: Page) -> None:
    button(routing, "Slowly")
    routing.wait_for_function(f"() => document.querySelector('{PLOT}').textContent.includes('between 1 and 2')")
    button(routing, "❚❚")
    frames(routing, 20)  # the frame that was under way ends
    stood = caption(routing)
    frames(routing, 40)
    assert caption(routing) == stood
    rail = routing.locator(f"{PLOT} .slider-rail-touch-rect").bounding_box()
    assert rail
    routing.mouse.click(rail["x"] + 2, rail["y"] + rail["height"] / 2)
    routing.wait_for_function(f"() => document.querySelector('{PLOT}').textContent.includes('iteration 1 of 3')")


def test_a_cell_that_is_clicked_is_followed(routing: Page) -> None:
    box = routing.locator(f"{PLOT} .heatmaplayer image").first.bounding_box()
    assert box
    # 34 x 18 cells: digit 7 is the third map of the second row; row 3, column 2.
    x, y = box["x"] + box["width"] * (2 * 7 + 2 + 0.5) / 34, box["y"] + box["height"] * (9 + 2 + 3 + 0.5) / 18
    routing.mouse.move(x, y)
    with rerun(routing):
        routing.mouse.click(x, y)
    expect(routing.get_by_text("at row 3, column 2, voting for 7.")).to_be_visible()


def test_a_row_of_the_matrix_is_followed(routing: Page, tiny_checkpoint: Path) -> None:
    ask(routing, "How do all share?")
    matrix = routing.locator(".st-key-matrix .heatmaplayer image")
    matrix.scroll_into_view_if_needed()
    box = matrix.bounding_box()
    assert box
    routing.mouse.move(box["x"] + 40, box["y"] + 5)
    with rerun(routing):
        routing.mouse.click(box["x"] + 40, box["y"] + 5)  # the first row: what moved most
    reading = reading_of(FIRST, tiny_checkpoint)
    channel, row, column = np.unravel_index(sorted_capsules(reading, Sorting.MOVED)[0], reading.grid)
    words = f"The primary capsule in channel {channel} at row {row}, column {column}, voting for 4."
    expect(routing.get_by_text(words)).to_be_visible()


def test_other_widgets_leave_the_theatre_as_it_is(routing: Page) -> None:
    routing.evaluate(f"document.querySelector('{PLOT}').dataset.mark = 'same'")
    with rerun(routing):
        routing.locator(".st-key-routing-stepper").get_by_role("radio", name="1").check(force=True)
    expect(routing.locator(".st-key-routing-stepper").get_by_role("radio", name="1")).to_be_checked()
    assert routing.evaluate(f"document.querySelector('{PLOT}').dataset.mark") == "same"


def test_the_stepper_takes_arrow_keys(routing: Page) -> None:
    ask(routing, "What does one do?")
    routing.locator(".st-key-routing-stepper").get_by_role("radio", name="3").focus()
    with rerun(routing):
        routing.keyboard.press("ArrowLeft")
    expect(routing.locator(".st-key-routing-stepper").get_by_role("radio", name="2")).to_be_checked()
    expect(routing.get_by_text("length after iteration 2")).to_be_visible()


def test_a_place_is_outlined_where_it_is_pointed_at_and_followed_where_clicked(routing: Page) -> None:
    patch = routing.locator(".st-key-places .patch")
    mark = routing.locator(".st-key-places .mark").nth(6 * 2 + 4)  # row 2, column 4
    mark.hover()
    expect(patch).to_have_attribute("x", str(2 * 4 + 8 - 17 / 2))
    expect(patch).to_have_attribute("y", str(2 * 2 + 8 - 17 / 2))
    with rerun(routing):
        mark.click()
    expect(routing.get_by_text("at row 2, column 4, voting for")).to_be_visible()


def test_more_iterations_hold_on_every_page_and_are_said(routing: Page) -> None:
    iterations = routing.get_by_role("spinbutton", name="Iterations")
    iterations.fill("5")
    with rerun(routing):
        iterations.press("Enter")
    expect(routing.locator(PLOT)).to_contain_text("iteration 5 of 5")
    expect(routing.locator(".st-key-panel")).to_contain_text("Routing iterations: 5")
    with rerun(routing):
        routing.get_by_role("link", name="Overview").click()
    expect(routing.locator(".st-key-panel")).to_contain_text("Routing iterations: 5")


@pytest.mark.parametrize(("kind", "begins"), [("html", b"<!DOCTYPE html>"), ("gif", b"GIF89a"), ("npz", b"PK")])
def test_files_are_taken_home(routing: Page, kind: str, begins: bytes) -> None:
    ask(routing, "Take it home")
    with routing.expect_download() as download:
        routing.locator(f".st-key-take-{kind} button").click()
    assert Path(download.value.path()).read_bytes().startswith(begins)


def test_the_table_taken_home_holds_every_coupling(routing: Page) -> None:
    ask(routing, "Take it home")
    with routing.expect_download() as download:
        routing.locator(".st-key-take-csv button").click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 3 * tiny.CONFIG.primary_capsules
    sums = [sum(float(row[f"coupling to {j}"]) for j in range(10)) for row in rows]
    assert sums == pytest.approx([1] * len(rows), abs=1e-5)


def test_a_phone_gets_a_narrow_theatre(phone_context: BrowserContext, address: str) -> None:
    page = open_page(phone_context, address)
    page.wait_for_function(
        f"() => document.querySelector('{PLOT} .heatmaplayer image')?.getBoundingClientRect().height > 300"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(f"{PLOT} .heatmaplayer image").first.bounding_box()
    assert box
    assert box["width"] > 300
