"""Training on a small network: it learns, it is reproducible, and it writes down what it did."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

import capsnet
from capsnet import evaluation
from capsnet.agreement import measure_agreement
from capsnet.card import IN_HISTORY
from capsnet.checkpoint import read
from capsnet.config import CapsNetConfig
from capsnet.data import NOTHING, to_float
from capsnet.evaluation import evaluate, pose_statistics
from capsnet.film import film_of
from capsnet.losses import total_loss
from capsnet.model import CapsNet, CapsNetOutput
from capsnet.recipe import Recipe
from capsnet.training import history_path, learner, run, train
from capsnet.training.history import write_history
from tests.capsnet.runs import RECIPE, assert_same_training, final_state, train_bars
from tests.capsnet.samples import CONFIG, barred_pictures, small_model

pytestmark = pytest.mark.slow

FIELDS = {*IN_HISTORY, "epochs", "seconds", "losses", "reconstructions"}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run."""
    out = tmp_path_factory.mktemp("run") / "bars.safetensors"
    train_bars(out)
    return out


def test_the_loss_falls_and_the_bars_are_learnt(trained: Path) -> None:
    history = read(trained).card.history
    losses = [entry["loss"] for entry in history]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.5 * losses[0]
    assert history[-1]["test_accuracy"] > 0.9


def test_history_has_one_line_an_epoch(trained: Path) -> None:
    lines = [json.loads(line) for line in history_path(trained).read_text().splitlines()]
    assert lines == [dict(entry) for entry in read(trained).card.history]
    assert [line["epoch"] for line in lines] == [1, 2, 3]
    assert [set(line) - FIELDS for line in lines] == [{"film"}, set(), set()]
    assert all(set(line) >= FIELDS and line["epochs"] == 3 for line in lines)
    assert all(0 <= line["test_accuracy"] <= 1 for line in lines)
    assert all(line["images_per_second"] * line["seconds"] == pytest.approx(139) for line in lines)
    assert all(line["losses"] == [[1, pytest.approx(line["loss"], abs=1e-6)]] for line in lines)


def test_the_losses_of_a_long_epoch_stand_in_its_history_while_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "CHECK_EVERY", 2)  # the 139 pictures are 4 batches of 32 and one of 11
    seen = []

    def watched(out: Path, history: Any, running: Any = None) -> None:
        write_history(out, history, running)
        seen.append([json.loads(line) for line in history_path(out).read_text().splitlines()])

    monkeypatch.setattr(run, "write_history", watched)
    train_bars(tmp_path / "bars.safetensors", replace(RECIPE, epochs=1))
    shares = [[share for share, _ in lines[-1]["losses"]] if lines else [] for lines in seen]
    assert shares == [[], [0.4604], [0.4604, 0.9209], [0.4604, 0.9209, 1]]
    assert [set(lines[-1]) for lines in seen[1:3]] == [{"epoch", "epochs", "losses"}] * 2
    (entry,) = seen[-1]
    (_, first), (_, second), (_, third) = entry["losses"]
    assert (64 * first + 64 * second + 11 * third) / 139 == pytest.approx(entry["loss"], abs=1e-6)


def test_the_film_shows_what_each_class_s_capsule_draws(trained: Path) -> None:
    card, model, test = read(trained).card, capsnet.load(trained), barred_pictures(50, seed=4)
    film = film_of(card.history)
    assert film is not None
    firsts = [test.labels.tolist().index(label) for label in range(5)]
    assert film.labels == (0, 1, 2, 3, 4)
    assert film.epochs == (1, 2, 3)
    np.testing.assert_array_equal(film.pictures, test.images[firsts].numpy())
    drawn = model(to_float(test.images[firsts]), torch.arange(5)).reconstructions[:, 0].detach().numpy()
    np.testing.assert_allclose(film.reconstructions[-1] / 255, drawn, atol=0.02)  # the file's weights are rounded
    misses = np.square(film.reconstructions / 255 - film.pictures / 255).sum(axis=(1, 2, 3))
    assert misses[0] > misses[-1]


def test_the_learning_rate_ends_near_zero(trained: Path) -> None:
    rates = [entry["learning_rate"] for entry in read(trained).card.history]
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] < RECIPE.peak_learning_rate / 1000


def test_the_card_says_what_was_done(trained: Path) -> None:
    card, data = read(trained).card, barred_pictures(139)
    assert card.data_md5 == data.md5
    assert card.recipe.items() >= {"dataset": "bars", "epochs": 3, "batch_size": 32, "seed": 1, "processes": 1}.items()
    assert card.recipe["convolutions"] in ("bfloat16", "float32")
    assert set(card.versions) >= {"python", "torch", "torchvision", "numpy", "safetensors"}
    assert card.config == CONFIG


def test_the_cards_figures_are_those_of_the_file(trained: Path) -> None:
    card, model = read(trained).card, capsnet.load(trained)
    assert card.test_accuracy == evaluate(model, barred_pictures(50, seed=4)).accuracy
    assert card.agreement == measure_agreement(model, barred_pictures(50, seed=4))
    mean, std = pose_statistics(model, barred_pictures(139))
    torch.testing.assert_close(torch.tensor(card.pose_mean), mean.float(), rtol=0, atol=2e-5)
    torch.testing.assert_close(torch.tensor(card.pose_std), std.float(), rtol=0, atol=2e-5)


def test_the_same_seed_gives_the_same_weights_and_another_others(trained: Path, tmp_path: Path) -> None:
    torch.manual_seed(99)  # nothing that happened before may matter
    train_bars(tmp_path / "again.safetensors")
    assert_same_training(trained, tmp_path / "again.safetensors")
    train_bars(tmp_path / "other.safetensors", replace(RECIPE, seed=2, epochs=1))
    first, other = final_state(trained), final_state(tmp_path / "other.safetensors")
    assert not any(torch.equal(other[name], first[name]) for name in first if name.endswith("weight"))


@pytest.mark.parametrize("bfloat16", [True, False])
def test_it_learns_with_and_without_bfloat16(bfloat16: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner, "has_bfloat16", lambda _device: bfloat16)
    train_bars(tmp_path / "bars.safetensors")
    card = read(tmp_path / "bars.safetensors").card
    assert card.recipe["convolutions"] == ("bfloat16" if bfloat16 else "float32")
    assert card.test_accuracy > 0.9


def test_the_loss_written_down_is_the_mean_over_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner, "has_bfloat16", lambda _device: False)
    still = replace(RECIPE, epochs=1, peak_learning_rate=1e-12, shift=0)
    train_bars(tmp_path / "bars.safetensors", still)
    card = read(tmp_path / "bars.safetensors").card
    data, model = barred_pictures(139), small_model(seed=still.seed)
    images = to_float(data.images)
    expected = total_loss(model(images, data.labels), images, data.labels)
    assert card.history[0]["loss"] == pytest.approx(float(expected.detach()), rel=1e-4)


def test_training_reconstructs_from_the_label(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    forward = CapsNet.forward

    def watched(self: CapsNet, images: Tensor, labels: Tensor | None = None, **options: Any) -> CapsNetOutput:
        seen.append((self.training, labels is not None))
        return forward(self, images, labels, **options)

    monkeypatch.setattr(CapsNet, "forward", watched)
    train_bars(tmp_path / "bars.safetensors", replace(RECIPE, epochs=1))
    assert (True, True) in seen
    assert (False, False) in seen  # test pictures are read without being told their labels
    assert (True, False) not in seen


def test_it_learns_that_nothing_is_there(tmp_path: Path) -> None:
    """Noise is read as a class by a network that knows only bars, and as none by one that was shown it."""
    noise = torch.randint(0, 256, (60, 13, 13), generator=torch.Generator().manual_seed(5), dtype=torch.uint8)
    bars, nothing = barred_pictures(139), torch.full((40,), NOTHING)
    both = replace(bars, images=torch.cat([bars.images, noise[:40]]), labels=torch.cat([bars.labels, nothing]))
    longest = []
    for name, data in (("bars", bars), ("both", both)):
        out = tmp_path / f"{name}.safetensors"
        card = train(RECIPE, data, barred_pictures(50, seed=4), out, config=CONFIG, cpu=True)
        assert card is not None
        assert card.test_accuracy > 0.9
        with torch.no_grad():
            longest.append(capsnet.load(out)(to_float(noise[40:])).lengths.amax(dim=1).mean())
    assert longest[1] < 0.5 * longest[0]


def test_training_for_agreement_gathers_couplings(tmp_path: Path) -> None:
    config, data = replace(CONFIG, inverse_temperature=20.0), barred_pictures(50, seed=4)
    shares = []
    for agreement in (0.0, 2.0):
        out = tmp_path / f"{agreement}.safetensors"
        recipe = replace(RECIPE, unrolled=True, agreement=agreement)
        train(recipe, barred_pictures(139), data, out, config=config, cpu=True)
        couplings = capsnet.load(out)(to_float(data.images)).couplings  # [B, I, J]
        shares.append(float(couplings[torch.arange(50), :, data.labels].mean()))
    assert shares[1] > shares[0] + 0.1


def test_weights_go_to_a_safetensors_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"must end in \.safetensors, .*; got .*lr0\.001"):
        train_bars(tmp_path / "lr0.001")


class LooksAtValues(TorchDispatchMode):
    """Counts how often a tensor's value is asked for: on a GPU, each time waits for it."""

    count = 0

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        self.count += func is torch.ops.aten._local_scalar_dense.default
        return func(*args, **(kwargs or {}))


def test_no_step_waits_for_the_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "BATCH", 1000)
    waits = []
    recipe = replace(RECIPE, epochs=1, rotation=15, elastic=1.0, thickness=0.5, capsule_dropout=0.2)
    for steps in (5, 10):
        with LooksAtValues() as looks:  # type: ignore[no-untyped-call]
            train_bars(tmp_path / f"{steps}.safetensors", recipe, count=steps * RECIPE.batch_size)
        waits.append(looks.count)
    assert waits[0] == waits[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"labels": torch.full((7,), 5)}, r"the labels of bars must be int64 in 0\.\.4, or -1 .*got torch.int64 \[5\]"),
        ({"labels": torch.full((7,), -2)}, r"the labels of bars must be .*\[-2\]"),
        ({"labels": torch.zeros(7)}, r"the labels of bars must be int64 .*got torch.float32"),
        ({"images": torch.zeros(7, 28, 28, dtype=torch.uint8)}, r"pictures of bars must be \[7, 13, 13\] uint8; got"),
        ({"images": torch.zeros(7, 13, 13)}, r"must be \[7, 13, 13\] uint8; got torch.float32"),
    ],
)
def test_data_that_cannot_be_trained_on_is_refused_at_once(change: dict[str, Any], words: str, tmp_path: Path) -> None:
    data = barred_pictures(7)
    with pytest.raises(ValueError, match=words):
        train(RECIPE, replace(data, **change), data, tmp_path / "x.safetensors", config=CONFIG, cpu=True)
    assert not list(tmp_path.iterdir())


class EnoughError(Exception):
    """A test has seen what it wanted to see."""


def test_without_a_config_the_network_is_the_papers_with_the_datas_classes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configs = []

    def note(_recipe: Recipe, config: CapsNetConfig, *_: object) -> None:
        configs.append(config)
        raise EnoughError

    monkeypatch.setattr(run, "Learner", note)
    data = replace(barred_pictures(5), images=torch.zeros(5, 28, 28, dtype=torch.uint8))
    with pytest.raises(EnoughError):
        train(RECIPE, data, data, tmp_path / "x.safetensors", cpu=True)
    assert configs == [CapsNetConfig(classes=data.classes)]
