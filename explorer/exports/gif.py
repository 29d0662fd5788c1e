"""Animated GIFs: the routing of one digit, drawn with Pillow, and pictures one after another."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw

from explorer.arrays import Bytes, Floats
from explorer.exports.fonts import drawable, font_for
from explorer.figures.theatre import Moment, moments
from explorer.measures.pull import Sums, pulls, sums
from explorer.palette import INK_SCALE, Palette
from explorer.pictures import enlarged, painted
from explorer.reading import CapsuleReading
from explorer.text import Say

STOP, LAST, BETWEEN = 1400, 2800, 60
"""How long an iteration is shown, the last one, and a step between two; milliseconds."""
FRAME = 60
"""How long a picture of `pictures_gif` is shown, milliseconds."""

WIDTH, EDGE = 800, 28
TILES, TILE, MAP = 252, 107, 92
"""Where the digits' tiles begin, from one to the next, and the side of a map; pixels."""
COLUMNS, ROW = 5, 196
HEAD = 108
"""Height of title and time line."""
PICTURE = 196
LEGEND = HEAD + PICTURE + 84
NAME, LEAST_NAME = 22, 11
"""Sizes of a digit's name, as large as there is room for."""
LANE = MAP + 70
"""Where a digit's lane of pulls begins, below the top of its tile."""
ASKED, FAR, NEAR_SHARE = 3, 10, 0.45
"""Scale of the lanes, as of the race: of the largest sum where that is far above what training asks for, the share of
the width that belongs to what lies below."""


def routing_gif(reading: CapsuleReading, maps: Floats, colour_limit: float, say: Say, palette: Palette) -> bytes:
    """The picture, and of each digit its couplings, length and pulls, over the iterations; repeats for ever.

    Args:
        reading: the digit.
        maps: how far the couplings of each place are from an equal share, in log2, [R, J, rows, columns].
        colour_limit: where the maps' colours end on both sides, in log2; above 0.
        say: the words; English ones are drawn where the machine has no font for theirs.
        palette: the colours.

    Raises:
        ValueError: maps are not of this reading, or colour_limit is not above 0.
    """
    expected = (reading.iterations, len(reading.classes), *reading.grid[1:])
    if maps.shape != expected:
        raise ValueError(f"maps must be [R, J, rows, columns] = {list(expected)}; got shape {maps.shape}")
    if colour_limit <= 0:
        raise ValueError(f"colour_limit must be above 0; got {colour_limit:g}")
    say = drawable(say)
    still, colours = _still(reading, colour_limit, say, palette), _colours(palette)
    frames, pulled = [], sums(pulls(reading))
    for moment in moments(reading.iterations):
        image = still.copy()
        _draw_time(image, moment, reading.iterations, say, palette)
        _draw_capsules(image, reading, moment.of(maps) / colour_limit, moment.of(reading.lengths), palette)
        _draw_pulls(image, Sums(*map(moment.of, pulled)), float(pulled.forward.max()), palette)
        frames.append(image.quantize(palette=colours, dither=Image.Dither.NONE))
    durations = [STOP if moment.true else BETWEEN for moment in moments(reading.iterations)]
    return _file(frames, [*durations[:-1], LAST])


def pictures_gif(pictures: Floats, scale: int) -> bytes:
    """Grey pictures 0..1, [N, H, W], as an animation without end.

    Raises:
        ValueError: there are none.
    """
    if len(pictures) == 0:
        raise ValueError("an animation needs at least one picture")
    return _file([enlarged(picture, scale) for picture in pictures], [FRAME] * len(pictures))


def _file(frames: list[Image.Image], durations: list[int]) -> bytes:
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=durations, loop=0)
    return file.getvalue()


def _still(reading: CapsuleReading, colour_limit: float, say: Say, palette: Palette) -> Image.Image:
    """What does not move: the title, the picture and the legend."""
    tiles = -(-len(reading.classes) // COLUMNS)
    image = Image.new("RGB", (WIDTH, max(HEAD + ROW * tiles + 8, LEGEND + 100)), palette.page)
    pen = ImageDraw.Draw(image)
    title, given = say("exports.gif_title"), say("exports.gif_input")
    pen.text((EDGE, 38), title, palette.ink, font_for(title, 27, say.language), "lm")
    picture = Image.fromarray(painted(reading.image, INK_SCALE, 0, 1))
    image.paste(picture.resize((PICTURE, PICTURE), Image.Resampling.NEAREST), (EDGE, HEAD + 26))
    pen.text((EDGE, HEAD + 12), given, palette.muted, font_for(given, 15, say.language), "lm")
    _draw_legend(image, colour_limit, say, palette)
    for line, words in enumerate((say("exports.gif_pulls"), say("exports.gif_sum"))):
        pen.text((EDGE, LEGEND + 58 + 22 * line), words, palette.muted, font_for(words, 15, say.language), "lm")
    return image


def _draw_legend(image: Image.Image, colour_limit: float, say: Say, palette: Palette) -> None:
    """A bar of the maps' colours with what its ends and its middle stand for, in equal shares."""
    pen, y = ImageDraw.Draw(image), LEGEND
    ramp = painted(np.linspace(-1, 1, PICTURE, dtype=np.float32)[None], palette.difference_scale, -1, 1)
    name = say("exports.gif_couplings")
    pen.text((EDGE, y - 12), name, palette.muted, font_for(name, 15, say.language), "lm")
    image.paste(Image.fromarray(ramp).resize((PICTURE, 12)), (EDGE, y))
    for place, (shares, anchor) in enumerate(((2**-colour_limit, "la"), (1, "ma"), (2**colour_limit, "ra"))):
        text = f"{shares:.2g}"
        pen.text((EDGE + place * PICTURE / 2, y + 17), text, palette.muted, font_for(text, 15), anchor)


def _draw_time(image: Image.Image, moment: Moment, iterations: int, say: Say, palette: Palette) -> None:
    """Which iteration this is, in words and on a line with a dot for each."""
    pen, before, position = ImageDraw.Draw(image), moment.start + 1, moment.time - 1
    word = (
        say("exports.gif_iteration", iteration=before, iterations=iterations)
        if moment.true
        else say("exports.gif_between", before=before, after=before + 1)
    )
    ink = palette.ink if moment.true else palette.muted
    pen.text((WIDTH - EDGE, 38), word, ink, font_for(word, 27, say.language), "rm")
    y, step = 78, (WIDTH - 2 * EDGE - 16) / max(iterations - 1, 1)
    xs = [EDGE + 8 + step * k for k in range(iterations)]
    pen.line([(xs[0], y), (xs[-1], y)], palette.line, 4)
    pen.line([(xs[0], y), (xs[0] + step * position, y)], palette.ink, 4)
    for k, x in enumerate(xs):
        pen.circle((x, y), 5, palette.ink if k <= position else palette.line)
    pen.circle((xs[0] + step * position, y), 8, palette.ink)


def _draw_capsules(
    image: Image.Image, reading: CapsuleReading, maps: Floats, lengths: Floats, palette: Palette
) -> None:
    """All digits, the longest capsule in colour; maps end at -1 and 1."""
    longest = int(lengths.argmax())
    for j, tile in enumerate(painted(maps, palette.difference_scale, -1, 1)):
        _draw_capsule(image, j, reading.classes[j], tile, float(lengths[j]), palette, longest=j == longest)


def _draw_capsule(
    image: Image.Image, j: int, name: str, tile: Bytes, length: float, palette: Palette, *, longest: bool
) -> None:
    """A digit's name and map, and below them its capsule's length as a bar; as wide as the map is length 1."""
    pen, x, y = ImageDraw.Draw(image), TILES + TILE * (j % COLUMNS), HEAD + ROW * (j // COLUMNS)
    fonts = (font_for(name, size) for size in range(NAME, LEAST_NAME, -1))
    font = next((font for font in fonts if font.getlength(name) <= TILE - 4), font_for(name, LEAST_NAME))
    pen.text((x + MAP / 2, y + 11), name, palette.focus if longest else palette.ink, font, "mm")
    image.paste(Image.fromarray(tile).resize((MAP, MAP), Image.Resampling.NEAREST), (x, y + 26))
    pen.rectangle((x - 1, y + 25, x + MAP, y + 26 + MAP), outline=palette.other)
    bar, end = y + 26 + MAP + 8, x + round(length * MAP) - 1
    pen.rectangle((x, bar, x + MAP - 1, bar + 9), palette.line)
    if end >= x:
        pen.rectangle((x, bar, end, bar + 9), palette.focus if longest else palette.other)
    text, ink = f"{length:.2f}", palette.focus if longest else palette.muted
    pen.text((x + MAP, bar + 14), text, ink, font_for(text, 15), "ra")


def _draw_pulls(image: Image.Image, pulled: Sums, reach: float, palette: Palette) -> None:
    """Below each digit: how far its votes pull forward, filled, and back, hollow; a line and a number for the sum."""
    pen, longest = ImageDraw.Draw(image), int((pulled.forward - pulled.back).argmax())
    for j, (forward, back) in enumerate(zip(pulled.forward.tolist(), pulled.back.tolist(), strict=True)):
        x, y = TILES + TILE * (j % COLUMNS), HEAD + ROW * (j // COLUMNS) + LANE
        end, total = x + round(MAP * _along(forward, reach)), x + round(MAP * _along(max(0.0, forward - back), reach))
        colour = palette.focus if j == longest else palette.other
        pen.rectangle((x, y, end, y + 4), colour)
        if end > total:
            pen.rectangle((total, y + 6, end, y + 10), outline=colour)
        pen.line([(total, y - 2), (total, y + 12)], palette.ink, 2)
        number = f"{max(0.0, forward - back):.2f}"
        pen.text(
            (x + MAP, y + 15), number, palette.focus if j == longest else palette.muted, font_for(number, 13), "ra"
        )


def _along(total: float, reach: float) -> float:
    """Where a sum lies between 0 and the largest, 0..1."""
    near = NEAR_SHARE if reach > FAR else min(1.0, ASKED / reach) if reach > 0 else 1.0
    if total <= ASKED:
        return near * total / ASKED
    return near + (1 - near) * (total - ASKED) / (reach - ASKED)


def _colours(palette: Palette) -> Image.Image:
    """256 colours for all frames, so that nothing flickers: the maps', greys for the picture, and the inks' blends."""
    ramps = [painted(np.linspace(0, 1, 127, dtype=np.float32), palette.difference_scale, 0, 1)]
    ramps += [painted(np.linspace(0, 1, 33, dtype=np.float32), INK_SCALE, 0, 1)]
    inks = ((palette.ink, 18), (palette.muted, 18), (palette.focus, 18), (palette.other, 12), (palette.line, 2))
    for ink, count in inks:
        blend = ((0.0, palette.page), (1.0, ink))
        ramps.append(painted(np.linspace(0, 1, count, dtype=np.float32), blend, 0, 1))
    image = Image.new("P", (1, 1))
    image.putpalette(np.concatenate(ramps).tobytes())
    return image
