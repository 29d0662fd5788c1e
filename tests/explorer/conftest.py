"""A small network and what it reads, for tests of everything behind the reading."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from capsnet import CapsNet, CapsNetConfig
from explorer.reading import CapsuleReading, read

SMALL = CapsNetConfig(
    image_size=13,
    kernel_size=3,
    feature_channels=5,
    primary_channels=3,
    primary_pose=7,
    digit_pose=11,
    decoder_hidden=(13, 17),
    classes=("boot", "coat", "bag", "shirt", "dress"),
)


@pytest.fixture(scope="session")
def small_model() -> CapsNet:
    """5 classes, 3 x 5 x 5 primary capsules, untrained."""
    torch.manual_seed(7)
    return CapsNet(SMALL).eval()


@pytest.fixture(scope="session")
def reading(small_model: CapsNet) -> CapsuleReading:
    """A random picture, routed 4 times."""
    image = np.random.default_rng(3).random((13, 13), dtype=np.float32)
    return read(small_model, image, 4)
