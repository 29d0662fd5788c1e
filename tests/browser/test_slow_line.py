"""A phone on a slow line: what it fetches, in which order, and what it can do meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Response, Route, expect
from streamlit.file_util import get_static_dir

from tests.browser.fixtures import SEVEN, at_rest, draw, heading, new_page
from tests.browser.test_live import METERS, SHOWS, SWITCH, awake, pen_down, read_live

pytestmark = pytest.mark.slow

SHARE = 50e6 / 8 / 30
"""Of a phone, where thirty have 50 Mbit/s together: bytes a second."""


def slow(page: Page, rate: float = SHARE) -> None:
    """Lets no more bytes a second through, and each answer wait for 20 ms."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    limits = {"offline": False, "latency": 20, "downloadThroughput": rate, "uploadThroughput": rate}
    session.send("Network.emulateNetworkConditions", limits)


def hold(context: BrowserContext, pattern: str) -> Callable[[], None]:
    """Keeps what is asked for from coming, until what it returns is called."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    context.route(pattern, keep)

    def release() -> None:
        for route in held:
            route.continue_()

    return release


@pytest.fixture
def phone(phone_context: BrowserContext) -> Page:
    """Nothing is opened yet. The line is less slow than a class's: in which order things come does not depend on it."""
    page = new_page(phone_context)
    slow(page, 5 * SHARE)
    return page


def opened(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.locator(".st-key-prediction").get_by_role("heading").wait_for()
    at_rest(page)


def test_bundles_come_compressed_then_the_weights_one_after_the_other(phone: Page, address: str) -> None:
    bundles: list[Response] = []
    told: list[str] = []

    def listen(response: Response) -> None:
        if "/static/" in response.url and response.url.endswith((".js", ".css")):
            bundles.append(response)

    def teller(event: str) -> Callable[[Request], None]:
        def tell(request: Request) -> None:
            if request.url.endswith(".gz"):
                told.append(f"{event} {request.url.rpartition('-')[2].partition('.')[0]}")

        return tell

    phone.on("response", listen)
    phone.on("request", teller("request"))
    phone.on("requestfinished", teller("requestfinished"))
    opened(phone, address)
    awake(phone)
    kinds = ("network", "decoder", "refinement")
    assert told == [f"{event} {kind}" for kind in kinds for event in ("request", "requestfinished")]
    assert_compressed(bundles)


def assert_compressed(bundles: list[Response]) -> None:
    """They are what Streamlit has, and came in less than two fifths of its size."""
    assert len(bundles) > 20
    sent = whole = 0
    for response in bundles:
        file = Path(get_static_dir(), *response.url.split("/")[3:])
        assert response.headers["content-encoding"] == "gzip"
        assert response.body() == file.read_bytes()
        sent += int(response.headers["content-length"])
        whole += file.stat().st_size
    assert sent < 0.4 * whole


def test_it_is_usable_before_it_is_live_and_live_before_all_is_there(
    phone: Page, phone_context: BrowserContext, address: str
) -> None:
    let_network, let_rest = (hold(phone_context, f"**/*-{kind}.safetensors.gz") for kind in ("network", "decoder"))
    opened(phone, address)
    assert heading(phone).startswith("4")
    expect(phone.locator(SWITCH)).to_be_disabled()
    draw(phone, SEVEN)
    expect(phone.locator(SWITCH)).to_be_disabled()
    let_network()
    read_live(phone)
    served = phone.locator(METERS).first.get_attribute("aria-valuenow")
    with pen_down(phone, [(90, 160), (190, 140)]):
        expect(phone.locator(SHOWS)).to_be_visible()
        expect(phone.locator(METERS).first).not_to_have_attribute("aria-valuenow", served or "")
    at_rest(phone)
    let_rest()
    awake(phone)
