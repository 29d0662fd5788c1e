"""Ink from pictures of every kind, and arrays that are none."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from capsnet.ink import decode_picture, normalise
from tests.capsnet.pictures import encoded
from tests.capsnet.samples import stroke

INK = stroke()
BYTES: NDArray[np.uint8] = (INK * 255).round().astype(np.uint8)


def coloured(ink: tuple[int, int, int, int], paper: tuple[int, int, int, int]) -> Image.Image:
    """The stroke in one colour on another."""
    return Image.composite(Image.new("RGBA", (120, 120), ink), Image.new("RGBA", (120, 120), paper), mask())


def mask() -> Image.Image:
    return Image.fromarray(BYTES)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(mask(), id="light on dark"),
        pytest.param(Image.fromarray(255 - BYTES), id="dark on light"),
        pytest.param(coloured((0, 0, 0, 255), (255, 255, 255, 255)), id="black on white, with alpha"),
        pytest.param(coloured((0, 0, 0, 255), (0, 0, 0, 0)), id="black on nothing"),
        pytest.param(coloured((255, 255, 255, 255), (255, 255, 255, 0)), id="white on nothing"),
        pytest.param(coloured((200, 30, 80, 255), (0, 0, 0, 0)), id="a colour on nothing"),
        pytest.param(Image.fromarray(255 - BYTES).convert("1"), id="black and white"),
        pytest.param(Image.fromarray(255 - BYTES).convert("P"), id="palette"),
    ],
)
def test_ink_is_what_differs_from_the_border(picture: Image.Image) -> None:
    np.testing.assert_allclose(decode_picture(encoded(picture)), INK, atol=0.01)


@pytest.mark.parametrize(("ink", "paper"), [(20, 200), (0, 140), (230, 60), (255, 110)])
def test_paper_need_be_neither_white_nor_black(ink: int, paper: int) -> None:
    picture = Image.composite(Image.new("L", (120, 120), ink), Image.new("L", (120, 120), paper), mask())
    got, expected = normalise(decode_picture(encoded(picture))), normalise(INK)
    assert got is not None
    assert expected is not None
    assert float(np.abs(got / got.max() - expected).mean()) < 0.02


@pytest.mark.parametrize("paper", [0, 60, 200, 255])
def test_paper_without_ink_is_none(paper: int) -> None:
    assert normalise(decode_picture(encoded(Image.new("L", (40, 50), paper)))) is None


def test_sixteen_bits_are_read_as_eight() -> None:
    grey = np.linspace(0, 1, 120, dtype=np.float32)[None, :] * INK
    picture = Image.fromarray((grey * 65535).astype(np.uint16))
    np.testing.assert_allclose(decode_picture(encoded(picture)), grey / grey.max(), atol=0.01)


def test_a_photograph_is_set_upright() -> None:
    lying = Image.fromarray(BYTES).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: to be turned by 90 degrees clockwise
    file = BytesIO()
    lying.save(file, "PNG", exif=exif)
    np.testing.assert_allclose(decode_picture(file.getvalue()), INK, atol=0.01)


@pytest.mark.parametrize(
    ("ink", "words"),
    [
        pytest.param(INK[None], r"ink must be \[H, W\].*\(1, 120, 120\)", id="three axes"),
        pytest.param(INK[0], r"ink must be \[H, W\].*\(120,\)", id="one axis"),
        pytest.param(INK[:0], r"not empty; got shape \(0, 120\)", id="empty"),
        pytest.param(INK * 255, r"0 \(background\) to 1; got 0 to 255", id="0..255"),
        pytest.param(INK - 0.5, r"0 \(background\) to 1; got -0.5", id="negative"),
        pytest.param(np.where(INK > 0, INK, np.nan).astype(np.float32), "must lie in 0 .* nan", id="not a number"),
    ],
)
def test_arrays_that_are_no_ink(ink: NDArray[np.float32], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        normalise(ink)


@pytest.mark.parametrize("dtype", [np.float64, np.float16, np.bool_, np.uint8, np.int64])
def test_another_dtype_is_refused_or_read_rightly(dtype: type[np.generic]) -> None:
    drawn: NDArray[np.float32] = INK.round()
    expected = normalise(drawn)
    assert expected is not None
    try:
        got = normalise(drawn.astype(dtype))
    except ValueError as error:
        assert "float32" in str(error)  # noqa: PT017 - either is right, a wrong picture is not
    else:
        assert got is not None
        np.testing.assert_allclose(got, expected, atol=1e-3)
