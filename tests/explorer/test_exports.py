from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image, ImageColor, ImageFont

from capsnet import CapsNet
from capsnet.reports import write_npz
from explorer.arrays import Floats
from explorer.components.by_hand import Looked, part
from explorer.components.race import routed
from explorer.exports import fonts, gif
from explorer.exports.csv import couplings_csv
from explorer.exports.gif import routing_gif
from explorer.exports.html import PARTS, routing_html
from explorer.exports.npz import reading_npz
from explorer.figures.theatre.player import MOTION
from explorer.measures.pull import pulls, sums
from explorer.palette import DARK, LIGHT, Palette
from explorer.pictures import painted
from explorer.reading import CapsuleReading, read
from explorer.text import Say


def some_maps(reading: CapsuleReading) -> Floats:
    """Maps [R, J, rows, columns] from -1 to 1, the first neutral."""
    shape = (reading.iterations, len(reading.classes), *reading.grid[1:])
    maps = np.random.default_rng(5).uniform(-1, 1, shape).astype(np.float32)
    maps[0] = 0
    return maps


def opened(file: bytes) -> tuple[list[Image.Image], list[int]]:
    """Frames and how long each is shown."""
    with Image.open(io.BytesIO(file)) as animation:
        frames, durations = [], []
        for number in range(getattr(animation, "n_frames", 1)):
            animation.seek(number)
            frames.append(animation.convert("RGB"))
            durations.append(int(animation.info.get("duration", 0)))
    return frames, durations


def test_lanes_reach_as_far_as_votes_pull(reading: CapsuleReading) -> None:
    frames, _ = opened(routing_gif(reading, some_maps(reading), 1.0, Say(), LIGHT))
    pulled = sums(pulls(reading))
    for j, forward in enumerate(pulled.forward[-1]):
        x, y = gif.TILES + gif.TILE * (j % gif.COLUMNS), gif.HEAD + gif.ROW * (j // gif.COLUMNS) + gif.LANE
        lane = np.asarray(frames[-1])[y + 2, x : x + gif.MAP + 2].astype(int)
        filled = np.abs(lane - np.asarray(ImageColor.getrgb(LIGHT.page))).sum(axis=1) > 100
        reach = max(gif.ASKED, pulled.forward.max())
        assert filled.sum() == pytest.approx(1 + gif.MAP * forward / reach, abs=2.5)  # the sum's line is two wide


def test_scales_of_lanes_are_the_races() -> None:
    assert [gif._along(total, 20) for total in (0, 3, 20)] == pytest.approx([0, gif.NEAR_SHARE, 1])
    assert [gif._along(total, 6) for total in (0, 1, 6)] == pytest.approx([0, 1 / 6, 1])
    assert gif._along(0.5, 0.5) == pytest.approx(0.5 / 3)


def test_the_animation_holds_every_iteration(reading: CapsuleReading) -> None:
    frames, durations = opened(routing_gif(reading, some_maps(reading), 1.0, Say(), LIGHT))
    between = [gif.BETWEEN] * (MOTION - 1)
    assert durations == ([gif.STOP, *between] * 3) + [gif.LAST]
    assert len(frames) == len(durations)
    assert {frame.width for frame in frames} == {gif.WIDTH}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_held_frame_shows_the_maps_and_lengths_of_its_iteration(reading: CapsuleReading, palette: Palette) -> None:
    lengths = np.random.default_rng(7).random((4, 5), dtype=np.float32)
    maps = some_maps(reading)
    frames = opened(routing_gif(replace(reading, lengths=lengths), maps, 1.0, Say(), palette))[0]
    for iteration, j in np.ndindex(4, 5):
        frame = np.asarray(frames[iteration * MOTION]).astype(int)
        x, y = gif.TILES + gif.TILE * j, gif.HEAD + 26
        cells = (np.arange(5) + 0.5) * gif.MAP / 5
        seen = frame[(y + cells).astype(int)][:, (x + cells).astype(int)]
        expected = painted(maps[iteration, j], palette.difference_scale, -1, 1).astype(int)
        assert np.abs(seen - expected).max() <= 8  # the palette has 127 colours for the maps
        bar = frame[y + gif.MAP + 12, x : x + gif.MAP]
        filled = np.abs(bar - bar[-1]).sum(axis=1) > 60
        assert filled.sum() == pytest.approx(lengths[iteration, j] * gif.MAP, abs=0.5)


@pytest.mark.parametrize(("iterations", "frames"), [(1, 1), (10, 9 * 6 + 1)])
def test_a_blank_picture_is_animated(small_model: CapsNet, iterations: int, frames: int) -> None:
    blank = read(small_model, np.zeros((13, 13), np.float32), iterations)
    file = routing_gif(blank, some_maps(blank), 0.25, Say(), LIGHT)
    assert len(opened(file)[0]) == frames
    assert len(file) < 2_000_000


def test_an_animation_needs_the_maps_of_its_reading(reading: CapsuleReading) -> None:
    with pytest.raises(ValueError, match=r"\[4, 5, 5, 5\]"):
        routing_gif(reading, np.zeros((3, 5, 5, 5), np.float32), 1.0, Say(), LIGHT)
    with pytest.raises(ValueError, match="above 0"):
        routing_gif(reading, some_maps(reading), 0.0, Say(), LIGHT)


def test_all_arrays_come_back_as_they_were(reading: CapsuleReading) -> None:
    with np.load(io.BytesIO(reading_npz(reading, Say()))) as file:
        names = {field.name for field in fields(reading)}
        assert set(file.files) == names | {"README.txt", "pulls"}
        sums = np.linalg.norm(reading.sums, axis=-1)
        np.testing.assert_allclose(file["pulls"].sum(axis=1), sums, atol=1e-5)
        for name in names:
            np.testing.assert_array_equal(file[name], getattr(reading, name))
        assert file["votes"].dtype == np.float32


def test_the_readme_tells_the_shape_of_every_array(reading: CapsuleReading) -> None:
    with zipfile.ZipFile(io.BytesIO(reading_npz(reading, Say()))) as file:
        readme = file.read("README.txt").decode("utf-8")
    for name in (field.name for field in fields(reading)):
        assert f"\n{name} {list(np.shape(getattr(reading, name)))}: " in readme


@pytest.mark.parametrize("iterations", [1, 10])
def test_the_table_holds_every_coupling(small_model: CapsNet, iterations: int) -> None:
    blank = read(small_model, np.zeros((13, 13), np.float32), iterations)
    rows = list(csv.DictReader(io.StringIO(couplings_csv(blank, Say()).decode("utf-8-sig"))))
    assert len(rows) == iterations * 75
    for row in rows:
        step, channel, y, x = (int(row[name]) for name in ("iteration", "channel", "row", "column"))
        couplings = blank.couplings[step - 1].reshape(3, 5, 5, 5)[channel, y, x]
        read_back = [np.float32(row[f"coupling to {name}"]) for name in blank.classes]
        np.testing.assert_array_equal(read_back, couplings)
    for name, last in zip(blank.classes, np.linalg.norm(blank.sums[-1], axis=-1), strict=True):
        pulled = [float(row[f"pull on {name}"]) for row in rows if row["iteration"] == str(iterations)]
        assert sum(pulled) == pytest.approx(float(last), abs=1e-5)


def test_excel_is_told_that_the_table_is_utf_8(reading: CapsuleReading) -> None:
    table = couplings_csv(replace(reading, classes=("é", "ö", "七", "b", "c")), Say())
    assert table.startswith(b"\xef\xbb\xbf")
    assert "coupling to 七" in table.decode("utf-8-sig").splitlines()[0]


def test_arrays_are_named_as_the_command_line_names_them(small_model: CapsNet, tmp_path: Path) -> None:
    image = torch.from_numpy(np.random.default_rng(3).random((1, 1, 13, 13), dtype=np.float32))
    write_npz(tmp_path / "trace.npz", image, small_model.trace(image, 4))
    file = reading_npz(read(small_model, image[0, 0].numpy(), 4), Say())
    with np.load(tmp_path / "trace.npz") as traced, np.load(io.BytesIO(file)) as saved:
        assert {"image", "votes", "couplings", "poses"} <= set(traced.files)
        for name in traced.files:
            np.testing.assert_array_equal(saved[name], traced[name])


def test_long_names_stay_within_their_tile(reading: CapsuleReading) -> None:
    clothes = replace(reading, classes=("a", "woollen jacket", "b", "c", "d"))
    plain, long = (
        opened(routing_gif(which, some_maps(which), 1.0, Say(), LIGHT))[0][0] for which in (reading, clothes)
    )
    middle = gif.TILES + gif.TILE + gif.MAP // 2
    changed = np.abs(np.asarray(long).astype(int) - np.asarray(plain)).sum(axis=2)[gif.HEAD : gif.HEAD + 24]
    own = np.abs(np.arange(gif.WIDTH) - middle) <= gif.TILE / 2
    others = ~own & (np.abs(np.arange(gif.WIDTH)[:, None] - middle - gif.TILE * np.array([-1, 1, 2, 3])) > 46).all(1)
    assert changed[:, own].any()
    assert not changed[:, others].any()


def parts(reading: CapsuleReading) -> dict[str, dict[str, Any]]:
    """What a page to take home is given."""
    look = {"focus": 3, "rival": 1, "followed": 41}
    words = Say().section("race_words") | {"honest": "</script>"}
    hand = part(reading, Looked(iteration=2, **look)) | {"words": Say().section("by_hand")}
    return {"race": routed(reading) | {"words": words, "look": look}, "by_hand": hand}


def test_a_page_says_what_it_is_and_is_small(reading: CapsuleReading) -> None:
    page = routing_html(parts(reading), "7 & its votes", Say()).decode("utf-8")
    assert "<h1>Routing by agreement: 7 &amp; its votes</h1>" in page
    assert '<html lang="en">' in page
    assert len(page) < 250_000


def test_no_name_ends_the_script_of_a_page(reading: CapsuleReading) -> None:
    named = replace(reading, classes=("</script>'\\n", "b", "c", "d", "e"))
    page = routing_html(parts(named), "b", Say()).decode("utf-8")
    assert page.count("</script>") == len(PARTS)
    assert page.count(r"\u003c/script") >= 3  # a name in both parts, and words


def test_an_animation_has_words_that_the_machine_can_draw(
    reading: CapsuleReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fonts.FILES, "zh", ("no such font.ttc",))
    fonts._script.cache_clear()
    monkeypatch.setattr("explorer.text.say.languages", lambda: ("en", "zh"))
    assert fonts.drawable(Say("zh")) == Say("en")
    assert fonts.drawable(Say("en")) == Say("en")
    kuzushiji = replace(reading, classes=("お", "き", "す", "つ", "な"))
    assert opened(routing_gif(kuzushiji, some_maps(reading), 1.0, Say("en"), LIGHT))[0]


def test_a_script_is_drawn_with_a_font_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    own = ImageFont.load_default(15)
    assert isinstance(own, ImageFont.FreeTypeFont)
    monkeypatch.setattr(fonts, "_script", lambda language: own.font_variant(size=10) if language == "ja" else None)
    script, latin = fonts.font_for("入力", 23, "zh"), fonts.font_for("input", 15)
    assert isinstance(script, ImageFont.FreeTypeFont)
    assert script.size == 23  # that of Japanese, where there is none for Chinese
    assert isinstance(latin, ImageFont.FreeTypeFont)
    assert latin.getname() == own.getname()
    assert fonts.drawable(Say()) == Say()
