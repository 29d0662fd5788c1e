"""The door of pictures: files of every format that is read, with a few bytes changed."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import numpy as np
from hypothesis import strategies as st
from PIL import Image

from capsnet.ink import MNIST_FRAME, PictureError, decode_picture, normalise
from tools.fuzz.door import Door
from tools.fuzz.values import damaged

SIDE = 37
PNG = b"\x89PNG\r\n\x1a\n"


@cache
def seeds() -> list[bytes]:
    """Small sound pictures of many modes and formats."""
    ramp = np.add.outer(np.arange(SIDE), 3 * np.arange(SIDE)).astype(np.uint8)
    grey = Image.fromarray(ramp)
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "a picture"
    clear = grey.copy()
    clear.putalpha(grey)
    two = {"save_all": True, "append_images": [grey.rotate(90)], "duration": 50}
    found = [_file(grey.convert(mode), "PNG") for mode in ("1", "L", "P", "RGB", "RGBA")]
    found += [_file(clear, "PNG", exif=exif), _file(Image.fromarray(ramp.astype(np.uint16) * 200), "PNG")]
    found += [_file(grey.quantize(8), "PNG", transparency=3), _file(grey, "PNG", **two)]
    found += [_file(grey.convert(mode), "JPEG", exif=exif) for mode in ("L", "RGB", "CMYK")]
    found += [_file(grey, "JPEG", progressive=True), _file(grey.convert("RGB"), "WEBP", exif=exif)]
    found += [_file(clear.convert("RGBA"), "WEBP", lossless=True), _file(grey, "WEBP", **two)]
    found += [_file(grey, "GIF", **two), _file(grey.quantize(4), "GIF", transparency=1)]
    return found + [_file(grey.convert(mode), "BMP") for mode in ("1", "P", "RGB", "RGBA")]


def _file(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def mended(data: bytes) -> bytes:
    """A PNG whose checksums fit what its parts hold: else nothing behind them would be read."""
    if not data.startswith(PNG):
        return data
    found, at = bytearray(PNG), len(PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if at + 12 + length > len(data):
            break
        body = data[at + 4 : at + 8 + length]
        found += data[at : at + 4] + body + struct.pack(">I", zlib.crc32(body))
        at += 12 + length
    return bytes(found) + data[at:]


def enter(data: bytes) -> str:
    """Sends a picture."""
    try:
        ink = decode_picture(data)
    except PictureError as error:
        return f"refused {error.kind}"
    assert ink.ndim == 2
    assert max(ink.shape) <= 2000
    assert np.isfinite(ink).all()
    assert 0 <= ink.min() <= ink.max() <= 1
    image = normalise(ink, MNIST_FRAME)
    assert image is None or (image.shape == (28, 28) and np.isfinite(image).all())
    return f"accepted {'no ink' if image is None else 'ink'} {min(10, ink.shape[0] // 8)}"


inputs = st.deferred(lambda: st.one_of(damaged(seeds()), damaged(seeds()).map(mended), st.binary(max_size=300)))
DOORS = (Door("pictures", inputs, enter),)
