"""The commands evaluate, info, pen and trace on a small checkpoint."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

import capsnet
from capsnet import checkpoint
from capsnet.data import to_float
from capsnet.ink import decode_picture, normalise
from tests.capsnet.commands import capsnet_command
from tests.capsnet.pictures import drawn, encoded, pixels, same_digit
from tests.capsnet.samples import (
    DIGIT_CONFIG,
    TEST_COUNT,
    environment,
    make_card,
    small_model,
    stroke,
    write_idx_files,
)
from tests.capsnet.test_photo import on_paper, shadow

WITHOUT_OPTIONAL_PACKAGES = """
import sys
for name in ("accelerate", "streamlit", "plotly", "torchvision"):
    sys.modules[name] = None
from capsnet.cli import main
main()
"""

CTRL_C_WHILE_PYTORCH_LOADS = """
import runpy, sys
class Keyboard:
    def find_spec(self, name, *_):
        if name == "torch":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Keyboard())
runpy.run_module("capsnet", run_name="__main__", alter_sys=True)
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of a network that reads ten digits, badly."""
    path = tmp_path_factory.mktemp("weights") / "small.safetensors"
    checkpoint.write(path, small_model(DIGIT_CONFIG, votes=20), make_card(DIGIT_CONFIG))
    return path


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ((), ("train", "evaluate", "pen", "info", "trace")),
        (("pen",), ("--sheets", "contact sheets")),
        (("train",), ("--out", "--dataset", "--data", "--epochs", "--resume", "--seed", "Ctrl-C", "accelerate launch")),
        (("evaluate",), ("--checkpoint", "--data", "--iterations", "--json", "CAPSNET_DATA", "hardest")),
        (("info",), ("--checkpoint", "shipped", "model card")),
        (("trace",), ("IMAGE", "--npz", "--iterations", "light on dark")),
    ],
)
def test_help_explains(command: tuple[str, ...], words: tuple[str, ...]) -> None:
    outcome = capsnet_command(*command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    text = " ".join(outcome.out.replace("│", " ").split())  # without the frame that lines are broken in
    for word in words:
        assert word.lower() in text.lower()


def test_evaluate_as_a_report_and_as_json(file: Path, tmp_path: Path) -> None:
    images, labels = write_idx_files(tmp_path)
    read = capsnet.load(file)(to_float(images)).lengths.argmax(dim=1)
    right = int((read == labels).sum())
    outcome = capsnet_command("evaluate", "--checkpoint", file, "--data", tmp_path, "--json")
    values = json.loads(outcome.out)
    assert (outcome.code, values["count"]) == (0, TEST_COUNT)
    assert values["accuracy"] == pytest.approx(right / TEST_COUNT)
    assert values["error_percent"] == pytest.approx(100 - 100 * right / TEST_COUNT)
    assert np.asarray(values["confusion"]).sum(axis=1).tolist() == labels.bincount(minlength=10).tolist()
    assert values["reconstruction_error"] > 0
    assert set(values["hardest"][0]) == {"position", "label", "read", "margin"}
    report = capsnet_command("evaluate", "--checkpoint", file, "--data", tmp_path)
    assert report.code == 0
    assert f"({TEST_COUNT - right} of {TEST_COUNT} pictures misread)" in report.out
    assert f"accuracy {100 * right / TEST_COUNT:.2f}%" in report.out


def test_evaluate_with_other_iterations(file: Path, tmp_path: Path) -> None:
    write_idx_files(tmp_path)
    options = ("evaluate", "--checkpoint", file, "--data", tmp_path, "--json")
    plain, chosen = capsnet_command(*options), capsnet_command(*options, "--iterations", 1)
    assert json.loads(plain.out)["hardest"] != json.loads(chosen.out)["hardest"]


def test_info_shows_the_card(file: Path) -> None:
    outcome = capsnet_command("info", "--checkpoint", file)
    chosen = checkpoint.read(file)
    assert outcome.code == 0
    count = sum(weight.numel() for weight in chosen.model.parameters())
    for word in (f"{count:,} parameters", "12.50%", chosen.digest, chosen.card.data_md5, chosen.card.recipe["command"]):
        assert word in outcome.out


@pytest.mark.parametrize("iterations", [None, 1, 7])
def test_trace_shows_and_writes_what_routing_did(iterations: int | None, file: Path, tmp_path: Path) -> None:
    picture, npz = tmp_path / "seven.png", tmp_path / "seven.npz"
    Image.fromarray((255 - 255 * stroke()).round().astype(np.uint8)).save(picture)  # dark on light
    chosen = () if iterations is None else ("--iterations", iterations)
    outcome = capsnet_command("trace", picture, "--checkpoint", file, "--npz", npz, *chosen)
    assert outcome.code == 0, outcome.err
    image = normalise(decode_picture(picture.read_bytes()))
    assert image is not None
    trace = capsnet.load(file).trace(torch.from_numpy(image)[None, None], iterations)
    assert f"read as {trace.lengths[-1, 0].argmax()}" in outcome.out
    assert f"{float(trace.lengths[-1].max()):.3f}" in outcome.out
    assert sum(line.split()[:1] == [str(trace.iterations)] for line in outcome.out.splitlines()) == 1
    arrays = np.load(npz)
    np.testing.assert_array_equal(arrays["image"], image)
    for name, value in asdict(trace).items():
        batch_axis = 0 if name in ("features", "primary", "votes") else 1
        np.testing.assert_allclose(arrays[name], value.squeeze(batch_axis).numpy(), atol=1e-6, err_msg=name)
    assert set(arrays.files) == {"image", *asdict(trace)}


def test_a_picture_of_the_networks_size_is_traced_as_it_is(file: Path, tmp_path: Path) -> None:
    pixels = np.zeros((28, 28), np.uint8)
    pixels[2:7, 3:5] = 200  # far from the middle
    Image.fromarray(pixels).save(tmp_path / "small.png")
    npz = tmp_path / "small.npz"
    assert capsnet_command("trace", tmp_path / "small.png", "--checkpoint", file, "--npz", npz).code == 0
    np.testing.assert_array_equal(np.load(npz)["image"] > 0, pixels > 0)


def test_a_photo_is_traced_as_the_explorer_reads_it(file: Path, tmp_path: Path) -> None:
    photo, npz = tmp_path / "photo.jpg", tmp_path / "photo.npz"
    ink = on_paper(drawn())
    photo.write_bytes(encoded(pixels(shadow(0.9 - 0.7 * ink)), "JPEG", quality=85))
    assert capsnet_command("trace", photo, "--checkpoint", file, "--npz", npz).code == 0
    image = np.load(npz)["image"]
    np.testing.assert_array_equal(image, normalise(decode_picture(photo.read_bytes())))
    assert same_digit(image, ink, tolerance=0.05)


def test_the_file_of_arrays_has_the_name_that_was_given(file: Path, tmp_path: Path) -> None:
    Image.fromarray((255 * stroke()).round().astype(np.uint8)).save(tmp_path / "seven.png")
    outcome = capsnet_command("trace", tmp_path / "seven.png", "--checkpoint", file, "--npz", tmp_path / "arrays")
    (line,) = (line for line in outcome.out.splitlines() if line.startswith("All arrays are in "))
    assert Path(line.removeprefix("All arrays are in ").removesuffix(".")).is_file()


def test_the_pens_sheets(tmp_path: Path) -> None:
    outcome = capsnet_command("pen", "--sheets", tmp_path / "sheets", "--count", 2)
    assert outcome.code == 0
    names = [*(f"{digit}.png" for digit in range(10)), "others.png"]
    assert sorted(file.name for file in (tmp_path / "sheets").iterdir()) == names
    assert "9.png" in outcome.out


@pytest.mark.slow
def test_reading_needs_no_package_that_only_training_or_the_explorer_needs(file: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_OPTIONAL_PACKAGES, "info", "--checkpoint", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "parameters" in done.stdout


def test_ctrl_c_in_the_first_second_ends_without_a_traceback() -> None:
    command = [sys.executable, "-c", CTRL_C_WHILE_PYTORCH_LOADS, "evaluate"]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_the_packages_names_are_found_when_they_are_asked_for() -> None:
    assert all(getattr(capsnet, name) for name in capsnet.__all__)
    with pytest.raises(AttributeError, match="module 'capsnet' has no attribute 'poses'"):
        getattr(capsnet, "poses")  # noqa: B009 - a type checker would refuse it
