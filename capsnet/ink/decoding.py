"""From picture files to grey ink: 1 where a pen has been, 0 where it has not.

A picture is either clean (a screenshot, an MNIST digit: its rim has one colour) or taken for a photo, see
`capsnet.ink.photo`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from capsnet.errors import CapsNetError
from capsnet.ink.contrast import CONTRAST, FloatImage, border, energy

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
"""What is read; Pillow would try many more, some of them by starting other programs."""
MAX_PIXELS = 50_000_000
"""Larger photos (JPEG) are refused before they are decoded: phones take up to 8,160 x 6,120."""
MAX_PIXELS_WHOLE = 16_000_000
"""The same for all other formats, which can't be reduced while they are decoded: WebP takes 15 bytes a pixel."""
WORKING_SIDE = 480
"""Pictures are reduced by a whole number, so far that their longer side stays at least this long."""
THUMBNAIL_SIDE = 64
"""No longer side than this: a picture made by a computer, not a photo."""
BAND = 64
"""Rows of the reduced picture that are made at a time."""
DEPTHS = (8, 10, 12, 14, 16)
"""Bits that a pixel may have in a file with room for 16."""

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
        PictureError: the file is no picture, is damaged, or is larger than `MAX_PIXELS` or `MAX_PIXELS_WHOLE`.
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
    """The first frame as it lies in the file; JPEG reduced while it is decoded, where it is larger than needed."""
    most = MAX_PIXELS if data.startswith(b"\xff\xd8") else MAX_PIXELS_WHOLE  # as JPEG begins
    try:
        picture = Image.open(BytesIO(data), formats=FORMATS)
        if picture.width * picture.height > most:
            raise _too_large(most)
        picture.draft("L", (WORKING_SIDE, WORKING_SIDE))
        picture.load()
        return picture
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(most) from error
    except UnidentifiedImageError as error:
        message = "This file is not a picture that can be read here: please send a PNG, JPEG or WebP file."
        raise PictureError(message, "not_a_picture") from error
    except Exception as error:  # Pillow's decoders raise whatever a damaged file makes them meet
        message = "This picture is damaged or incomplete: please save it again, or choose another one."
        raise PictureError(message, "damaged") from error


def _too_large(most: int) -> PictureError:
    return PictureError(
        f"This picture has more than {most // 1_000_000} million pixels: please send it smaller, 2,000 pixels wide is "
        "plenty.",
        "too_large",
        most=most // 1_000_000,
    )


def _planes(picture: Image.Image) -> tuple[FloatImage, FloatImage]:
    """Grey, 0 (black) to 1 (white), and opacity, 0 to 1, both [H, W], upright and reduced to the working size."""
    factor = max(1, max(picture.size) // WORKING_SIDE)
    upright = _turning(picture)
    if picture.mode.startswith("I"):  # 16 bits a pixel
        deep = np.concatenate([_deep(band, factor) for band in _bands(picture, factor)])
        full = next(2**bits - 1 for bits in DEPTHS if deep.max() < 2**bits or bits == DEPTHS[-1])
        grey: FloatImage = upright((deep / np.float32(full)).clip(0, 1))
        return grey, np.ones_like(grey)
    pixels = np.concatenate([_flat(band, factor) for band in _bands(picture, factor)])
    return upright(pixels[..., 0]), upright(pixels[..., 1])


def _turning(picture: Image.Image) -> Callable[[FloatImage], FloatImage]:
    """What makes a picture upright; nothing, where it does not say in a way that can be understood."""
    try:
        return _UPRIGHT.get(picture.getexif().get(ExifTags.Base.Orientation, 1), np.asarray)
    except Exception:  # as while it is decoded; the picture itself is whole
        return np.asarray


def _bands(picture: Image.Image, factor: int) -> Iterator[Image.Image]:
    """The picture cut across: what is made of it takes as little memory as of one band."""
    rows = factor * BAND
    for top in range(0, picture.height, rows):
        yield picture.crop((0, top, picture.width, min(picture.height, top + rows)))


def _deep(band: Image.Image, factor: int) -> FloatImage:
    """Greys as the file counts them, [H, W]."""
    return np.asarray(Image.fromarray(np.asarray(band, np.float32)).reduce(factor))


def _flat(band: Image.Image, factor: int) -> FloatImage:
    """Grey and opacity of 8 bits, 0 to 1, [H, W, 2]."""
    if band.mode in ("1", "P") or "transparency" in band.info:  # colours that must not be mixed yet
        band = band.convert("RGBA")
    pixels = band.reduce(factor).convert("RGBA").convert("LA")
    return np.asarray(pixels, np.float32) / np.float32(255)


_UPRIGHT: Mapping[int, Callable[[FloatImage], FloatImage]] = {
    2: np.fliplr,
    3: lambda grey: np.rot90(grey, 2),
    4: np.flipud,
    5: np.transpose,
    6: lambda grey: np.rot90(grey, -1),
    7: lambda grey: np.rot90(grey, 2).T,
    8: np.rot90,
}
"""What makes a picture upright, by the orientation that EXIF says."""


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
