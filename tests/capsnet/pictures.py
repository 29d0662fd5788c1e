"""Picture files of every kind that people send: clean ones, and such as can't be read."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image

from capsnet.ink import MAX_PIXELS_WHOLE, FloatImage, normalise
from explorer.presets import load_presets, render

STROKES = {preset.id: preset.strokes for preset in load_presets()}


def drawn(digit: str = "school-4", width: float = 14, size: int = 280) -> FloatImage:
    """Ink of a preset, 0 to 1, [size, size]."""
    return np.asarray(render(STROKES[digit], width, size)[..., 0], np.float32) / np.float32(255)


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def pixels(values: FloatImage) -> Image.Image:
    """0 (black) to 1 (white) as an 8-bit picture."""
    return Image.fromarray((values * 255).round().clip(0, 255).astype(np.uint8))


def same_digit(ink: FloatImage, expected: FloatImage, tolerance: float = 0.03) -> bool:
    """Whether both come out alike, 28 x 28, on the average over all pixels."""
    first, second = normalise(ink), normalise(expected)
    return first is not None and second is not None and float(np.abs(first - second).mean()) < tolerance


def transparent(colour: int) -> Image.Image:
    """The digit in one colour on nothing."""
    picture = Image.new("LA", (280, 280), (colour, 0))
    picture.putalpha(pixels(drawn()))
    return picture


def sixteen_bits() -> Image.Image:
    return Image.fromarray((drawn() * 60000).astype(np.uint16))


def in_sixteen_bits(depth: int) -> Image.Image:
    """Dark on light, as cameras of a depth of so many bits store it in files with room for 16."""
    return Image.fromarray(((1 - drawn()) * (2**depth - 1)).astype(np.uint16))


def palette_with_transparency() -> bytes:
    """Two colours, black and red; the red, all around the black digit, is transparent."""
    picture = Image.fromarray((drawn() < 0.5).astype(np.uint8), "P")
    picture.putpalette([0, 0, 0, 255, 0, 0])
    return encoded(picture, transparency=1)


def turned_by_exif() -> bytes:
    """Lying on its side, with the tag that says so."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(pixels(1 - drawn()).transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)


def animation(kind: str) -> bytes:
    frames = [pixels(1 - drawn()), pixels(1 - drawn("school-7"))]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def colour_key() -> bytes:
    """A large grey digit on one grey that the file calls transparent."""
    return encoded(pixels(0.5 * (drawn(size=1100) < 0.5)), transparency=round(0.5 * 255))


CLEAN = {
    "dark on light": encoded(pixels(1 - drawn())),
    "light on dark": encoded(pixels(drawn())),
    "grey on grey": encoded(pixels(0.6 - 0.25 * drawn())),
    "JPEG": encoded(pixels(1 - drawn()), "JPEG", quality=80),
    "WebP": encoded(pixels(1 - drawn()), "WEBP", quality=80),
    "GIF": encoded(pixels(1 - drawn()), "GIF"),
    "one bit": encoded(pixels(1 - drawn()).convert("1", dither=Image.Dither.NONE)),
    "black on nothing": encoded(transparent(0)),
    "white on nothing": encoded(transparent(255)),
    "palette": encoded(pixels(1 - drawn()).quantize(16)),
    "transparent palette": palette_with_transparency(),
    "16 bits": encoded(sixteen_bits()),
    **{f"{depth} bits in 16": encoded(in_sixteen_bits(depth)) for depth in (8, 10, 12, 14)},
    "CMYK": encoded(pixels(1 - drawn()).convert("CMYK"), "JPEG"),
    "turned by EXIF": turned_by_exif(),
    "animated GIF": animation("GIF"),
    "animated WebP": animation("WEBP"),
    "animated PNG": animation("PNG"),
    "colour key": colour_key(),
    "large": encoded(pixels(1 - drawn(size=2800, width=14))),
}


def announced(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and is of some hundred bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    )


BROKEN = {
    "nothing": b"",
    "text named .png": b"This is a shopping list: apples, pears.",
    "a program": b"\x7fELF" + bytes(200),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 28 28\n",
    "a picture of another sort": encoded(pixels(drawn()), "TIFF"),
    "truncated PNG": CLEAN["dark on light"][:-300],
    "truncated JPEG": CLEAN["JPEG"][: len(CLEAN["JPEG"]) // 2],
    "truncated WebP": CLEAN["WebP"][:-200],
    "only a header": CLEAN["dark on light"][:40],
    "less than announced": announced(300, 300),
    "12,000 x 12,000": announced(12_000, 12_000),
    "just too large": announced(MAX_PIXELS_WHOLE // 1000 + 1, 1000),
    "a decompression bomb": announced(60_000, 60_000),
}
