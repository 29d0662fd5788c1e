"""The decoder goes to the browser once for each network, and a page is whole at its first visit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from playwright.sync_api import BrowserContext, Page, expect

from capsnet import checkpoint
from tests.browser.fixtures import PREDICTION, rerun
from tests.browser.pose_page import LAB, decoders, open_pose, pixels, subject, until_ready
from tools.server import APP, serving


def negative(original: Path, file: Path) -> Path:
    """A network with a decoder that draws black on white."""
    ours = checkpoint.read(original)
    last = ours.model.decoder[-2]
    assert isinstance(last, torch.nn.Linear)
    with torch.no_grad():
        last.weight.neg_()
        last.bias.neg_()
    checkpoint.write(file, ours.model, ours.card)
    return file


def choose(page: Page, network: str) -> None:
    page.get_by_role("combobox", name="Network").fill(network)
    with rerun(page):
        page.keyboard.press("Enter")
    until_ready(page)


def test_each_network_is_sent_once_and_never_mistaken(
    visitor: BrowserContext, tmp_path: Path, tiny_checkpoint: Path
) -> None:
    other = negative(tiny_checkpoint, tmp_path / "negative.safetensors")
    with serving(APP, "--checkpoint", str(other)) as address:
        page = open_pose(visitor, address)
        expect(page.locator(PREDICTION)).to_contain_text("4")
        expect(page.locator(".st-key-digit-canvas canvas").first).to_be_visible()
        assert_drawn_by(page, other)
        with rerun(page):
            page.locator(LAB).get_by_role("button", name="Random").click()
        assert len(decoders(page)) == 1
        choose(page, "mnist")
        assert_drawn_by(page, checkpoint.DEFAULT)
        assert len(decoders(page)) == 2
        choose(page, "negative")
        page.locator(LAB).get_by_role("button", name="Reset all").click()
        assert_drawn_by(page, other)
        assert len(decoders(page)) == 2


def assert_drawn_by(page: Page, file: Path) -> None:
    turned, reading = subject(file)
    assert np.abs(pixels(page) - 255 * reading.reconstructions[turned.capsule]).max() <= 1
