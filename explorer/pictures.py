"""Maps of numbers as coloured pixels, and pixels as PNG: for components, pages and files."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image

from explorer.arrays import Bytes, Floats
from explorer.palette import ColourScale


def painted(maps: Floats, scale: ColourScale, low: float, high: float) -> Bytes:
    """Numbers as colours, those outside low..high as the scale's ends; RGB, [..., 3] behind the maps' own axes.

    Raises:
        ValueError: low is not below high.
    """
    if not low < high:
        raise ValueError(f"a colour scale needs low < high; got {low:g} and {high:g}")
    levels = np.round(255 * ((maps - low) / (high - low)).clip(0, 1)).astype(np.uint8)
    places = [place for place, _ in scale]
    colours = np.array([list(bytes.fromhex(colour[1:])) for _, colour in scale], np.float64)
    steps = np.linspace(0, 1, 256)
    table = np.stack([np.interp(steps, places, channel) for channel in colours.T], axis=-1)  # [256, 3]
    result: Bytes = np.round(table).astype(np.uint8)[levels]
    return result


def enlarged(picture: Floats, scale: int) -> Image.Image:
    """A grey picture 0..1, [H, W], every pixel a crisp square of `scale` pixels."""
    pixels = Image.fromarray(np.round(255 * picture).astype(np.uint8))
    return pixels.resize((scale * pixels.width, scale * pixels.height), Image.Resampling.NEAREST)


def png(picture: Floats, scale: int) -> bytes:
    """The same as a PNG."""
    buffer = io.BytesIO()
    enlarged(picture, scale).save(buffer, format="PNG")
    return buffer.getvalue()


def data_url(png: bytes) -> str:
    """A PNG as an address that holds it, for components."""
    return "data:image/png;base64," + base64.b64encode(png).decode()
