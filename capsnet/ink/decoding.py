"""From picture files to grey ink: 1 where a pen has been, 0 where it has not.

A picture is either clean (a screenshot, an MNIST digit: its rim has one colour) or taken for a photo, see
`capsnet.ink.photo`.
"""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from capsnet.errors import CapsNetError
from capsnet.ink.contrast import CONTRAST, FloatImage, border, energy

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
"""What is read; Pillow would try many more, some of them by starting other programs."""
MAX_PIXELS = 50_000_000
"""Larger pictures are refused before they are decoded: phones take up to 8,160 x 6,120."""
WORKING_SIDE = 480
"""Pictures are reduced by a whole number, so far that their longer side stays at least this long."""
THUMBNAIL_SIDE = 64
"""No longer side than this: a picture made by a computer, not a photo."""

_EVEN = 0.02  # greys that differ less are one colour


class PictureError(CapsNetError):
    """A picture cannot be read.

    `kind` is "too_large" (with `values["most"]`, in millions of pixels), "not_a_picture" or "damaged".
    """


def decode_picture(data: bytes, keep: int | None = None) -> FloatImage:
    """Grey ink of a picture, for `capsnet.ink.normalise`.

    Reads photos of ink on paper under uneven light as well as clean pictures, dark on light as well as light on dark,
    the first frame of animations, and what a camera turned, upright.

    Args:
        data: the file as it came.
        keep: pictures of exactly this height and width are data, made by a computer: their greys stay as they are, at
            most turned from dark on light to light on dark. None: there are none such.

    Returns:
        0 (background) to 1 (ink), [H, W], sides at most twice `WORKING_SIDE`; all 0 where there is no ink.

    Raises:
        PictureError: the file is no picture, is damaged, or is larger than `MAX_PIXELS`.
    """
    grey = _flattened(*_planes(_opened(data)))
    if grey.shape == (keep, keep):
        return _deviation(grey)
    if _is_clean(grey):
        ink = _deviation(grey)
        return ink / ink.max() if ink.max() >= CONTRAST else np.zeros_like(ink)
    from capsnet.ink.photo import photo_ink  # brings SciPy, which takes a while to import

    return photo_ink(grey)


def _opened(data: bytes) -> Image.Image:
    """The first frame, upright; JPEG reduced while it is decoded, where it is much larger than needed."""
    try:
        picture = Image.open(BytesIO(data), formats=FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise _too_large()
        picture.draft("L", (WORKING_SIDE, WORKING_SIDE))
        ImageOps.exif_transpose(picture, in_place=True)
        picture.load()
        return picture
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except UnidentifiedImageError as error:
        message = "This file is not a picture that can be read here: please send a PNG, JPEG or WebP file."
        raise PictureError(message, "not_a_picture") from error
    except Exception as error:  # Pillow's decoders raise whatever a damaged file makes them meet
        message = "This picture is damaged or was cut short on its way: please save it anew, or send another one."
        raise PictureError(message, "damaged") from error


def _too_large() -> PictureError:
    most = MAX_PIXELS // 1_000_000
    return PictureError(
        f"This picture has more than {most} million pixels: please send it smaller, 2,000 pixels wide is plenty.",
        "too_large",
        most=most,
    )


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
    """Whether the background has one grey and prevails, or the whole rim is black or white, as in no photo."""
    rim = border(grey)
    if max(grey.shape) <= THUMBNAIL_SIDE or rim.max() == 0 or rim.min() == 1:
        return True
    even = np.ptp(np.percentile(rim, (5, 95))) < _EVEN and np.mean(np.abs(grey - np.median(rim)) < _EVEN) > 0.5
    return bool(even)


def _deviation(grey: FloatImage) -> FloatImage:
    """How far each pixel is lighter than the rim, or darker if more is, 0 to 1."""
    deviation = grey - np.median(border(grey)).astype(np.float32)
    lighter: FloatImage = np.maximum(deviation, 0)
    darker: FloatImage = np.maximum(-deviation, 0)
    return lighter if energy(lighter) >= energy(darker) else darker
