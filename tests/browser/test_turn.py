"""The digit turned on the pose page, in the app: by the browser's network, or by the server where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.turning import ANGLES, read_turned
from tests.browser.fixtures import SEVEN, at_rest, draw, frames, new_context, rerun, traffic
from tests.browser.pose_page import lab, open_pose, subject

__all__ = ["lab"]

TURN = ".st-key-turn"


def lengths_at(page: Page, angles: tuple[int, ...]) -> list[float]:
    """The length of the capsule looked at, as it is printed at some angles."""
    slider = page.locator(f"{TURN} input[type=range]")
    found = []
    for angle in angles:
        slider.fill(str(angle))
        found.append(float(page.locator(f"{TURN} .legend .focus b").inner_text()))
    return found


def until_exact(page: Page, angles: tuple[int, ...], lengths: list[float]) -> None:
    """Waits until the weights are as fine as they get, and the lengths that are printed those of Python."""
    printed = pytest.approx(lengths, abs=0.0061)
    for _ in range(300):
        if lengths_at(page, angles) == printed:
            return
        frames(page, 10)
    assert lengths_at(page, angles) == printed


def expected(file: Path, angles: tuple[int, ...]) -> list[float]:
    ours, reading = subject(file)
    turning = read_turned(ours.checkpoint.model, reading.image, ours.capsule)
    return [float(turning.lengths[ANGLES.index(angle), ours.capsule]) for angle in angles]


def test_the_browser_reads_all_angles_and_the_server_hears_nothing(lab: Page, tiny_checkpoint: Path) -> None:
    expect(lab.locator(f"{TURN} .plot .curve.rival")).to_have_count(1)  # known once all is read
    at_rest(lab)
    before = len(traffic(lab).sent)
    angles = (-60, -25, 0, 60)
    until_exact(lab, angles, expected(tiny_checkpoint, angles))
    assert len(traffic(lab).sent) == before
    sentence = lab.locator(f"{TURN} .said").inner_text()
    draw(lab, SEVEN)
    expect(lab.locator(f"{TURN} .said")).not_to_have_text(sentence)
    expect(lab.locator(f"{TURN} .plot .curve.rival")).to_have_count(1)


def test_without_weights_the_server_reads_on_demand(browser: Browser, address: str, tiny_checkpoint: Path) -> None:
    context = new_context(browser)
    context.route("**/*-network.safetensors.gz", lambda route: route.abort())
    page = open_pose(context, address)
    button = page.locator(TURN).get_by_role("button", name="Run it on the server")
    with rerun(page):
        button.click()
    expect(button).to_be_hidden()
    angles = (-60, 15)
    assert lengths_at(page, angles) == pytest.approx(expected(tiny_checkpoint, angles), abs=0.0051)
    context.close()
