"""The README's moving pictures, taken from the app itself.

python -m tools.film routing docs/routing.webp    the race, line by line
python -m tools.film live docs/live.webp          a 4 that becomes a 9, read while the pen moves
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tools.browser import FLAGS, install
from tools.server import serving

RACE = ".st-key-race .race[data-ready]"
SWITCH = ".st-key-live input:enabled"
"""Live reading's, once the weights have come."""
ITERATIONS = 3
SQUASH = 2
"""The line of the algorithm after which an iteration is looked at."""
SHARES = (0.2, 0.4, 0.6, 0.8, 1)
"""How much of a line has run in each frame."""
STOP, BETWEEN = 1500, 60
"""How long an iteration, or a whole digit, is shown, and a frame between two; milliseconds."""
WIDTH, HEIGHT = 1024, 576
FOUR = (((100, 65), (100, 94), (92, 128), (106, 140), (140, 142), (190, 136)), ((186, 62), (184, 150), (178, 245)))
"""Strokes on the canvas of 280 x 280."""
TO_NINE = (((100, 65), (125, 46), (150, 40), (172, 45), (186, 62)),)
STEPS = 4
"""Frames between two points of a stroke."""

File = Annotated[Path, typer.Argument(help="Written as an animated WebP or GIF, as its ending says.")]
app = typer.Typer(help=__doc__)


@app.command()
def routing(file: File) -> None:
    """Start the app, open the routing page in a projector's window and film a play-through."""
    frames, durations = [], []
    with opened("routing") as page:
        race = page.locator(RACE)
        race.wait_for(timeout=60_000)
        page.wait_for_timeout(1500)  # until the page has faded in
        for moment in range(4 * ITERATIONS - 1):
            for share in SHARES:
                race.evaluate("(race, position) => race.seek(position)", moment - 1 + share)
                page.wait_for_timeout(100)
                frames.append(taken(page))
                durations.append(STOP if share == 1 and moment % 4 == SQUASH else BETWEEN)
    save(file, frames, durations)


@app.command()
def live(file: File) -> None:
    """Start the app and film how a 4 is drawn, and the stroke that makes it a 9."""
    with opened("") as page:
        page.locator(SWITCH).wait_for(timeout=60_000, state="attached")
        page.get_by_role("button", name="Clear").click()
        page.get_by_role("heading", name="Draw", exact=True).wait_for()
        page.wait_for_timeout(1500)
        frames, durations = [], []
        for strokes in (FOUR, TO_NINE):
            for frame in drawn(page, strokes):
                frames.append(frame)
                durations.append(BETWEEN)
            durations[-1] = STOP
    save(file, frames, durations)


def drawn(page: Page, strokes: tuple[tuple[tuple[int, int], ...], ...]) -> Iterator[Image.Image]:
    """The page after every little way of the pen, and once the last stroke is read."""
    canvas = page.locator(".st-key-digit-canvas canvas.upper-canvas")
    left, top, scale = canvas.evaluate("c => (b => [b.x, b.y, b.width / 280])(c.getBoundingClientRect())")
    for stroke in strokes:
        places = [(left + scale * x, top + scale * y) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for (x0, y0), (x1, y1) in itertools.pairwise(places):
            for step in range(1, STEPS + 1):
                page.mouse.move(x0 + (x1 - x0) * step / STEPS, y0 + (y1 - y0) * step / STEPS)
                page.wait_for_timeout(150)
                yield taken(page)
        page.mouse.up()
    page.wait_for_timeout(2000)
    yield taken(page)


@contextmanager
def opened(path: str) -> Iterator[Page]:
    """A page of the app, started for it, in a projector's window."""
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{address}/{path}")
        yield page
        browser.close()


def taken(page: Page) -> Image.Image:
    """What is seen."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def save(file: Path, frames: list[Image.Image], durations: list[int]) -> None:
    """Writes a film that begins anew when it ends."""
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=durations, loop=0, quality=70, method=6)
    print(f"{file}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    app()
