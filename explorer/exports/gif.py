"""The routing of one digit as an animated GIF, drawn with Pillow."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from explorer.figures.pixels import painted
from explorer.figures.player import Moment, moments
from explorer.figures.style import INK, OTHER, READ, Bytes, Floats, diverging
from explorer.reading import DigitReading
from explorer.text import say

STOP, LAST, BETWEEN = 1400, 2800, 60
"""How long an iteration is shown, the last one, and a step between two; milliseconds."""
DIVERGING = diverging(dark=False)
PAPER, TEXT, QUIET, TRACK = "#ffffff", "#1b2733", "#5b6b7a", "#e3e8ed"

WIDTH, EDGE = 800, 28
TILES, TILE, MAP = 252, 107, 92
"""Where the digits' tiles begin, from one to the next, and the side of a map; pixels."""
COLUMNS, ROW = 5, 172
HEAD = 108
"""Height of title and time line."""
PICTURE = 196
LEGEND = HEAD + PICTURE + 84


def theatre_gif(reading: DigitReading, maps: Floats, reach: float) -> bytes:
    """The picture, each digit's map of couplings and its capsule's length, over the iterations; repeats for ever.

    Args:
        reading: the digit.
        maps: how far the couplings of each place are from an equal share, in log2, [R, J, rows, columns].
        reach: where the maps' colours end on both sides, in log2; above 0.

    Raises:
        ValueError: maps are not of this reading, or reach is not above 0.
    """
    expected = (reading.iterations, len(reading.classes), *reading.grid[1:])
    if maps.shape != expected:
        raise ValueError(f"maps must be [R, J, rows, columns] = {list(expected)}; got shape {maps.shape}")
    if reach <= 0:
        raise ValueError(f"reach must be above 0; got {reach:g}")
    still, palette = _still(reading, reach), _palette()
    shown = list(moments(reading.iterations))
    frames = [
        _drawn(still, reading, maps, reach, moment).quantize(palette=palette, dither=Image.Dither.NONE)
        for moment in shown
    ]
    durations = [(LAST if moment is shown[-1] else STOP) if moment.true else BETWEEN for moment in shown]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=durations, loop=0)
    return file.getvalue()


def _still(reading: DigitReading, reach: float) -> Image.Image:
    """What does not move: the title, the picture and the legend."""
    tiles = -(-len(reading.classes) // COLUMNS)
    image = Image.new("RGB", (WIDTH, max(HEAD + ROW * tiles, LEGEND + 52)), PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((EDGE, 38), say("take_home.gif_title"), TEXT, _font(27), "lm")
    picture = Image.fromarray(painted(reading.image, INK, 0, 1)).resize((PICTURE, PICTURE), Image.Resampling.NEAREST)
    image.paste(picture, (EDGE, HEAD + 26))
    pen.text((EDGE, HEAD + 12), say("take_home.gif_input"), QUIET, _font(15), "lm")
    _draw_legend(image, reach)
    return image


def _draw_legend(image: Image.Image, reach: float) -> None:
    """A bar of the maps' colours with what its ends and its middle stand for, in equal shares."""
    pen, y = ImageDraw.Draw(image), LEGEND
    ramp = painted(np.linspace(-1, 1, PICTURE, dtype=np.float32)[None], DIVERGING, -1, 1)
    pen.text((EDGE, y - 12), say("take_home.gif_couplings"), QUIET, _font(15), "lm")
    image.paste(Image.fromarray(ramp).resize((PICTURE, 12)), (EDGE, y))
    for place, (shares, anchor) in enumerate(((2**-reach, "la"), (1, "ma"), (2**reach, "ra"))):
        pen.text((EDGE + place * PICTURE / 2, y + 17), f"{shares:.2g}", QUIET, _font(15), anchor)


def _drawn(still: Image.Image, reading: DigitReading, maps: Floats, reach: float, moment: Moment) -> Image.Image:
    """One frame."""
    image = still.copy()
    _draw_time(image, moment, reading.iterations)
    tiles, lengths = painted(moment.of(maps), DIVERGING, -reach, reach), moment.of(reading.lengths)
    for j, (tile, length) in enumerate(zip(tiles, lengths, strict=True)):
        _draw_capsule(image, j, reading.classes[j], tile, float(length), longest=j == int(lengths.argmax()))
    return image


def _draw_time(image: Image.Image, moment: Moment, iterations: int) -> None:
    """Which iteration this is, in words and on a line with a dot for each."""
    pen, before, position = ImageDraw.Draw(image), moment.start + 1, moment.time - 1
    word = (
        say("take_home.gif_iteration", iteration=before, iterations=iterations)
        if moment.true
        else say("take_home.gif_between", before=before, after=before + 1)
    )
    pen.text((WIDTH - EDGE, 38), word, READ if moment.true else QUIET, _font(27), "rm")
    y, step = 78, (WIDTH - 2 * EDGE - 16) / max(iterations - 1, 1)
    xs = [EDGE + 8 + step * k for k in range(iterations)]
    pen.line([(xs[0], y), (xs[-1], y)], TRACK, 4)
    pen.line([(xs[0], y), (xs[0] + step * position, y)], READ, 4)
    for k, x in enumerate(xs):
        pen.circle((x, y), 5, READ if k <= position else TRACK)
    pen.circle((xs[0] + step * position, y), 8, READ)


def _draw_capsule(image: Image.Image, j: int, name: str, tile: Bytes, length: float, *, longest: bool) -> None:
    """A digit's name and map, and below them its capsule's length as a bar; as wide as the map is length 1."""
    pen, x, y = ImageDraw.Draw(image), TILES + TILE * (j % COLUMNS), HEAD + ROW * (j // COLUMNS)
    pen.text((x + MAP / 2, y + 11), name, READ if longest else TEXT, _font(22), "mm")
    image.paste(Image.fromarray(tile).resize((MAP, MAP), Image.Resampling.NEAREST), (x, y + 26))
    pen.rectangle((x - 1, y + 25, x + MAP, y + 26 + MAP), outline=OTHER)
    bar, end = y + 26 + MAP + 8, x + round(length * MAP) - 1
    pen.rectangle((x, bar, x + MAP - 1, bar + 9), TRACK)
    if end >= x:
        pen.rectangle((x, bar, end, bar + 9), READ if longest else OTHER)
    pen.text((x + MAP, bar + 14), f"{length:.2f}", READ if longest else QUIET, _font(15), "ra")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _palette() -> Image.Image:
    """256 colours for all frames, so that nothing flickers: the maps', greys for the picture, and the inks' blends."""
    ramps = [painted(np.linspace(0, 1, 127, dtype=np.float32), DIVERGING, 0, 1)]
    ramps += [painted(np.linspace(0, 1, 33, dtype=np.float32), INK, 0, 1)]
    for ink, count in ((TEXT, 18), (QUIET, 18), (READ, 18), (OTHER, 12), (TRACK, 2)):
        ramps.append(painted(np.linspace(0, 1, count, dtype=np.float32), [_rgb(PAPER), _rgb(ink)], 0, 1))
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.concatenate(ramps).tobytes())
    return palette


def _rgb(colour: str) -> str:
    """A colour as Plotly's scales take it."""
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour[1:]))
