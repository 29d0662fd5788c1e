"""The canvas that digits are drawn on: streamlit-drawable-canvas, in a frame that keeps what was drawn.

The library's own Undo and its waiting before it reports are replaced: what a person does acts in the browser at once,
however busy the server is, and the browser holds all that was drawn, should the server be started anew.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import files
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from explorer.arrays import Bytes
from explorer.components.registry import MALFORMED, register
from explorer.presets import CANVAS

LONGEST_PNG = 1_000_000
"""Characters of a picture that a browser may send."""
LONGEST_OBJECTS = 2_000_000
"""Characters of strokes, as JSON, that it may."""
DEEPEST = 8
"""Lists and objects within one another, of strokes."""

_FOLDER = Path(__file__).parent
_LIBRARY = "streamlit-drawable-canvas"
_SERVED = f"_stcore/bidi-components/{_LIBRARY}.streamlit_drawable_canvas"
"""Where Streamlit serves the front ends of installed components, below the app's own address."""

_component = register(
    "capsnet_drawing_canvas",
    _FOLDER,
    css="component.css",
    html=(_FOLDER / "component.html").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Put:
    """What the app has put on the canvas last."""

    session: str
    """Unlike that of any other session: a browser learns that the server was started anew."""
    number: int
    """Greater than that of what was put there before."""
    digit: str
    """Its text in addresses."""
    picture: str | None
    """To be looked at only, as a data URL: the first stroke begins a drawing. None: there are strokes."""
    objects: list[Any] | None
    """Strokes to go on with, as Fabric.js has them."""
    strokes: list[Any] | None = None
    """Those that the picture was drawn with, which can be moved; None: it was not drawn so."""


@dataclass(frozen=True)
class Shown:
    """What a person sees on the canvas: a digit that was put there, or strokes with their pixels."""

    session: str
    put: int
    """`Put` that this came after."""
    moment: float
    """Unlike that of anything told before."""
    digit: str | None
    """Text in addresses; None: strokes."""
    objects: list[Any]
    pixels: Bytes
    """RGBA [CANVAS, CANVAS, 4] of the strokes; black for a digit."""


def drawing_canvas(put: Put, words: Mapping[str, object], *, key: str) -> Shown | None:
    """Shows the canvas, square and as wide as it may be, with Undo, Clear, Move and pens.

    Args:
        put: what the app has put there last.
        words: "undo", "clear", "canvas" and "pens" as screen readers say them, "hint" over a picture, and "widths", the
            names of the three pens; "move", "move_not" where nothing can be moved, "strokes", and "stroke" with
            {number} and {count}.
        key: names the element.

    Returns:
        What is on it, once a person has changed it; None before, or where a browser sent what can't be understood.
    """
    data = {"put": vars(put), "words": dict(words), "size": CANVAS, "library": _front_end()}
    return understood(_component(key=key, data=data, on_shown_change=lambda: None).shown)


def understood(sent: Any) -> Shown | None:
    """What a browser sent, plain JSON; None where it is nothing, or malformed."""
    try:
        return _shown(sent) if sent else None
    except (*MALFORMED, OSError, SyntaxError):
        return None  # SyntaxError: how Pillow calls some damaged PNGs


@cache
def _front_end() -> str:
    """Where the library's front end is served."""
    (script,) = (file for file in files(_LIBRARY) or () if file.match("frontend/build/index-*.js"))
    return f"{_SERVED}/{script.name}"


def _shown(sent: Any) -> Shown:
    digit, objects = sent.get("digit"), sent.get("objects", [])
    if not isinstance(objects, list) or not isinstance(digit, str | None):
        raise TypeError("expected a digit's text or a list of strokes")
    if not _is_flat(objects, DEEPEST) or len(json.dumps(objects, allow_nan=False)) > LONGEST_OBJECTS:
        raise ValueError("expected fewer strokes")
    pixels = np.zeros((CANVAS, CANVAS, 4), np.uint8) if digit else _pixels(sent["png"])
    moment = float(sent["moment"])
    if not math.isfinite(moment):
        raise ValueError("expected a moment that is unlike others")
    return Shown(str(sent["session"]), int(sent["put"]), moment, digit, objects, pixels)


def _is_flat(value: Any, depth: int) -> bool:
    """Whether lists and objects stand within one another no deeper than this."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not inner or (depth > 0 and all(_is_flat(one, depth - 1) for one in inner))


def _pixels(url: str) -> Bytes:
    """A canvas's pixels, RGBA, from a data URL."""
    kind, _, text = url.partition(";base64,")
    if kind != "data:image/png" or len(text) > LONGEST_PNG:
        raise ValueError("expected a small PNG as a data URL")
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("the data URL is damaged") from error
    with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
        if picture.size != (CANVAS, CANVAS):
            raise ValueError(f"expected {CANVAS} x {CANVAS} pixels; got {picture.size}")
        return np.asarray(picture.convert("RGBA"))
