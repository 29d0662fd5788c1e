"""The README's picture of the app, taken from the app itself.

python -m tests.browser.screenshot explorer/screenshot.webp
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated

import typer
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.fixtures import FLAGS, open_app, serving
from tests.browser.install import install


def main(
    file: Annotated[Path, typer.Argument(help="Written as its ending says: .webp, .png")],
    path: Annotated[str, typer.Option(help="The page's address.")] = "/",
    ready: Annotated[
        str, typer.Option(help="What has to be there, as a CSS selector.")
    ] = ".st-key-primary-tiles button",
    dark: Annotated[bool, typer.Option(help="The dark theme.")] = False,
) -> None:
    """Start the app, open a page in a projector's window and take its picture."""
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install(), args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 720}, color_scheme="dark" if dark else "light")
        page = open_app(context, address + path, ready)
        page.wait_for_timeout(1000)  # until the figures have faded in
        picture = Image.open(io.BytesIO(page.screenshot()))
        browser.close()
    picture.convert("RGB").save(file, quality=85)
    print(f"{file}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    typer.run(main)
