"""The network reads while the pen moves: in the real app, with mouse and finger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.fixtures import CANVAS, SEVEN, at_rest, draw, frames, open_app, rerun, traffic

METERS = ".st-key-live [role=meter]"
SWITCH = ".st-key-live input"
SHOWS = ".st-key-normalised .live-overlay"
"""The picture of the moment."""


@pytest.fixture
def live(visitor: BrowserContext, address: str) -> Page:
    """The app, opened, and its network at work in the browser."""
    page = open_app(visitor, address)
    awake(page)
    return page


def awake(page: Page) -> None:
    """Waits for all weights, and has it read however slow this machine is just now."""
    page.wait_for_function("() => window.capsnetFiles?.size >= 3")  # network, decoder, refinement
    page.evaluate("async () => { for (const { file } of capsnetFiles.values()) await file }")
    read_live(page)


def read_live(page: Page) -> None:
    """Has it read as soon as it can, however slow this machine is just now."""
    switch = page.locator(SWITCH)
    expect(switch).to_be_enabled()
    if not switch.is_checked():
        with rerun(page):
            page.locator(".st-key-live label").click()
    expect(switch).to_be_checked()


def lengths(page: Page) -> list[float]:
    """What the meters say."""
    return [float(meter.get_attribute("aria-valuenow") or "nan") for meter in page.locator(METERS).all()]


@contextmanager
def pen_down(page: Page, points: list[tuple[int, int]]) -> Iterator[None]:
    """A stroke with the mouse; what is done within is done before the pen is lifted."""
    box = page.locator(CANVAS).bounding_box()
    assert box
    scale = box["width"] / 280
    places = [(box["x"] + x * scale, box["y"] + y * scale) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    yield
    page.mouse.up()


def shown_by_server(page: Page) -> Locator:
    return page.locator(".st-key-prediction h1")


def test_every_class_has_a_meter_in_order(page: Page) -> None:
    meters = page.locator(METERS)
    expect(meters).to_have_count(10)
    for digit, meter in enumerate(meters.all()):
        assert (meter.get_attribute("aria-label") or "").endswith(f" {digit}")
        assert 0 <= float(meter.get_attribute("aria-valuenow") or "nan") < 1


def test_meters_move_with_the_pen_and_the_server_hears_nothing(live: Page) -> None:
    before, sent = lengths(live), len(traffic(live).sent)
    with pen_down(live, SEVEN):
        expect(live.locator(SHOWS)).to_be_visible()
        frames(live, 10)
        while_down = lengths(live)
        assert while_down != before
        assert len(traffic(live).sent) == sent
    at_rest(live)


def test_both_say_the_same_when_the_pen_is_lifted(live: Page) -> None:
    """The last live reading and the server's, of the same strokes: within what quantised weights allow."""
    with rerun(live), pen_down(live, SEVEN):
        pass
    expect(live.locator(SHOWS)).to_have_count(0)
    served = lengths(live)
    live.evaluate("""() => {
        window.said = []
        addEventListener("capsnet-reading", ({detail}) => detail && said.push([...detail.lengths]))
    }""")
    with rerun(live), pen_down(live, [(90, 160), (190, 140)]):
        pass
    with rerun(live):
        live.get_by_role("button", name="Undo").click()
    expect(live.locator(SHOWS)).to_have_count(0)
    assert lengths(live) == served
    last = live.evaluate("said.at(-1)")
    assert last == pytest.approx(served, abs=2e-3)


def test_the_answer_and_the_picture_follow_and_go(live: Page) -> None:
    with rerun(live):
        live.get_by_role("button", name="Clear").click()
    with pen_down(live, SEVEN):
        answer = live.locator(".st-key-prediction .live-overlay strong")
        expect(answer).to_have_text(re.compile(r"^(\? )?\d$"))
        expect(live.locator(SHOWS)).to_be_visible()
    at_rest(live)
    expect(live.locator(".live-overlay")).to_have_count(0)
    expect(shown_by_server(live)).to_be_visible()


def test_the_whole_network_follows(live: Page) -> None:
    """All stages move with the pen, and show what the server has read once it is lifted."""
    anatomy = live.locator(".anatomy")
    drawings = [f".chain > .{name}" for name in ("input", "deck", "squares", "drawn")]
    pixels = "canvas => canvas.toDataURL()"
    before = [anatomy.locator(drawing).evaluate(pixels) for drawing in drawings]
    bars = anatomy.locator(".bands").evaluate("bands => bands.innerHTML")
    with pen_down(live, SEVEN):
        expect(anatomy).to_have_attribute("data-live", "")
        frames(live, 10)
        for drawing, server in zip(drawings, before, strict=True):
            assert anatomy.locator(drawing).evaluate(pixels) != server, drawing
        assert anatomy.locator(".bands").evaluate("bands => bands.innerHTML") != bars
    at_rest(live)
    expect(anatomy).not_to_have_attribute("data-live", "")
    with rerun(live):
        live.get_by_role("button", name="Undo").click()
    expect(anatomy).not_to_have_attribute("data-live", "")
    for drawing, server in zip(drawings, before, strict=True):
        assert anatomy.locator(drawing).evaluate(pixels) == server, drawing


def test_the_race_follows_and_the_servers_holds_again(visitor: BrowserContext, address: str) -> None:
    page = open_app(visitor, f"{address}/routing", last=".st-key-race .race[data-ready]")
    awake(page)
    lanes = page.locator(".st-key-race .lane")
    before = [lane.get_attribute("aria-label") for lane in lanes.all()]
    with pen_down(page, SEVEN):
        expect(lanes.nth(4)).not_to_have_attribute("aria-label", str(before[4]))
        follows = [lane.get_attribute("aria-label") for lane in lanes.all()]
        assert all(now != then for now, then in zip(follows, before, strict=True))
    at_rest(page)
    answer = page.locator(".st-key-prediction").get_by_role("heading").inner_text().strip("? ")[0]
    expect(page.locator(".st-key-race .lane.focus .name")).to_have_text(answer)
    expect(page.locator(".st-key-race .honest.stale")).to_have_count(0)


def test_switched_off_nothing_moves_and_the_link_says_so(live: Page) -> None:
    with rerun(live):
        live.locator(".st-key-live label").click()
    before = lengths(live)
    with pen_down(live, SEVEN):
        frames(live, 20)
        assert lengths(live) == before
        expect(live.locator(SHOWS)).to_have_count(0)
    at_rest(live)


def test_weights_that_fail_leave_all_as_it_was(context: BrowserContext, address: str) -> None:
    context.route("**/*.safetensors.gz", lambda route: route.fulfill(body=b"no weights"))
    page = open_app(context, address)
    expect(page.locator(".st-key-live")).to_contain_text("the answer comes when you lift the pen")
    expect(page.locator(SWITCH)).to_be_disabled()
    draw(page, SEVEN)
    expect(shown_by_server(page)).to_be_visible()


def test_while_weights_are_under_way_all_is_as_before(context: BrowserContext, address: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    context.route("**/*-network.safetensors.gz", hold)
    page = open_app(context, address)
    expect(page.locator(SWITCH)).to_be_disabled()
    draw(page, SEVEN)
    expect(shown_by_server(page)).to_be_visible()
    for route in held:
        route.continue_()
    awake(page)
    with pen_down(page, [(90, 160), (190, 140)]):
        expect(page.locator(SHOWS)).to_be_visible()
    at_rest(page)


def test_weights_are_fetched_once_for_all_pages(live: Page) -> None:
    live.get_by_role("link", name="Pose").click()
    live.locator(".st-key-pose-lab .dimension[data-effect]").nth(15).wait_for()
    live.reload()
    awake(live)
    assert sorted(name.rpartition("-")[2] for name in traffic(live).fetched) == [
        "decoder.safetensors.gz",
        "network.safetensors.gz",
        "refinement.safetensors.gz",
    ]


def test_a_finger_is_followed_too(phone_visitor: BrowserContext, address: str) -> None:
    page = open_app(phone_visitor, address)
    expect(page.locator(SWITCH)).to_be_enabled()
    if not page.locator(SWITCH).is_checked():
        with rerun(page):
            page.locator(".st-key-live label").tap()
    box = page.locator(CANVAS).bounding_box()
    assert box
    session = phone_visitor.new_cdp_session(page)

    def touch(kind: str, *points: tuple[int, int]) -> None:
        scale = box["width"] / 280
        places = [{"x": box["x"] + x * scale, "y": box["y"] + y * scale} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    touch("touchStart", SEVEN[0])
    for x in range(80, 201, 20):
        touch("touchMove", (x, 70))
    expect(page.locator(SHOWS)).to_be_visible()
    touch("touchEnd")
    at_rest(page)


def test_without_the_worker_all_works_as_before(context: BrowserContext, address: str) -> None:
    context.route("**/worker-*.js", lambda route: route.abort())
    page = open_app(context, address)
    expect(page.locator(".st-key-live")).to_contain_text("the answer comes when you lift the pen")
    draw(page, SEVEN)
    expect(shown_by_server(page)).to_be_visible()
