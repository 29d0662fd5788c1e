"""The app without a browser, at any of its addresses."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import capsnet
import explorer
from explorer.arrays import Bytes, Floats
from explorer.drawing import to_mnist
from explorer.pictures import data_url
from explorer.presets import CANVAS, load_presets, preset_drawing, render
from explorer.reading import CapsuleReading, read

RUN = Path(explorer.__file__).parent / "run.py"
_moments = count(1)


def open_page(address: str = "") -> AppTest:
    """The app as it is first visited at `/address`; nothing has run yet.

    AppTest knows pages by their files, and ours are functions: it is given the name that Streamlit has for them.
    """
    app = AppTest.from_file(str(RUN), default_timeout=60)
    if address:
        app._page_hash = calc_hash(address)
    return app


def draw(app: AppTest, pixels: Bytes, strokes: Sequence[Any] = ({"type": "Path"},)) -> AppTest:
    """Has the canvas of an app that has run report pixels, RGBA [H, W, 4], and strokes; runs the app."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="PNG")
    digits = app.session_state["session"].digits
    app.session_state["canvas"] = {
        "shown": {
            "session": digits.token,
            "put": digits.put[0],
            "moment": next(_moments),
            "objects": list(strokes),
            "png": data_url(buffer.getvalue()),
        }
    }
    return app.run()


def draw_like(app: AppTest, identity: str) -> AppTest:
    """Draws what an example shows."""
    preset = next(preset for preset in load_presets() if preset.id == identity)
    return draw(app, render(preset.strokes, preset.width), preset_drawing(preset)["objects"])


def clear(app: AppTest) -> AppTest:
    """Clears the canvas."""
    black = np.zeros((CANVAS, CANVAS, 4), np.uint8)
    black[..., 3] = 255
    return draw(app, black, ())


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
