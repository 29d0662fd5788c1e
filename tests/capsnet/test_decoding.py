"""What people upload becomes ink, or one sentence that says what to do."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ExifTags, Image

from capsnet.ink import PictureError, decode_picture, normalise
from tests.capsnet.pictures import BROKEN, CLEAN, drawn, encoded, pixels, same_digit

TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a picture lies in its file, by the orientation that EXIF says."""


def test_an_mnist_digit_comes_through_unharmed() -> None:
    digit = normalise(drawn())
    assert digit is not None
    digit = (digit / digit.max() * 255).round().astype(np.float32) / 255
    for picture in (pixels(digit), pixels(1 - digit)):
        ink = decode_picture(encoded(picture))
        assert ink.shape == (28, 28)
        assert ink.dtype == np.float32
        np.testing.assert_allclose(ink, digit, atol=1e-6)
    assert same_digit(decode_picture(encoded(pixels(digit), "JPEG", quality=90)), digit)


@pytest.mark.parametrize("data", CLEAN.values(), ids=CLEAN.keys())
def test_clean_pictures_of_all_sorts_are_read(data: bytes) -> None:
    ink = decode_picture(data)
    assert ink.dtype == np.float32
    assert ink.max() == pytest.approx(1, abs=1e-6)
    assert same_digit(ink, drawn())


@pytest.mark.parametrize("inverted", [False, True])
def test_data_of_the_networks_size_keep_their_greys(inverted: bool) -> None:
    grey = np.zeros((28, 28), np.float32)
    grey[2:9, 3:6] = np.float32(51 / 255)  # pale, and far from the middle
    data = encoded(pixels(1 - grey if inverted else grey))
    np.testing.assert_allclose(decode_picture(data, keep=28), grey, atol=1e-6)
    assert decode_picture(data).max() == 1
    assert decode_picture(data, keep=27).max() == 1


def test_a_picture_that_fills_its_frame_is_no_photo() -> None:
    """Were it taken for a photo, what is wide and dark would be a table."""
    filled = np.zeros((300, 300), np.float32)
    filled[10:-10, 10:-10] = 0.5
    filled[40:-40, 40:-40] = 1
    np.testing.assert_allclose(decode_picture(encoded(pixels(filled))), filled, atol=0.01)


def test_a_transparent_rim_around_the_paper_is_background() -> None:
    picture = pixels(np.pad(1 - drawn(), 40)).convert("LA")
    picture.putalpha(pixels(np.pad(np.ones((280, 280), np.float32), 40)))
    assert same_digit(decode_picture(encoded(picture)), drawn())


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(PictureError) as refused:
        decode_picture(data)
    sentence = str(refused.value)
    assert "please" in sentence
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert len(sentence) < 150


def test_the_sentence_says_what_is_wrong() -> None:
    for name, kind, words in (
        ("text named .png", "not_a_picture", "PNG, JPEG or WebP"),
        ("truncated JPEG", "damaged", "damaged or incomplete"),
        ("12,000 x 12,000", "too_large", "more than 16 million pixels"),
        ("a decompression bomb", "too_large", "more than 16 million pixels"),
    ):
        with pytest.raises(PictureError, match=words) as refused:
            decode_picture(BROKEN[name])
        assert refused.value.kind == kind
        assert refused.value.values == ({"most": int(words.split()[2])} if kind == "too_large" else {})


def test_a_large_photo_is_read_and_anything_else_as_large_refused() -> None:
    """JPEG is reduced while it is decoded; 17 million pixels of another kind would take a quarter of a gigabyte."""
    paper = Image.new("L", (4200, 4100), 250)
    paper.paste(pixels(1 - drawn(size=2800)), (700, 650))
    assert same_digit(decode_picture(encoded(paper, "JPEG")), drawn())
    with pytest.raises(PictureError, match="more than 16 million pixels"):
        decode_picture(encoded(paper))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_lies_as_its_camera_says(orientation: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    upright = pixels(np.pad(1 - drawn(size=1400), ((0, 200), (100, 0)), constant_values=1))
    turned = TURNED[orientation]
    lying = upright if turned is None else upright.transpose(turned)
    assert same_digit(decode_picture(encoded(lying, exif=exif)), drawn())


def test_any_damage_ends_in_ink_or_in_one_sentence() -> None:
    """Bytes changed at random: whatever Pillow raises, people never see it."""
    chance = np.random.default_rng(11)
    for name in ("JPEG", "dark on light", "WebP", "animated GIF", "turned by EXIF", "16 bits"):
        for _ in range(30):
            damaged = np.frombuffer(CLEAN[name], np.uint8).copy()
            damaged[chance.integers(8, min(len(damaged), 900), 6)] = chance.integers(0, 256, 6)
            try:
                normalise(decode_picture(damaged.tobytes()))
            except PictureError:
                continue
