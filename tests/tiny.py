"""A tiny network that reads digits, for tests of what the app does with any network.

It has the paper's geometry, with few channels and a small decoder, and is trained on the synthetic pen for a few
seconds, by `python -m tests.tiny FILE`. What only the shipped weights do is tested in `test_release.py`.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import torch

import capsnet
from capsnet.config import CapsNetConfig
from capsnet.pen import pen_digits
from capsnet.recipe import Recipe

CONFIG = CapsNetConfig(feature_channels=12, primary_channels=4, decoder_hidden=(64, 256))
RECIPE = Recipe(dataset="pen", epochs=10, batch_size=50, peak_learning_rate=0.006, shift=0)


def make(file: Path) -> None:
    """Trains the network and writes it to `file`; the same on the same machine."""
    from capsnet.training import train  # accelerate takes a second to import

    torch.set_num_threads(1)  # nothing is gained from more, and sums would depend on how many there are
    train(RECIPE, pen_digits(4000), pen_digits(200, seed=1), file, config=CONFIG, cpu=True)


def name() -> str:
    """Names the network by all that makes it, so that an earlier one is used again only where it would be the same."""
    folder = Path(capsnet.__file__).parent
    sources = [Path(__file__), *sorted(file for file in folder.rglob("*") if file.suffix in {".py", ".toml"})]
    code = b"".join(file.read_bytes() for file in sources)
    return hashlib.sha256(code + torch.__version__.encode()).hexdigest()[:16]


if __name__ == "__main__":
    make(Path(sys.argv[1]))
