"""The weights that come with the project: whole, and as their card says."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from capsnet import checkpoint

FILES = checkpoint.shipped()

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_network_has_a_whole_card(file: Path) -> None:
    shipped = checkpoint.read(file)
    card, config = shipped.card, shipped.card.config
    assert [entry["epoch"] for entry in card.history] == list(range(1, card.recipe["epochs"] + 1))
    assert card.test_accuracy == pytest.approx(card.history[-1]["test_accuracy"], abs=0.001)  # rounded to float16
    for table in (card.pose_mean, card.pose_std):
        assert torch.tensor(table).shape == (config.digit_capsules, config.digit_pose)
        assert torch.count_nonzero(torch.tensor(table)) > 0
    assert len(card.data_md5) == 32
    assert set(card.versions) >= {"python", "torch", "torchvision", "numpy"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_readme_beside_it_says_the_same(file: Path) -> None:
    card = checkpoint.read(file).card
    readme = (checkpoint.SHIPPED / "README.md").read_text(encoding="utf-8")
    for words in (file.name, f"{100 * card.test_accuracy:.2f}%", card.data_md5, card.recipe["command"]):
        assert words in readme


def test_all_shipped_weights_together_are_small() -> None:
    assert sum(file.stat().st_size for file in FILES) <= 45_000_000
