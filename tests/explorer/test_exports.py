from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import fields, replace

import numpy as np
import plotly.graph_objects as go
import pytest
from PIL import Image

from capsnet import CapsNet
from explorer.figures.pixels import painted
from explorer.figures.player import MOTION
from explorer.figures.style import Floats, diverging
from explorer.reading import DigitReading, read
from explorer.take_home import animation
from explorer.take_home.animation import theatre_gif
from explorer.take_home.numbers import couplings_csv, readings_npz
from explorer.take_home.page import standalone_html


def some_maps(reading: DigitReading) -> Floats:
    """Maps [R, J, rows, columns] from -1 to 1, the first neutral."""
    shape = (reading.iterations, len(reading.classes), *reading.grid[1:])
    maps = np.random.default_rng(5).uniform(-1, 1, shape).astype(np.float32)
    maps[0] = 0
    return maps


def opened(gif: bytes) -> tuple[list[Image.Image], list[int]]:
    """Frames and how long each is shown."""
    with Image.open(io.BytesIO(gif)) as file:
        frames, durations = [], []
        for number in range(getattr(file, "n_frames", 1)):
            file.seek(number)
            frames.append(file.convert("RGB"))
            durations.append(int(file.info.get("duration", 0)))
    return frames, durations


def test_the_animation_holds_every_iteration(reading: DigitReading) -> None:
    frames, durations = opened(theatre_gif(reading, some_maps(reading), 1.0))
    between = [animation.BETWEEN] * (MOTION - 1)
    assert durations == ([animation.STOP, *between] * 3) + [animation.LAST]
    assert len(frames) == len(durations)
    assert {frame.width for frame in frames} == {animation.WIDTH}


def test_a_held_frame_shows_the_maps_and_lengths_of_its_iteration(reading: DigitReading) -> None:
    lengths = np.random.default_rng(7).random((4, 5), dtype=np.float32)
    maps = some_maps(reading)
    frames = opened(theatre_gif(replace(reading, lengths=lengths), maps, 1.0))[0]
    for iteration, j in np.ndindex(4, 5):
        frame = np.asarray(frames[iteration * MOTION]).astype(int)
        x, y = animation.TILES + animation.TILE * j, animation.HEAD + 26
        cells = (np.arange(5) + 0.5) * animation.MAP / 5
        seen = frame[(y + cells).astype(int)][:, (x + cells).astype(int)]
        expected = painted(maps[iteration, j], diverging(dark=False), -1, 1).astype(int)
        assert np.abs(seen - expected).max() <= 8  # the palette has 127 colours for the maps
        bar = frame[y + animation.MAP + 12, x : x + animation.MAP]
        filled = np.abs(bar - bar[-1]).sum(axis=1) > 60
        assert filled.sum() == pytest.approx(lengths[iteration, j] * animation.MAP, abs=0.5)


@pytest.mark.parametrize(("iterations", "frames"), [(1, 1), (10, 9 * 6 + 1)])
def test_a_blank_picture_is_animated(small_model: CapsNet, iterations: int, frames: int) -> None:
    blank = read(small_model, np.zeros((13, 13), np.float32), iterations)
    gif = theatre_gif(blank, some_maps(blank), 0.25)
    assert len(opened(gif)[0]) == frames
    assert len(gif) < 2_000_000


def test_an_animation_needs_the_maps_of_its_reading(reading: DigitReading) -> None:
    with pytest.raises(ValueError, match=r"\[4, 5, 5, 5\]"):
        theatre_gif(reading, np.zeros((3, 5, 5, 5), np.float32), 1.0)
    with pytest.raises(ValueError, match="above 0"):
        theatre_gif(reading, some_maps(reading), 0.0)


def test_all_arrays_come_back_as_they_were(reading: DigitReading) -> None:
    with np.load(io.BytesIO(readings_npz(reading))) as file:
        names = {field.name for field in fields(reading)}
        assert set(file.files) == names | {"README.txt"}
        for name in names:
            np.testing.assert_array_equal(file[name], getattr(reading, name))
        assert file["votes"].dtype == np.float32


def test_the_readme_tells_the_shape_of_every_array(reading: DigitReading) -> None:
    with zipfile.ZipFile(io.BytesIO(readings_npz(reading))) as file:
        readme = file.read("README.txt").decode("utf-8")
    for name in (field.name for field in fields(reading)):
        assert f"\n{name} {list(np.shape(getattr(reading, name)))}: " in readme


@pytest.mark.parametrize("iterations", [1, 10])
def test_the_table_holds_every_coupling(small_model: CapsNet, iterations: int) -> None:
    blank = read(small_model, np.zeros((13, 13), np.float32), iterations)
    rows = list(csv.DictReader(io.StringIO(couplings_csv(blank).decode("utf-8"))))
    assert len(rows) == iterations * 75
    for row in rows:
        step, channel, y, x = (int(row[name]) for name in ("iteration", "channel", "row", "column"))
        couplings = blank.couplings[step - 1].reshape(3, 5, 5, 5)[channel, y, x]
        read_back = [np.float32(row[f"coupling to {name}"]) for name in blank.classes]
        np.testing.assert_array_equal(read_back, couplings)


def test_a_page_says_what_it_is() -> None:
    page = standalone_html(go.Figure(go.Bar(y=[2, 3, 5])), "A 7 & its votes", "Less < more").decode("utf-8")
    assert "A 7 &amp; its votes" in page
    assert "Less &lt; more" in page
