"""Networks that read pictures of another size than MNIST's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from capsnet import CapsNetConfig, checkpoint, training
from capsnet.data import DataError, load_dataset
from capsnet.evaluation import evaluate
from capsnet.ink import MNIST_FRAME, FloatImage, Frame, normalise
from capsnet.pen import pen_digits
from capsnet.pen.non_digits import pen_non_digits
from tests.capsnet.commands import capsnet_command
from tests.capsnet.samples import CONFIG, DIGIT_CONFIG, barred_pictures, make_card, small_model, stroke

LARGE = replace(DIGIT_CONFIG, image_size=36, classes=("a", "b"))


def extent(ink: FloatImage) -> int:
    rows, columns = np.nonzero(ink)
    return max(int(np.ptp(rows)), int(np.ptp(columns))) + 1


def test_mnists_frame_and_others() -> None:
    assert MNIST_FRAME == Frame(28, 20) == CapsNetConfig().frame
    assert MNIST_FRAME.centre == 14.5
    assert LARGE.frame == Frame(36, 26)
    assert LARGE.frame.centre == 18.5
    assert CONFIG.frame == Frame(13, 9)
    assert CONFIG.frame.centre == 6.5  # the middle of the middle pixel
    assert Frame.of_size(1).box == 1


@pytest.mark.parametrize(("size", "box"), [(28, 29), (28, 0), (0, 0)])
def test_a_box_that_does_not_fit(size: int, box: int) -> None:
    with pytest.raises(ValueError, match=f"box must be 1 to {size} pixels, the picture's size; got {box}"):
        Frame(size, box)


@pytest.mark.parametrize("frame", [LARGE.frame, CONFIG.frame, Frame(28, 28), Frame(60, 20)])
def test_ink_is_fitted_into_the_frame(frame: Frame) -> None:
    image = normalise(stroke(), frame)
    assert image is not None
    assert image.shape == (frame.size, frame.size)
    assert extent(image) == frame.box
    centres = [float(image.sum(axis=1 - axis) @ (np.arange(frame.size) + 0.5)) / image.sum() for axis in (0, 1)]
    if frame.box < frame.size:
        assert centres == pytest.approx([frame.centre] * 2, abs=0.5 + 1e-4)


@pytest.mark.parametrize("width", [2, 9, 30])  # finer than MNIST's pens, like them, fatter
def test_strokes_are_as_wide_for_their_frame_as_mnists(width: int) -> None:
    ink = stroke(size=480, column=120, row=80, unit=200, width=width)
    large, usual = normalise(ink, Frame(56, 40)), normalise(ink)
    assert large is not None
    assert usual is not None
    assert float(large.sum()) / 4 == pytest.approx(float(usual.sum()), rel=0.1)


def test_pictures_of_a_folder_are_brought_to_the_frame(tmp_path: Path) -> None:
    exact = np.zeros((36, 36), np.uint8)
    exact[3:9, 4:8] = 77
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        Image.fromarray(exact).save(tmp_path / name / "exact.png")
        Image.fromarray((255 * stroke()).astype(np.uint8)).save(tmp_path / name / "large.png")
    data = load_dataset(str(tmp_path), "train", frame=LARGE.frame)
    assert data.images.shape == (4, 36, 36)
    assert np.array_equal(data.images[0].numpy(), exact)
    assert extent(data.images[1].numpy()) == 26


def test_torchvisions_sets_have_one_size(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"pictures of kmnist are 28 x 28, those of the network 36 x 36") as refused:
        load_dataset("kmnist", "test", tmp_path, LARGE.frame)
    assert (refused.value.kind, refused.value.values) == ("size", {"name": "kmnist", "size": 36})


def test_the_pen_draws_for_any_frame() -> None:
    for data in (pen_digits(3, frame=LARGE.frame), pen_non_digits(3, frame=LARGE.frame)):
        assert data.images.shape == (3, 36, 36)
        assert [extent(image.numpy()) for image in data.images] == [26, 26, 26]


def test_data_of_another_size_are_refused() -> None:
    data = replace(barred_pictures(3), images=torch.zeros(3, 28, 28, dtype=torch.uint8))
    with pytest.raises(ValueError, match="the pictures of bars are 28 x 28, those of the network 13 x 13"):
        evaluate(small_model(), data)


def test_the_commands_read_a_networks_own_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, picture = tmp_path / "large.safetensors", tmp_path / "own" / "a" / "0.png"
    checkpoint.write(file, small_model(LARGE), make_card(LARGE))
    for name in ("a", "b"):
        (tmp_path / "own" / name).mkdir(parents=True)
        for number in range(6):
            Image.fromarray((255 * stroke(column=10 + number)).astype(np.uint8)).save(
                tmp_path / "own" / name / f"{number}.png"
            )
    outcome = capsnet_command("evaluate", "--checkpoint", file, "--dataset", tmp_path / "own")
    assert (outcome.code, outcome.err) == (0, "")
    npz = tmp_path / "arrays.npz"
    assert capsnet_command("trace", picture, "--checkpoint", file, "--npz", npz).code == 0
    assert np.load(npz)["image"].shape == (36, 36)
    sizes = []
    monkeypatch.setattr(
        training, "train", lambda _, data, *__, **more: sizes.append((data.images.shape[1:], more["config"].frame))
    )
    command = ("train", "--out", tmp_path / "x.safetensors", "--dataset", tmp_path / "own")
    for option in (("--image-size", 36), ("--start", file)):
        assert capsnet_command(*command, *option).code == 0
    assert sizes == [((36, 36), LARGE.frame)] * 2
