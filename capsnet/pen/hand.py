"""A hand: from a skeleton to ink, never twice the same.

Lengths are in units of the skeletons' box (100 x 100) unless said otherwise. All chance comes from the generator given.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from capsnet.ink import FloatImage
from capsnet.pen.skeletons import PenPath, Skeleton, curve, resampled

SIDE = 160
"""The longer side of the ink, from the middle of the pen, in pixels: eight for each that `capsnet.ink` makes of it."""
SPACING = 2.0
"""From point to point of a path."""
PENS = (0.03, 0.24)
"""Width of the thinnest and of the fattest pen, as a share of the ink's longer side."""


def written(skeleton: Skeleton, rng: Generator) -> list[PenPath]:
    """The paths of a pen that writes this once, one for each time that it is down, [points, 2] each."""
    wobble = rng.uniform(0.5, 4.5)
    rounding = rng.uniform(0.7, 4) if rng.random() < 0.5 else 0.0
    bend = _bend(rng)
    paths = []
    for stroke in skeleton.strokes:
        points = np.array(stroke.points) + wobble * rng.standard_normal((len(stroke.points), 2))
        path = bend(curve(points, stroke.corners, SPACING) + 0.6 * wobble * rng.standard_normal(2))
        paths.append(_smoothed(resampled(path, SPACING), rounding))
    paths = [_hooked(_ended(path, rng), rng) for path in paths]
    if len(paths) > 1 and rng.random() < 0.03:  # the pen is not lifted
        paths = [np.concatenate(paths)]
    if rng.random() < 0.04:
        paths = _with_a_gap(paths, rng)
    paths = _trembling(paths, rng)
    if rng.random() < 0.12:
        paths = [_sparse(path, rng) for path in paths]
    return _leaning(paths, skeleton.turn, rng)


def inked(paths: list[PenPath], rng: Generator) -> FloatImage:
    """What a pen leaves on these paths: grey ink, 0 (background) to 1, [H, W] with some space around."""
    points = np.concatenate(paths)
    corner, extent = points.min(axis=0), np.ptp(points, axis=0).max()
    scale = SIDE / max(extent, 1.0)
    width = SIDE * float(np.clip(np.exp(rng.normal(math.log(0.105), 0.4)), *PENS))
    margin = width + 4
    size = (np.ptp(points, axis=0) * scale + 2 * margin).astype(int) + 1
    picture = Image.new("L", (int(size[0]), int(size[1])))
    pen = ImageDraw.Draw(picture)
    pressure = rng.uniform(0.1, 0.45) if rng.random() < 0.4 else 0.0
    tapers = rng.random() < 0.15
    for path in paths:
        widths = width * _pressures(len(path), pressure, tapers, rng)
        _draw(pen, (path - corner) * scale + margin, widths)
    return _ink(picture, rng)


def rotation(angle: float) -> NDArray[np.float64]:
    """The matrix that turns by so many radians, to the right where y grows downward, [2, 2]."""
    cos, sin = math.cos(angle), math.sin(angle)
    return np.array([[cos, -sin], [sin, cos]])


def _bend(rng: Generator) -> Callable[[PenPath], PenPath]:
    """One smooth distortion of the whole box: proportions of top to bottom and left to right, and slow waves."""
    lean = rng.normal(0, (0.18, 0.28))
    sizes = rng.uniform(0, 4) * rng.standard_normal((2, 2))
    directions = rng.uniform(0, 2 * math.pi, 2)
    frequencies = rng.uniform(0.5, 1.5, 2) * math.pi
    waves = (frequencies * np.stack([np.cos(directions), np.sin(directions)])) / 100  # [2, waves]
    phases = rng.uniform(0, 2 * math.pi, 2)

    def apply(path: PenPath) -> PenPath:
        share = path / 100
        bent: PenPath = path + 100 * lean * share * (1 - share) * 0.6 + np.sin(path @ waves + phases) @ sizes
        return bent

    return apply


def _smoothed(path: PenPath, sigma: float) -> PenPath:
    """Corners rounded by a Gaussian of so many units; the ends stay."""
    steps = sigma / SPACING
    if steps < 0.2 or len(path) < 5:
        return path
    reach = min(math.ceil(2.5 * steps), len(path) - 1)
    window = np.exp(-0.5 * (np.arange(-reach, reach + 1) / steps) ** 2)
    before, after = 2 * path[0] - path[reach:0:-1], 2 * path[-1] - path[-2 : -reach - 2 : -1]
    padded = np.concatenate([before, path, after])
    return np.stack([np.convolve(padded[:, axis], window / window.sum(), "valid") for axis in (0, 1)], axis=1)


def _ended(path: PenPath, rng: Generator) -> PenPath:
    """A stroke that stops a little early or runs on a little, at both ends."""
    for _ in range(2):
        change = float(np.clip(rng.normal(0, 3), -8, 8)) * min(1.0, len(path) * SPACING / 60)
        steps = round(abs(change) / SPACING)
        if change > 0:
            direction = path[0] - path[min(3, len(path) - 1)]
            ahead = direction / max(float(np.hypot(*direction)), 1e-6) * SPACING
            path = np.concatenate([path[0] + ahead * np.arange(steps, 0, -1)[:, None], path])
        elif len(path) > steps + 3:
            path = path[steps:]
        path = path[::-1]
    return path


def _hooked(path: PenPath, rng: Generator) -> PenPath:
    """Small hooks where the pen comes down or leaves."""
    for chance in (0.1, 0.1):
        if rng.random() < chance and len(path) > 10:
            direction = path[3] - path[0]
            angle = math.atan2(direction[1], direction[0]) + rng.choice([-1, 1]) * rng.uniform(0.3, 1.6)
            length = rng.uniform(3, 10)
            steps = np.arange(max(1, round(length / SPACING)), 0, -1)[:, None] * SPACING
            path = np.concatenate([path[0] + steps * np.array([math.cos(angle), math.sin(angle)]), path])
        path = path[::-1]
    return path


def _with_a_gap(paths: list[PenPath], rng: Generator) -> list[PenPath]:
    """A small part of the longest stroke is missing."""
    longest = max(range(len(paths)), key=lambda index: len(paths[index]))
    path = paths[longest]
    if len(path) < 30:
        return paths
    start = int(rng.integers(8, len(path) - 16))
    return [*paths[:longest], path[:start], path[start + int(rng.integers(3, 7)) :], *paths[longest + 1 :]]


def _trembling(paths: list[PenPath], rng: Generator) -> list[PenPath]:
    """The small, quick waves of an unsteady hand."""
    if rng.random() < 0.5:
        return paths
    size, length = rng.exponential(0.7), rng.uniform(2, 6)
    return [path + size * _noise(len(path), length, rng, 2) for path in paths]


def _noise(count: int, length: float, rng: Generator, columns: int) -> NDArray[np.float64]:
    """Smooth noise of unit variance, [count, columns]; `length` is the standard deviation of its window, in steps."""
    reach = math.ceil(2.5 * length)
    window = np.exp(-0.5 * (np.arange(-reach, reach + 1) / length) ** 2)
    white = rng.standard_normal((count + 2 * reach, columns))
    smooth = [np.convolve(white[:, column], window, "valid") for column in range(columns)]
    noise: NDArray[np.float64] = np.stack(smooth, axis=1) / np.sqrt(np.square(window).sum())
    return noise


def _sparse(path: PenPath, rng: Generator) -> PenPath:
    """As a quick mouse leaves it: straight from one of few points to the next."""
    step = int(rng.integers(3, 8))
    return resampled(np.concatenate([path[:-1:step], path[-1:]]), SPACING)


def _leaning(paths: list[PenPath], turn: float, rng: Generator) -> list[PenPath]:
    """Wider or narrower, slanted, and turned by up to `turn` degrees."""
    widening = math.exp(float(np.clip(rng.normal(0, 0.22), -0.6, 0.6)))
    slant = float(np.clip(rng.normal(0.08, 0.2), -0.5, 0.6))
    spread = rng.uniform(-turn, turn) if rng.random() < 0.25 else rng.normal(0, 6)
    angle = math.radians(float(np.clip(spread, -turn, turn)))
    matrix = rotation(angle) @ np.array([[1, -slant], [0, 1]]) @ np.diag([widening, 1])
    return [path @ matrix.T for path in paths]


def _pressures(count: int, size: float, tapers: bool, rng: Generator) -> NDArray[np.float64]:
    """Width of the pen along a stroke, as a share of its mean, [count]."""
    widths = np.exp(size * _noise(count, 10, rng, 1)[:, 0]) if size else np.ones(count)
    if tapers:
        widths[-8:] *= np.linspace(1, 0.3, 8)[-count:]
    return widths.clip(0.3, 1.8)


def _draw(pen: ImageDraw.ImageDraw, path: PenPath, widths: NDArray[np.float64]) -> None:
    """A line of round pen marks."""
    places = [(float(x), float(y)) for x, y in path]
    for (start, end), width in zip(pairwise(places), widths.tolist(), strict=False):
        pen.line([start, end], fill=255, width=max(1, round(width)))
    for place, width in zip(places, widths.tolist(), strict=True):
        pen.circle(place, max(width, 1.0) / 2, fill=255)


def _ink(picture: Image.Image, rng: Generator) -> FloatImage:
    """Grey ink of the drawing, now and then blurred or pale."""
    if rng.random() < 0.12:
        picture = picture.filter(ImageFilter.BoxBlur(rng.uniform(1, 6)))
    strength = rng.uniform(0.6, 1) if rng.random() < 0.1 else 1.0
    ink: FloatImage = np.asarray(picture, np.float32) * np.float32(strength / 255)
    return ink
