"""Training that begins with the weights of another network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

import capsnet
from capsnet.training import train
from tests.capsnet.runs import RECIPE, final_state, train_bars
from tests.capsnet.samples import CONFIG, barred_pictures, small_model

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run."""
    out = tmp_path_factory.mktemp("run") / "bars.safetensors"
    train_bars(out)
    return out


def test_votes_can_be_learnt_anew_with_another_inverse_temperature(tmp_path: Path) -> None:
    recipe = replace(
        RECIPE, epochs=1, peak_learning_rate=1e-9, start="begun", start_digest="0", fresh_votes=True, unrolled=True
    )
    begun, out, config = small_model(seed=7), tmp_path / "bars.safetensors", replace(CONFIG, inverse_temperature=5.0)
    card = train(recipe, barred_pictures(139), barred_pictures(50, seed=4), out, config=config, start=begun, cpu=True)
    assert card is not None
    assert card.config.inverse_temperature == 5
    before, after = begun.state_dict(), final_state(out)
    moved = {name: float((after[f"model.{name}"] - before[name]).abs().max()) for name in before}
    assert moved.pop("digit_capsules.transforms") > 0.1
    assert max(moved.values()) < 1e-6


def test_the_final_weights_lie_between_start_and_end(tmp_path: Path) -> None:
    recipe = replace(RECIPE, epochs=1, start="begun", start_digest="0", start_share=0.25)
    begun, out = small_model(CONFIG, seed=5), tmp_path / "bars.safetensors"
    train(recipe, barred_pictures(139), barred_pictures(50, seed=4), out, start=begun, cpu=True)
    start, end, found = begun.state_dict(), final_state(out), capsnet.load(out).state_dict()
    for name, weights in found.items():
        expected = 0.25 * start[name] + 0.75 * end[f"model.{name}"]
        torch.testing.assert_close(weights, expected, rtol=1e-3, atol=1e-4)
        assert not torch.equal(weights, end[f"model.{name}"])


def test_training_begins_with_the_weights_it_is_given(trained: Path, tmp_path: Path) -> None:
    start = capsnet.load(trained)
    before = {name: weights.clone() for name, weights in start.state_dict().items()}
    recipe = replace(RECIPE, epochs=1, peak_learning_rate=1e-9, start="bars", start_digest="0")
    data, out = barred_pictures(50), tmp_path / "on.safetensors"
    card = train(recipe, data, data, out, start=start, cpu=True)  # its config too
    assert card is not None
    assert card.recipe["start"] == "bars"
    for name, weights in capsnet.load(out).state_dict().items():
        assert weights == pytest.approx(before[name], abs=1e-4)  # as good as unchanged
        assert torch.equal(start.state_dict()[name], before[name])


def test_only_a_network_of_the_same_kind_is_trained_further(tmp_path: Path) -> None:
    data, out = barred_pictures(50), tmp_path / "no.safetensors"
    with pytest.raises(ValueError, match="the network to start from must be the one that is trained"):
        train(RECIPE, data, data, out, config=replace(CONFIG, digit_pose=5), start=small_model(), cpu=True)
    other = replace(data, classes=("one", "two", "three", "four", "five"))
    with pytest.raises(ValueError, match=r"the network to start from has other classes than bars: ash, .* against one"):
        train(RECIPE, other, other, out, start=small_model(), cpu=True)
    assert not list(tmp_path.iterdir())
