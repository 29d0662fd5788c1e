"""The README's moving picture, taken from the app itself: the theatre's frames, one after the other.

python -m tools.film docs/routing.webp
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated

import typer
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from explorer.figures.theatre.player import moments
from tools.browser import FLAGS, install
from tools.server import serving

PLOT = ".st-key-routing .js-plotly-plot"
ITERATIONS = 3
STOP, BETWEEN = 1500, 60
"""How long an iteration is shown, and a frame between two; milliseconds."""
WIDTH, HEIGHT = 1024, 576


def main(file: Annotated[Path, typer.Argument(help="Written as an animated WebP or GIF, as its ending says.")]) -> None:
    """Start the app, open the routing page in a projector's window and film a play-through."""
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{address}/routing")
        page.locator(f"{PLOT} .heatmaplayer image").first.wait_for(timeout=60_000)
        page.wait_for_timeout(1500)  # until the figures have faded in
        frames = [taken(page, k) for k in range(len(list(moments(ITERATIONS))))]
        browser.close()
    durations = [STOP if moment.true else BETWEEN for moment in moments(ITERATIONS)]
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=durations, loop=0, quality=70, method=6)
    print(f"{file}: {file.stat().st_size / 1000:.0f} kB")


def taken(page: Page, frame: int) -> Image.Image:
    """The page with the slider at a frame."""
    page.get_by_role("slider", name="Iteration").fill(str(frame))
    page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    typer.run(main)
