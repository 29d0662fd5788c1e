"""How well drawings are read: real pen strokes, drawn as the canvas draws them, normalised and read by a network.

    python -m tools.experiments.pen_digits --data digits.jsonl.gz --sheet failures.png

The strokes are in a gzipped file with one JSON object a line: id, label, writer, contributor, x_points_per_mm,
y_points_per_mm and strokes, which are lists of points [x, y] with y growing upward. Each digit is drawn at a size and a
place of its own, which depend on its id and the seed alone.

Some of the digits are fragments of themselves. Of these the plainest, a straight line that is no 1, are counted.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress
from operator import attrgetter
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import torch
import typer
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from capsnet import checkpoint
from capsnet.data import data_folder
from capsnet.evaluation import BATCH
from capsnet.ink import MNIST_FRAME, FloatImage
from capsnet.network import Network
from explorer.drawing import to_mnist
from explorer.presets import CANVAS, Stroke, render

PEN = 18
"""Width of the pen that the canvas begins with, in its pixels."""
STRAIGHT = 0.1
"""A line at most this wide, as a share of its length, is straight."""
SIDES = (130, 220)
"""How long the longer side of a digit is, from the middle of the pen, in pixels of the canvas."""


class Writers(StrEnum):
    """A choice of writers; half of them for choosing a method, half for trying the chosen one."""

    ALL = "all"
    EVEN = "even"
    ODD = "odd"


class PenDigit(NamedTuple):
    """A digit as somebody wrote it on a tablet."""

    id: str
    label: str
    writer: str
    contributor: str
    """Who collected it, and so where and on what."""
    strokes: tuple[Stroke, ...]
    """In millimetres, y down; the pen was down from the first point of a stroke to its last."""

    @property
    def parity(self) -> Writers:
        """Which half of the writers this one belongs to: the parity of the name's sha1."""
        sha1 = hashlib.sha1(self.writer.encode(), usedforsecurity=False).digest()
        return Writers.ODD if sha1[-1] % 2 else Writers.EVEN

    @property
    def points(self) -> NDArray[np.float64]:
        """All that the pen passed, in millimetres, y down, [points, 2]."""
        return np.array([point for stroke in self.strokes for point in stroke])

    @property
    def is_bare_line(self) -> bool:
        """Whether nothing but a straight line is left of a digit that is no 1: nobody could read it."""
        centred = self.points - self.points.mean(axis=0)
        across, along = np.linalg.eigvalsh(centred.T @ centred)  # squares of width and length
        return self.label != "1" and bool(across <= STRAIGHT**2 * along)


class Misread(NamedTuple):
    """A digit that was taken for another."""

    digit: PenDigit
    read: str
    image: FloatImage  # as the network got it, [28, 28]


@dataclass(frozen=True)
class Result:
    """What a network made of the digits."""

    digits: tuple[PenDigit, ...]
    right: NDArray[np.bool_]  # [N]
    misread: tuple[Misread, ...]

    def only(self, writers: Writers) -> Result:
        """The part of it that these writers wrote."""
        chosen = [writers in (Writers.ALL, digit.parity) for digit in self.digits]
        misread = tuple(one for one in self.misread if writers in (Writers.ALL, one.digit.parity))
        return Result(tuple(compress(self.digits, chosen)), self.right[np.array(chosen, bool)], misread)

    def mean(self, key: Callable[[PenDigit], str]) -> float:
        """Mean of the shares of all values of the key: a few people wrote very much."""
        return float(np.mean([share for share, _ in self.by(key).values()]))

    def by(self, key: Callable[[PenDigit], str]) -> dict[str, tuple[float, int]]:
        """Share read rightly and number of digits, for each value of the key, in order."""
        groups = np.array([key(digit) for digit in self.digits])
        return {
            str(group): (float(self.right[groups == group].mean()), int((groups == group).sum()))
            for group in np.unique(groups)
        }


_label: Callable[[PenDigit], str] = attrgetter("label")
_writer: Callable[[PenDigit], str] = attrgetter("writer")
_contributor: Callable[[PenDigit], str] = attrgetter("contributor")


def load_digits(file: Path, writers: Writers = Writers.ALL) -> list[PenDigit]:
    """The digits of a file, of all writers or half of them."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        digits = [_digit(line) for line in lines]
    return [digit for digit in digits if writers in (Writers.ALL, digit.parity)]


def _digit(line: str) -> PenDigit:
    entry = json.loads(line)
    right, up = entry["x_points_per_mm"], entry["y_points_per_mm"]
    strokes = tuple(tuple((x / right, -y / up) for x, y in stroke) for stroke in entry["strokes"])
    return PenDigit(entry["id"], str(entry["label"]), entry["writer"], entry["contributor"], strokes)


def placed(digit: PenDigit, seed: int, pen: float = PEN) -> tuple[Stroke, ...]:
    """Its strokes somewhere on the canvas, as large as chance would have it, all ink inside."""
    random = np.random.default_rng([seed, *digit.id.encode()])
    corner, extent = digit.points.min(axis=0), np.ptp(digit.points, axis=0)
    scale = random.uniform(*SIDES) / max(extent.max(), 1e-9)  # a dot stays one
    offset = pen / 2 + random.random(2) * (CANVAS - pen - extent * scale)
    return tuple(
        tuple((float(x), float(y)) for x, y in (np.array(stroke) - corner) * scale + offset) for stroke in digit.strokes
    )


def drawn(digit: PenDigit, seed: int, pen: float = PEN) -> FloatImage:
    """What the network gets of a digit drawn on the canvas, [28, 28].

    Raises:
        ValueError: nothing is left of it.
    """
    image = to_mnist(render(placed(digit, seed, pen), pen))
    if image is None:
        raise ValueError(f"digit {digit.id} left no ink on the canvas: expected strokes, got {digit.strokes}")
    return image


@torch.no_grad()
def read(model: Network, digits: Sequence[PenDigit], seed: int, pen: float = PEN) -> Result:
    """Draws and reads every digit."""
    right, misread = [], []
    for start in range(0, len(digits), BATCH):
        batch = digits[start : start + BATCH]
        images = np.stack([drawn(digit, seed, pen) for digit in batch])  # [B, 28, 28]
        longest = model(torch.from_numpy(images)[:, None]).scores.argmax(dim=1)  # [B]
        names = [model.config.classes[index] for index in longest.tolist()]
        right += [digit.label == name for digit, name in zip(batch, names, strict=True)]
        misread += [Misread(*one) for one in zip(batch, names, images, strict=True) if one[0].label != one[1]]
    return Result(tuple(digits), np.array(right), tuple(misread))


def report(result: Result) -> Iterator[str]:
    """The figures, line by line."""
    yield "writers         read  count  mean of the digits  mean of the writers"
    for writers in Writers:
        part = result.only(writers)
        if len(part.digits) > 0 and (writers is not Writers.ALL or len({one.parity for one in result.digits}) > 1):
            means = [part.mean(key) for key in (_label, _writer)]
            yield f"{writers:<11} {part.right.mean():>8.2%} {len(part.digits):>6} {means[0]:>19.2%} {means[1]:>20.2%}"
    for title, key in (("contributor", _contributor), ("digit", _label)):
        yield f"\n{title:<11}     read  count"
        yield from (f"{name:<11} {share:>8.2%} {count:>6}" for name, (share, count) in result.by(key).items())
    lines = Counter(digit.parity for digit in result.digits if digit.is_bare_line)
    if lines:
        yield "\nbare lines that are no 1: " + ", ".join(f"{lines[parity]} {parity}" for parity in sorted(lines))
    mistakes = Counter(f"{one.digit.label} as {one.read}" for one in result.misread)
    yield "\nmost often: " + ", ".join(f"{name} ({count})" for name, count in mistakes.most_common(12))


def sheet(misread: Sequence[Misread], columns: int = 24, zoom: int = 2) -> Image.Image:
    """The misread digits as the network got them, each under its true and its read name and its contributor's."""
    ordered = sorted(misread, key=lambda one: (one.digit.label, one.read, one.digit.writer))
    width, height = MNIST_FRAME.size * zoom + 4, MNIST_FRAME.size * zoom + 16
    picture = Image.new("RGB", (columns * width, max(1, -(-len(ordered) // columns)) * height), "#333")
    pen = ImageDraw.Draw(picture)
    for place, one in enumerate(ordered):
        left, top = place % columns * width + 2, place // columns * height
        pen.text((left, top), f"{one.digit.label}>{one.read} {one.digit.contributor}", fill="#fd5", font_size=10)
        tile = Image.fromarray((one.image * 255).round().astype(np.uint8))
        picture.paste(
            tile.resize((MNIST_FRAME.size * zoom, MNIST_FRAME.size * zoom), Image.Resampling.NEAREST), (left, top + 14)
        )
    return picture


def main(
    data: Annotated[
        Path | None, typer.Option(help="The strokes. Default: unipen/digits.jsonl.gz in the folder CAPSNET_DATA.")
    ] = None,
    weights: Annotated[
        Path | None, typer.Option("--checkpoint", help="A .safetensors file. Default: the shipped MNIST network.")
    ] = None,
    sheet_file: Annotated[Path | None, typer.Option("--sheet", help="Draw the misread digits into this PNG.")] = None,
    writers: Annotated[Writers, typer.Option(help="All writers, or a half of them.")] = Writers.ALL,
    seed: Annotated[int, typer.Option(help="Sets sizes and places.")] = 1,
    pen: Annotated[float, typer.Option(help="Width of the pen in pixels of the 280 x 280 canvas.")] = PEN,
) -> None:
    """Draw pen digits on the canvas, read them, and say how many are classified correctly."""
    model = checkpoint.load(weights)
    result = read(model, load_digits(data or data_folder() / "unipen" / "digits.jsonl.gz", writers), seed, pen)
    print("\n".join(report(result)))
    if sheet_file:
        sheet(result.misread).save(sheet_file)


if __name__ == "__main__":
    typer.run(main)
