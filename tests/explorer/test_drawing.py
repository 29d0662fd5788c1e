"""What people draw and upload becomes ink, or one sentence that says what to do."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageFilter

from capsnet.ink import BOX, FloatImage, normalise
from explorer.drawing import MAX_PIXELS, PictureError, decode_upload, is_dot, to_mnist
from explorer.presets import load_presets, render

STROKES = {preset.id: preset.strokes for preset in load_presets()}
FOUR = STROKES["school-4"]
"""Tall, lopsided, with a hole, and of two strokes: what is turned, mirrored or inverted shows."""
Photograph = Callable[[FloatImage], FloatImage]


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


def same_digit(ink: FloatImage, expected: FloatImage, tolerance: float = 0.03) -> bool:
    """Whether both come out alike, 28 x 28, on the average over all pixels."""
    first, second = normalise(ink), normalise(expected)
    return first is not None and second is not None and float(np.abs(first - second).mean()) < tolerance


# --- the canvas


def test_the_canvas_reads_the_same_on_black_and_on_nothing() -> None:
    on_black = render(FOUR, 18)
    on_nothing = np.full_like(on_black, 255)
    on_nothing[..., 3] = on_black[..., 0]
    first, second = to_mnist(on_black), to_mnist(on_nothing)
    assert first is not None
    assert second is not None
    assert first.shape == (28, 28)
    assert first.dtype == np.float32
    np.testing.assert_allclose(first, second, atol=1e-6)


@pytest.mark.parametrize("background", [(0, 0, 0, 255), (0, 0, 0, 0), (255, 255, 255, 0)])
def test_an_empty_canvas_is_nothing(background: tuple[int, int, int, int]) -> None:
    assert to_mnist(np.full((280, 280, 4), background, np.uint8)) is None


@pytest.mark.parametrize(("x", "y"), [(140.0, 140.0), (0.0, 0.0), (279.0, 200.0)])
def test_a_dot_is_a_blot_in_the_middle(x: float, y: float) -> None:
    image = to_mnist(render((((x, y), (x, y)),), 18))
    assert image is not None
    rows, columns = np.nonzero(image > 0.5)
    assert abs(rows.mean() - 13.5) <= 1
    assert abs(columns.mean() - 13.5) <= 1


@pytest.mark.parametrize("width", [8, 18, 30])
def test_a_dot_is_told_from_a_small_digit(width: int) -> None:
    assert is_dot(render((((140, 140), (140, 140)),), width))
    assert is_dot(render((((140, 140), (143, 142)),), width))
    for digit in (STROKES["school-1"], STROKES["school-0"]):
        small = tuple(tuple((x / 4, y / 4) for x, y in stroke) for stroke in digit)
        assert not is_dot(render(small, width / 2))
    assert not is_dot(np.zeros((280, 280, 4), np.uint8))
    assert not is_dot(np.full((280, 280, 4), 255, np.uint8))


def test_a_canvas_painted_all_over_is_a_square() -> None:
    image = to_mnist(np.full((280, 280, 4), 255, np.uint8))
    assert image is not None
    assert (image == 1).sum() == BOX * BOX
    assert image.sum() == BOX * BOX


def test_strokes_at_the_very_edge_are_read_as_if_in_the_middle() -> None:
    left = min(x for stroke in FOUR for x, _ in stroke) - 9
    shifted = tuple(tuple((x - left, y) for x, y in stroke) for stroke in FOUR)
    first, second = to_mnist(render(FOUR, 18)), to_mnist(render(shifted, 18))
    assert first is not None
    assert second is not None
    np.testing.assert_allclose(first, second, atol=0.1)


@pytest.mark.parametrize("canvas", [np.zeros((280, 280, 3), np.uint8), np.zeros((280, 280, 4)), np.zeros((280, 280))])
def test_other_pixels_than_the_canvas_sends_are_refused(canvas: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"must be uint8 \[H, W, 4\] \(RGBA\), got"):
        to_mnist(canvas)


# --- clean pictures


def test_an_mnist_digit_comes_through_unharmed() -> None:
    digit = normalise(drawn())
    assert digit is not None
    digit = (digit / digit.max() * 255).round().astype(np.float32) / 255
    for picture in (pixels(digit), pixels(1 - digit)):
        ink = decode_upload(encoded(picture))
        assert ink.shape == (28, 28)
        assert ink.dtype == np.float32
        np.testing.assert_allclose(ink, digit, atol=1e-6)
    assert same_digit(decode_upload(encoded(pixels(digit), "JPEG", quality=90)), digit)


def transparent(colour: int) -> Image.Image:
    """The digit in one colour on nothing."""
    picture = Image.new("LA", (280, 280), (colour, 0))
    picture.putalpha(pixels(drawn()))
    return picture


def sixteen_bits() -> Image.Image:
    return Image.fromarray((drawn() * 60000).astype(np.uint16))


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
    "CMYK": encoded(pixels(1 - drawn()).convert("CMYK"), "JPEG"),
    "turned by EXIF": turned_by_exif(),
    "animated GIF": animation("GIF"),
    "animated WebP": animation("WEBP"),
    "animated PNG": animation("PNG"),
    "colour key": colour_key(),
    "large": encoded(pixels(1 - drawn(size=2800, width=14))),
}


@pytest.mark.parametrize("data", CLEAN.values(), ids=CLEAN.keys())
def test_clean_pictures_of_all_sorts_are_read(data: bytes) -> None:
    ink = decode_upload(data)
    assert ink.dtype == np.float32
    assert ink.max() == pytest.approx(1, abs=1e-6)
    assert same_digit(ink, drawn())


def test_a_transparent_rim_around_the_paper_is_background() -> None:
    picture = pixels(np.pad(1 - drawn(), 40)).convert("LA")
    picture.putalpha(pixels(np.pad(np.ones((280, 280), np.float32), 40)))
    assert same_digit(decode_upload(encoded(picture)), drawn())


# --- photos


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
    read = decode_upload(encoded(pixels(photo), "JPEG", quality=85))
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
    assert decode_upload(encoded(pixels(blank))).max() == 0


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1", "I;16", "CMYK"])
def test_one_pixel_has_no_ink(mode: str) -> None:
    data = encoded(Image.new(mode, (1, 1), 0), "JPEG" if mode == "CMYK" else "PNG")
    np.testing.assert_array_equal(decode_upload(data), np.zeros((1, 1)))


@pytest.mark.parametrize("size", [(1, 500), (500, 1), (2, 70), (70, 3), (65, 65)])
def test_pictures_of_odd_shapes_are_read_without_complaint(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(5).random(size[::-1], np.float32)
    ink = decode_upload(encoded(pixels(noise)))
    assert ink.shape == size[::-1]
    normalise(ink)


# --- what cannot be read


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
    "just too large": announced(MAX_PIXELS // 1000 + 1, 1000),
    "a decompression bomb": announced(60_000, 60_000),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(PictureError) as refused:
        decode_upload(data)
    sentence = str(refused.value)
    assert "please" in sentence
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert len(sentence) < 150


def test_the_sentence_says_what_is_wrong() -> None:
    for name, words in {
        "text named .png": "PNG, JPEG or WebP",
        "truncated JPEG": "damaged or was cut short",
        "12,000 x 12,000": "more than 50 million pixels",
        "a decompression bomb": "more than 50 million pixels",
    }.items():
        with pytest.raises(PictureError, match=words):
            decode_upload(BROKEN[name])


def test_any_damage_ends_in_ink_or_in_one_sentence() -> None:
    """Bytes changed at random: whatever Pillow raises, people never see it."""
    chance = np.random.default_rng(11)
    for name in ("JPEG", "dark on light", "WebP", "animated GIF", "turned by EXIF", "16 bits"):
        for _ in range(30):
            damaged = np.frombuffer(CLEAN[name], np.uint8).copy()
            damaged[chance.integers(8, min(len(damaged), 900), 6)] = chance.integers(0, 256, 6)
            try:
                normalise(decode_upload(damaged.tobytes()))
            except PictureError:
                continue
