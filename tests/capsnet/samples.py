"""What several tests need: small networks, pictures that can be learnt, a card, and MNIST's files in miniature."""

from __future__ import annotations

import os
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor

from capsnet import checkpoint
from capsnet.card import Card
from capsnet.config import CapsNetConfig
from capsnet.data import Dataset, load_dataset
from capsnet.evaluation import evaluate
from capsnet.ink import FloatImage
from capsnet.model import CapsNet
from capsnet.saved_evaluation import MOST_KEPT, save_evaluation

torch.set_num_threads(1)  # networks this small gain nothing from more, and lose much on a busy machine

CLASSES = ("ash", "birch", "cedar", "dogwood", "elm")

CONFIG = CapsNetConfig(
    image_size=13,
    kernel_size=3,
    feature_channels=17,
    primary_stride=2,
    primary_channels=3,
    primary_pose=7,
    digit_pose=11,
    iterations=2,
    decoder_hidden=(19, 23),
    classes=CLASSES,
)
"""A network in which no two axes of a tensor are equally long: a 5 x 5 grid of 3 capsules, so I = 75."""

DIGIT_CONFIG = CapsNetConfig(
    feature_channels=5, primary_stride=5, primary_channels=2, primary_pose=3, digit_pose=7, decoder_hidden=(11, 13)
)
"""A small network that reads 28 x 28 pictures of ten digits."""

TRAIN_COUNT, TEST_COUNT = 23, 17
"""Pictures in the two parts of the data set that `write_idx_files` makes."""


SEVEN = [(0.0, 0.0), (1.0, 0.0), (0.35, 1.6)]
"""A stroke, in columns and rows of a square one unit wide."""


def small_model(config: CapsNetConfig = CONFIG, seed: int = 1, votes: float = 1.0) -> CapsNet:
    """A network with random weights, in eval mode; `votes` makes its votes longer, so that routing moves more."""
    torch.manual_seed(seed)
    model = CapsNet(config).eval()
    with torch.no_grad():
        model.digit_capsules.transforms.mul_(votes)
    return model


def random_pictures(count: int, size: int = CONFIG.image_size, seed: int = 2) -> Tensor:
    """Noise in 0..1, [count, 1, size, size]."""
    return torch.rand(count, 1, size, size, generator=torch.Generator().manual_seed(seed))


def barred_pictures(count: int, seed: int = 3) -> Dataset:
    """A data set that the small network learns at once: a class is the place of a bright bar, under some noise."""
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(len(CLASSES), (count,), generator=generator)
    images = torch.randint(0, 60, (count, CONFIG.image_size, CONFIG.image_size), generator=generator)
    rows = torch.arange(CONFIG.image_size)
    bars = (rows // 2 == labels[:, None] + 1)[:, :, None]  # [count, 13, 1]
    return Dataset("bars", (images + 180 * bars).to(torch.uint8), labels, CLASSES)


def stroke(size: int = 120, column: int = 30, row: int = 20, unit: int = 40, width: int = 9) -> FloatImage:
    """A seven as somebody might draw it on a canvas of size x size."""
    canvas = Image.new("L", (size, size))
    points = [(column + unit * x, row + unit * y) for x, y in SEVEN]
    ImageDraw.Draw(canvas).line(points, fill=255, width=width, joint="curve")
    ink: FloatImage = np.asarray(canvas, np.float32) / np.float32(255)
    return ink


def make_card(config: CapsNetConfig, **changes: object) -> Card:
    """A card such as training writes."""
    shape = (config.digit_capsules, config.digit_pose)
    table = tuple(tuple(0.25 * j - 0.5 * d for d in range(shape[1])) for j in range(shape[0]))
    card = Card(
        config=config,
        recipe={"dataset": "mnist", "epochs": 1, "command": "python -m capsnet train --out small.safetensors"},
        history=({"epoch": 1, "loss": 0.5, "learning_rate": 1e-5, "test_accuracy": 0.125, "images_per_second": 100.0},),
        data_md5="0" * 32,
        versions={"python": "3.11.0", "torch": "2.13.0"},
        test_accuracy=0.125,
        pose_mean=table,
        pose_std=table,
    )
    return replace(card, **changes)  # type: ignore[arg-type]


def write_idx_files(root: Path, name: str = "MNIST") -> tuple[Tensor, Tensor]:
    """Writes a tiny data set the way torchvision lays out MNIST and returns its test pictures and labels."""
    generator = torch.Generator().manual_seed(5)
    folder = root / name / "raw"
    folder.mkdir(parents=True)
    for prefix, count in (("train", TRAIN_COUNT), ("t10k", TEST_COUNT)):
        images = torch.randint(0, 256, (count, 28, 28), generator=generator, dtype=torch.uint8)
        labels = torch.randint(0, 10, (count,), generator=generator)
        head = struct.pack(">4i", 0x803, count, 28, 28)
        (folder / f"{prefix}-images-idx3-ubyte").write_bytes(head + images.numpy().tobytes())
        head = struct.pack(">2i", 0x801, count)
        (folder / f"{prefix}-labels-idx1-ubyte").write_bytes(head + labels.to(torch.uint8).numpy().tobytes())
    return images, labels


def environment() -> dict[str, str]:
    """For a process that imports the package and these samples, wherever it starts."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


def evaluated_copy(network: Path, folder: Path) -> Path:
    """A copy of a network in a folder, with its evaluation on a small MNIST, which is written there, too."""
    write_idx_files(folder)
    path = folder / "own.safetensors"
    path.write_bytes(network.read_bytes())
    read, data = checkpoint.read(path), load_dataset("mnist", "test", folder)
    save_evaluation(path, read, data, evaluate(read.model, data, hardest=MOST_KEPT))
    return path
