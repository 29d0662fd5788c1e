"""What the network refuses: never a wrong answer in silence."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tests.capsnet.samples import CONFIG, random_pictures, small_model

GOOD = random_pictures(4)
HALF_NAN = torch.where(GOOD < 0.5, GOOD, torch.nan)

IMAGES = [
    pytest.param(GOOD[0], r"images must be \[B, 1, 13, 13\].*\(1, 13, 13\)", id="no batch axis"),
    pytest.param(GOOD[:, 0], r"images must be \[B, 1, 13, 13\].*\(4, 13, 13\)", id="no channel axis"),
    pytest.param(GOOD.expand(4, 3, 13, 13), r"got shape \(4, 3, 13, 13\)", id="colours"),
    pytest.param(GOOD[..., :11], r"got shape \(4, 1, 13, 11\)", id="another size"),
    pytest.param(GOOD[:0], r"B at least 1; got shape \(0, 1, 13, 13\)", id="empty batch"),
    pytest.param(GOOD.double(), r"must be torch.float32.*got torch.float64: use images.to", id="double"),
    pytest.param((GOOD * 255).to(torch.uint8), r"must be torch.float32.*got torch.uint8", id="bytes"),
    pytest.param(GOOD * 255, r"0 \(background\) to 1 \(ink\); got .* to 25\d.*divide by 255", id="0..255"),
    pytest.param((GOOD - 0.1307) / 0.3081, r"must lie in 0 .* to 1", id="mean and deviation taken out"),
    pytest.param(-GOOD, r"must lie in 0 .* got -0\.99.* to -", id="negative"),
    pytest.param(HALF_NAN, r"must lie in 0 .* got nan", id="not a number"),
]


@pytest.mark.parametrize(("images", "words"), IMAGES)
def test_pictures_that_are_none(images: Tensor, words: str) -> None:
    model = small_model()
    with pytest.raises(ValueError, match=words):
        model(images)
    with pytest.raises(ValueError, match=words):
        model.trace(images)


LABELS = [
    pytest.param(torch.tensor([0, 1]), r"labels must be \[4\] int64.*\(2,\)", id="too few"),
    pytest.param(torch.tensor([[0], [1], [2], [3]]), r"labels must be \[4\] int64.*\(4, 1\)", id="a column"),
    pytest.param(torch.tensor([0.0, 1, 2, 3]), r"labels must be \[4\] int64.*float32", id="floats"),
    pytest.param(torch.tensor([0, 1, 2, 5]), r"labels must lie in 0\.\.4; got 0 to 5", id="too high"),
    pytest.param(torch.tensor([0, 1, 2, -1]), r"labels must lie in 0\.\.4; got -1 to 2", id="negative"),
]


@pytest.mark.parametrize(("labels", "words"), LABELS)
def test_labels_that_are_none(labels: Tensor, words: str) -> None:
    model = small_model()
    with pytest.raises(ValueError, match=words):
        model(GOOD, labels)
    with pytest.raises(ValueError, match=words):
        model.reconstruct(torch.zeros(4, CONFIG.digit_capsules, CONFIG.digit_pose), labels)


@pytest.mark.parametrize("shape", [(4, 5, 7), (5, 11), (4, 11, 5), (4, 55)])
def test_poses_of_another_shape(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"poses must be \[B, 5, 11\]; got shape"):
        small_model().reconstruct(torch.zeros(shape), torch.zeros(shape[0], dtype=torch.int64))


@pytest.mark.parametrize("iterations", [0, -1])
def test_no_iterations(iterations: int) -> None:
    model = small_model()
    with pytest.raises(ValueError, match="iterations must be at least 1"):
        model(GOOD, iterations=iterations)
    with pytest.raises(ValueError, match="iterations must be at least 1"):
        model.trace(GOOD, iterations)


def test_pictures_at_the_ends_of_the_range_are_read() -> None:
    for value in (0.0, 1.0):
        assert small_model()(torch.full((2, 1, 13, 13), value)).lengths.isfinite().all()
