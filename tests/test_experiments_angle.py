"""The angle told from poses, and what networks cost: arithmetic by hand, and files of tiny networks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from capsnet import checkpoint
from capsnet.convolutional import Cnn
from capsnet.data import Dataset, to_float
from tests.capsnet.samples import CONFIG, barred_pictures, make_card, small_model
from tests.capsnet.test_convolutional import PLAIN
from tools.experiments import angle, cost
from tools.experiments.angle import Turned, carriers, errors, randomly_turned, roughness, told, turned
from tools.experiments.linear import chosen_ridge, components, ridge


def random_numbers(rows: int, columns: int, seed: int = 1) -> Any:
    return np.random.default_rng(seed).normal(size=(rows, columns))


def test_a_fit_without_penalty_finds_a_straight_line() -> None:
    numbers = random_numbers(23, 3)
    values = 7 + numbers @ [2, 0, -5]
    fit = ridge(numbers, values, 1e-12)
    assert fit.weights == pytest.approx([2, 0, -5])
    new = random_numbers(5, 3, seed=2)
    assert fit.predict(new) == pytest.approx(7 + new @ [2, 0, -5])


def test_the_penalty_is_that_of_the_closed_form() -> None:
    """One number of variance 1: Z'Z is N, so a penalty of p makes the weight 1 / (1 + p) of what it was."""
    numbers = np.array([[-1.0], [1.0], [-1.0], [1.0]])
    assert ridge(numbers, 6 * numbers[:, 0], 0.5).weights == pytest.approx([4])
    assert ridge(10 * numbers, 6 * numbers[:, 0], 0.5).weights == pytest.approx([0.4])  # whatever the scale
    assert ridge(0 * numbers, numbers[:, 0] + 3, 0.5).predict(numbers) == pytest.approx([3] * 4)


def test_a_penalty_is_chosen_where_numbers_say_nothing() -> None:
    numbers, values = random_numbers(40, 31), random_numbers(40, 1, seed=3)[:, 0]
    chosen = chosen_ridge(numbers, values, np.arange(40))
    assert np.abs(chosen.weights).sum() < 0.1 * np.abs(ridge(numbers, values, 1e-5).weights).sum()


def test_components_are_the_axes_of_most_variance() -> None:
    numbers = random_numbers(401, 3) * [1, 9, 3]
    axes = components(numbers, 2)
    assert axes.shape == (3, 2)
    assert np.abs(axes[:, 0]) == pytest.approx([0, 1, 0], abs=0.1)
    assert np.abs(axes[:, 1]) == pytest.approx([0, 0, 1], abs=0.1)


def made_up(classes: int = 2, digits: int = 40, times: int = 3) -> Turned:
    """Poses of 5 numbers in which, of class j, the number j + 1 is the angle and all else is noise."""
    own = np.arange(digits * times) % digits
    angles = np.random.default_rng(5).uniform(-45, 45, len(own))
    labels = own // 2 % classes
    numbers = 0.01 * random_numbers(len(own), 5)
    numbers[np.arange(len(own)), labels + 1] -= angles / 45
    return Turned(numbers, angles, labels, own)


def test_the_angle_is_told_where_a_number_is_the_angle() -> None:
    found = told(made_up(), 2)
    assert found["error"] < 1
    assert found["r2"] > 0.99
    assert found["tried"] == 60
    assert found["baseline"] == pytest.approx(22.5, abs=3)
    assert len(found["classes"]) == 2


def test_no_digit_is_both_fitted_and_tried() -> None:
    data = made_up()
    spoilt = data._replace(numbers=np.where((data.digits % 2 == 1)[:, None], 0, data.numbers))
    wrong, baseline = errors(spoilt, 0)
    assert np.abs(wrong).mean() == pytest.approx(np.abs(baseline).mean(), rel=0.1)


def test_the_number_that_carries_the_angle_is_found() -> None:
    found = carriers(made_up(), 2)
    assert [one["number"] for one in found] == [1, 2]
    assert all(one["correlation"] == pytest.approx(-1, abs=0.01) for one in found)


def test_roughness_of_straight_lines_zigzags_and_noise() -> None:
    steps = np.arange(7.0)[:, None] * [1, 2, 3]
    assert roughness(steps[None]) == pytest.approx(0)
    assert roughness(np.array([[[0.0], [1], [0], [1], [0]]])) == pytest.approx(2)
    assert roughness(np.stack([steps, 0 * steps])) == pytest.approx(0)  # what does not move counts for nothing
    assert roughness(random_numbers(31, 101 * 29).reshape(31, 101, 29)) == pytest.approx(3**0.5, abs=0.05)
    corner = np.array([[[0.0, 0], [1, 0], [1, 1]]])
    assert roughness(corner) == pytest.approx(2**0.5)


def test_poses_are_those_of_the_true_class_in_turned_pictures() -> None:
    data, model = barred_pictures(7), small_model()
    found = randomly_turned(model, data, 2)
    assert found.numbers.shape == (14, CONFIG.digit_pose)
    assert found.digits.tolist() == [*range(7), *range(7)]
    assert np.abs(found.angles).max() <= 45
    nine = turned(to_float(data.images[2:3]), torch.tensor([found.angles[9]]).float())
    assert found.numbers[9] == pytest.approx(model(nine).poses[0, data.labels[2]].detach().numpy(), abs=1e-5)
    assert np.array_equal(randomly_turned(Cnn(PLAIN).eval(), data, 2).angles, found.angles)


def write_networks(folder: Path) -> list[Path]:
    files = [folder / "pooled.safetensors", folder / "small.safetensors"]
    cnn: dict[str, Any] = {"config": PLAIN, "architecture": "cnn"}
    checkpoint.write(files[0], Cnn(PLAIN), replace(make_card(CONFIG), **cnn))
    checkpoint.write(files[1], small_model(), make_card(CONFIG))
    return files


def test_angles_are_measured_of_all_networks_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files, save = write_networks(tmp_path), tmp_path / "angle.json"
    data: Dataset = barred_pictures(101)
    monkeypatch.setattr(angle, "load_dataset", lambda *_: data)
    for weights in (files[:1], files):
        angle.main(weights, count=101, times=2, walked=3, save=save)
    pooled, small = json.loads(save.read_text())["networks"]
    assert (pooled["name"], pooled["width"], list(pooled["fits"])) == ("pooled", 19, ["features", "components"])
    assert (small["name"], small["width"], list(small["fits"])) == ("small", 11, ["pose"])
    assert len(small["carriers"]) == 5
    assert "| small | pose | " in capsys.readouterr().out


def test_costs_are_counted_and_timed_of_all_networks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, save = write_networks(tmp_path), tmp_path / "cost.json"
    data = barred_pictures(7)
    monkeypatch.setattr(cost, "load_dataset", lambda *_: data.take(torch.arange(100) % 7))
    for _ in range(2):
        cost.main(files, rounds=3, save=save)
    pooled, small = json.loads(save.read_text())["networks"]
    assert pooled["bytes"] == files[0].stat().st_size
    assert small["parameters"] == sum(weights.numel() for weights in small_model().parameters())
    assert all(0 < one["single"][0] <= one["single"][1] <= one["single"][2] for one in (pooled, small))
    assert small["training_seconds"] is None or small["training_seconds"] >= 0


def test_quartiles_are_in_order() -> None:
    assert cost.quartiles([4, 1, 3, 2, 5]) == [2, 3, 4]
    assert cost.quartiles([7]) == [7, 7, 7]
