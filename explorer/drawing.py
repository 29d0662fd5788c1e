"""From the canvas and from uploaded pictures to grey ink: 1 where a pen has been, 0 where it has not.

A picture is either clean (a screenshot, an MNIST digit: its rim has one colour) or taken for a photo, see
`explorer.photo`.
"""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from capsnet.ink import FloatImage, border, normalise
from explorer.photo import CONTRAST, energy, photo_ink
from explorer.text import say

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
"""What is read; Pillow would try many more, some of them by starting other programs."""
MAX_PIXELS = 50_000_000
"""Larger pictures are refused before they are decoded: phones take up to 8,160 x 6,120."""
WORKING_SIDE = 480
"""Pictures are reduced by a whole number, so far that their longer side stays at least this long."""
DOT = 40
"""Ink on the canvas no longer and no wider than this, in pixels, and all filled in, is a slip of the pen."""
THUMBNAIL_SIDE = 64
"""No longer side than this: a picture made by a computer, not a photo."""

_GREY_WEIGHTS = np.array([0.299, 0.587, 0.114], np.float32)  # of red, green and blue, as Pillow weighs them
_EVEN = 0.02  # greys that differ less are one colour


class PictureError(Exception):
    """A picture cannot be read; the message is one sentence for people that says the way out."""


def to_mnist(rgba: NDArray[np.uint8]) -> FloatImage | None:
    """What the network reads of the canvas.

    Args:
        rgba: the canvas's pixels, uint8 [H, W, 4]: a light pen on black or on nothing.

    Returns:
        [28, 28] in 0..1 as `capsnet.ink.normalise` makes it; None when the canvas is empty.

    Raises:
        ValueError: rgba has another shape or type.
    """
    return normalise(_canvas_ink(rgba))


def is_dot(rgba: NDArray[np.uint8]) -> bool:
    """Whether the canvas, uint8 [H, W, 4], holds a dot and nothing else."""
    rows, columns = np.nonzero(_canvas_ink(rgba) > 0.5)
    if not rows.size or max(np.ptp(rows), np.ptp(columns)) >= DOT:
        return False
    return bool(rows.size > 0.7 * (np.ptp(rows) + 1) * (np.ptp(columns) + 1))  # a disc fills 0.79 of its box


def _canvas_ink(rgba: NDArray[np.uint8]) -> FloatImage:
    """What is light on the canvas, 0 to 1, [H, W]."""
    if rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.dtype != np.uint8:
        raise ValueError(f"the canvas must be uint8 [H, W, 4] (RGBA), got {rgba.dtype} {list(rgba.shape)}")
    light = rgba[..., :3].astype(np.float32) @ _GREY_WEIGHTS / 255  # [H, W]
    ink: FloatImage = (light * (rgba[..., 3] / np.float32(255))).clip(0, 1)
    return ink


def decode_upload(data: bytes) -> FloatImage:
    """Grey ink of an uploaded picture, for `capsnet.ink.normalise`.

    Reads photos of ink on paper under uneven light as well as clean pictures, dark on light as well as light on dark,
    the first frame of animations, and what a camera turned, upright.

    Args:
        data: the file as it came.

    Returns:
        0 (background) to 1 (ink), [H, W], sides at most twice `WORKING_SIDE`; all 0 where there is no ink.

    Raises:
        PictureError: the file is no picture, is damaged, or is larger than `MAX_PIXELS`.
    """
    grey = _flattened(*_planes(_decoded(data)))
    return _clean_ink(grey) if _is_clean(grey) else photo_ink(grey)


def _decoded(data: bytes) -> Image.Image:
    """The first frame, upright; JPEG reduced while it is decoded, where it is much larger than needed."""
    try:
        picture = Image.open(BytesIO(data), formats=FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise PictureError(say("panel.large_picture", most=MAX_PIXELS // 1_000_000))
        picture.draft("L", (WORKING_SIDE, WORKING_SIDE))
        ImageOps.exif_transpose(picture, in_place=True)
        picture.load()
        return picture
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(say("panel.large_picture", most=MAX_PIXELS // 1_000_000)) from error
    except UnidentifiedImageError as error:
        raise PictureError(say("panel.no_picture")) from error
    except Exception as error:  # Pillow's decoders raise whatever a damaged file makes them meet
        raise PictureError(say("panel.broken_picture")) from error


def _planes(picture: Image.Image) -> tuple[FloatImage, FloatImage]:
    """Grey, 0 (black) to 1 (white), and opacity, 0 to 1, both [H, W], reduced to the working size."""
    factor = max(1, max(picture.size) // WORKING_SIDE)
    if picture.mode.startswith("I"):  # 16 bits a pixel
        deep = Image.fromarray(np.asarray(picture, np.float32) / np.float32(65535)).reduce(factor)
        grey = np.asarray(deep, np.float32).clip(0, 1)
        return grey, np.ones_like(grey)
    if picture.mode in ("1", "P") or "transparency" in picture.info:  # colours that must not be mixed yet
        picture = picture.convert("RGBA")
    pixels = picture.reduce(factor).convert("RGBA").convert("LA")
    return _shares(pixels.getchannel("L")), _shares(pixels.getchannel("A"))


def _shares(picture: Image.Image) -> FloatImage:
    """8 bits as 0 to 1."""
    return np.asarray(picture, np.float32) / np.float32(255)


def _flattened(grey: FloatImage, opacity: FloatImage) -> FloatImage:
    """Grey without transparency: what is seen through is background."""
    painted = grey[opacity > 0.5]
    if painted.size == 0:
        return np.ones_like(grey)
    if border(opacity).mean() < 0.5 and np.ptp(np.percentile(painted, (2, 98))) < CONTRAST:
        return 1 - opacity  # nothing but the ink is painted, in one colour: which one is a matter of taste
    return grey * opacity + float(np.median(painted)) * (1 - opacity)


def _is_clean(grey: FloatImage) -> bool:
    """Whether the background has one grey and prevails, as in no photo."""
    rim = border(grey)
    even = np.ptp(np.percentile(rim, (5, 95))) < _EVEN and np.mean(np.abs(grey - np.median(rim)) < _EVEN) > 0.5
    return max(grey.shape) <= THUMBNAIL_SIDE or bool(even)


def _clean_ink(grey: FloatImage) -> FloatImage:
    """Whatever is lighter than the rim, or darker if more is, its strongest at 1."""
    deviation = grey - np.median(border(grey)).astype(np.float32)
    lighter, darker = np.maximum(deviation, 0), np.maximum(-deviation, 0)
    ink = lighter if energy(lighter) >= energy(darker) else darker
    return ink / ink.max() if ink.max() >= CONTRAST else np.zeros_like(ink)
