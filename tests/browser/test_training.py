"""The training page in a real browser: a mistake is chosen in the matrix, its digit put in, and a run is watched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from capsnet import checkpoint
from capsnet.saved_evaluation import saved_evaluation
from explorer.runs import ENDING
from explorer.text import Say
from explorer.views.training.mistakes import frequent_pairs, hardest_of
from tests.browser.fixtures import PANEL, open_app
from tests.capsnet.samples import evaluated_copy
from tools.server import APP, serving

say = Say()
NUMBERS = {"loss": 0.5, "learning_rate": 1e-3, "test_accuracy": 0.875, "images_per_second": 70.0, "epochs": 7}


@pytest.fixture
def file(tmp_path: Path, tiny_checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An evaluated network, and a run that has begun."""
    monkeypatch.setenv("CAPSNET_DATA", str(tmp_path))
    path = evaluated_copy(tiny_checkpoint, tmp_path)
    (tmp_path / f"mine{ENDING}").write_text(json.dumps({"epoch": 1, "epochs": 7, "losses": [[0.25, 2.0]]}) + "\n")
    return path


@pytest.fixture
def page(visitor: BrowserContext, file: Path) -> Iterator[Page]:
    with serving(APP, "--checkpoint", str(file), "--runs", str(file.parent)) as address:
        yield open_app(visitor, f"{address}/training", last=".st-key-others-sheet .sheet > :last-child")


def test_mistakes_are_looked_at_and_a_run_is_watched(page: Page, file: Path) -> None:
    found = saved_evaluation(file, checkpoint.read(file))
    assert found is not None
    label, read = frequent_pairs(found.confusion, 1)[0]
    cell = page.locator(".st-key-confusion .nsewdrag")
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box
    pills = page.locator(".st-key-mistaken")
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.move(box["x"] + (read + 0.5) * box["width"] / 10, box["y"] + (label + 0.5) * box["height"] / 10, steps=3)
    expect(page.locator(".st-key-confusion .hoverlayer .hovertext")).to_be_visible()
    page.mouse.down()
    page.mouse.up()
    expect(pills.get_by_role("radio", name=f"{label} → {read}:")).to_be_checked()
    hardest = hardest_of(found, (label, read), 100)
    tiles = page.locator(".st-key-hardest .sheet button")
    expect(tiles).to_have_count(len(hardest))
    tiles.last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(PANEL)).to_contain_text(f"MNIST test digit {hardest[-1].position}")

    run = page.locator(".st-key-run")
    expect(run).to_contain_text("Epoch 1 of 7, 25% of it done")
    with (file.parent / f"mine{ENDING}").open("w") as history:
        history.write(json.dumps({"epoch": 1, **NUMBERS}) + '\n{"epoch": 2, "los')
    expect(run).to_contain_text("87.50% correct")
    expect(run).to_contain_text(say("training.run_unfinished"))
    expect(page.get_by_role("alert")).to_have_count(0)
