"""Photos of ink on paper and boards, under uneven light."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageFilter

from capsnet.ink import FloatImage, decode_picture, normalise
from tests.capsnet.pictures import drawn, encoded, pixels, same_digit

Photograph = Callable[[FloatImage], FloatImage]


def on_paper(ink: FloatImage, height: int = 600, width: int = 800) -> FloatImage:
    """Ink in the middle of a larger sheet, a little blurred as by a lens."""
    sheet = np.zeros((height, width), np.float32)
    top, left = (height - ink.shape[0]) // 2, (width - ink.shape[1]) // 2
    sheet[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return np.asarray(pixels(sheet).filter(ImageFilter.GaussianBlur(1.5)), np.float32) / np.float32(255)


def slope(shape: tuple[int, ...]) -> FloatImage:
    """0 at the top left to 1 at the bottom right."""
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    return ((rows / shape[0] + columns / shape[1]) / 2).astype(np.float32)


def grain(shape: tuple[int, ...], strength: float = 0.03) -> FloatImage:
    return np.random.default_rng(7).normal(0, strength, shape).astype(np.float32)


def shadow(paper: FloatImage) -> FloatImage:
    """Half of it in the shade."""
    return paper * np.where(slope(paper.shape) > 0.5, 0.5, 1).astype(np.float32)


def on_a_table(paper: FloatImage) -> FloatImage:
    """A dark table on all sides of the sheet."""
    table = np.full_like(paper, 0.25)
    table[50:-70, 90:-60] = paper[50:-70, 90:-60]
    return table


def squared(paper: FloatImage) -> FloatImage:
    lines = np.zeros(paper.shape, np.bool_)
    lines[::30] = lines[:, ::30] = lines[1::30] = lines[:, 1::30] = True
    return np.where(lines, paper * 0.8, paper).astype(np.float32)


def with_dust(paper: FloatImage) -> FloatImage:
    dusty = paper.copy()
    for row, column in np.random.default_rng(3).integers(20, 580, (12, 2)):
        dusty[row : row + 3, column : column + 3] = 0.2
    return dusty


PHOTOS: dict[str, Photograph] = {
    "pen": lambda ink: 0.9 - 0.7 * ink,
    "pencil": lambda ink: 0.9 - 0.3 * ink,
    "chalk": lambda ink: 0.2 + 0.6 * ink,
    "shadow": lambda ink: shadow(0.9 - 0.7 * ink),
    "table": lambda ink: on_a_table(0.9 - 0.6 * ink),
    "squared paper": lambda ink: squared(0.9 - 0.7 * ink),
    "dust": lambda ink: with_dust(0.9 - 0.7 * ink),
}


@pytest.mark.parametrize("digit", ["school-4", "cursive-0", "school-1", "cursive-8"])
@pytest.mark.parametrize("scene", PHOTOS.values(), ids=PHOTOS.keys())
def test_photos_under_uneven_light_are_read(scene: Photograph, digit: str) -> None:
    ink = on_paper(drawn(digit))
    photo = scene(ink) * (1 - 0.5 * slope(ink.shape)) + grain(ink.shape)
    read = decode_picture(encoded(pixels(photo), "JPEG", quality=85))
    assert read.dtype == np.float32
    assert 0 <= read.min() <= read.max() <= 1
    assert same_digit(read, ink, tolerance=0.05)


BLANKS: dict[str, FloatImage] = {
    "white": np.ones((300, 400), np.float32),
    "black": np.zeros((300, 400), np.float32),
    "faint grain": 0.5 + grain((300, 400), 0.005),
    "uneven light": 0.9 - 0.6 * slope((300, 400)) + grain((300, 400)),
    "squared paper": squared(0.9 - 0.5 * slope((600, 800))),
    "a table": on_a_table(0.9 - 0.3 * slope((600, 800))),
}


@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS.keys())
def test_blank_pictures_have_no_ink(blank: FloatImage) -> None:
    assert decode_picture(encoded(pixels(blank))).max() == 0


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1", "I;16", "CMYK"])
def test_one_pixel_has_no_ink(mode: str) -> None:
    data = encoded(Image.new(mode, (1, 1), 0), "JPEG" if mode == "CMYK" else "PNG")
    np.testing.assert_array_equal(decode_picture(data), np.zeros((1, 1)))


@pytest.mark.parametrize("size", [(1, 500), (500, 1), (2, 70), (70, 3), (65, 65)])
def test_pictures_of_odd_shapes_are_read_without_complaint(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(5).random(size[::-1], np.float32)
    ink = decode_picture(encoded(pixels(noise)))
    assert ink.shape == size[::-1]
    normalise(ink)
