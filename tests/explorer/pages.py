"""The app without a browser, at any of its addresses."""

from __future__ import annotations

import base64
import io
from html import unescape
from pathlib import Path
from typing import Any

from PIL import Image
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import capsnet
import explorer
from explorer.arrays import Bytes, Floats
from explorer.drawing import to_mnist
from explorer.presets import load_presets, preset_drawing, render
from explorer.reading import CapsuleReading, read

APP = Path(explorer.__file__).parent / "app.py"


def open_page(address: str = "") -> AppTest:
    """The app as it is first visited at `/address`; nothing has run yet.

    AppTest knows pages by their files, and ours are functions: it is given the name that Streamlit has for them.
    """
    app = AppTest.from_file(str(APP), default_timeout=60)
    if address:
        app._page_hash = calc_hash(address)
    return app


def drawing(identity: str) -> dict[str, Any]:
    """What the canvas reports when a person has drawn this."""
    preset = next(preset for preset in load_presets() if preset.id == identity)
    return canvas_holding(render(preset.strokes, preset.width), preset_drawing(preset))


def canvas_holding(pixels: Bytes, strokes: dict[str, Any]) -> dict[str, Any]:
    """What the canvas reports: its pixels, RGBA [H, W, 4], and its strokes."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="PNG")
    url = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    return {"drawing": {"raw": strokes, "data": url}}


def prediction(app: AppTest) -> str:
    """What is said to be read."""
    return unescape(next(element.value for element in app.markdown if element.value.startswith("#")).lstrip("# "))


def captions(app: AppTest) -> str:
    """All small words of the page."""
    return unescape(" ".join(element.value for element in app.caption))


def reading_of(identity: str, file: Path) -> CapsuleReading:
    """What a network makes of an example."""
    return read(capsnet.load(file), image_of(identity))


def image_of(identity: str) -> Floats:
    """An example as the network gets it."""
    preset = next(preset for preset in load_presets() if preset.id == identity)
    image = to_mnist(render(preset.strokes, preset.width))
    assert image is not None
    return image
