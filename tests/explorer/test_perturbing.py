"""The digit changed stop by stop: as the measurements do it, with room around it, and normalised again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from capsnet.perturbation import AMOUNTS, Perturbation, perturbed
from explorer.arrays import Floats
from explorer.perturbing import ARRANGEMENTS, PARTS, neutral, pictures, stops
from tests.explorer.pages import image_of

FOUR = image_of("cursive-4")


def one(change: Perturbation, *, renormalised: bool = False) -> Floats:
    found, inked = pictures(FOUR, (change,), renormalised=renormalised)
    assert inked == (True,)
    return found[0]


def as_measured(change: Perturbation) -> Floats:
    made: Floats = perturbed(torch.tensor(FOUR)[None, None], change)[0, 0].numpy()
    return made


@pytest.mark.parametrize(
    "change",
    [
        {"rotation": 35.0},
        {"right": -3.0},
        {"down": 7.0},
        {"scale": 0.7},
        {"thickness": 0.5},
        {"hidden": 8.0, "hidden_at": (0.25, 0.75)},
        {"contrast": 0.4},
        {"noise": 0.3},
        {"quarters": ARRANGEMENTS["crosswise"]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_one_change_left_as_it_lies_is_what_is_measured_on_the_test_set(change: dict[str, Any]) -> None:
    np.testing.assert_allclose(one(Perturbation(**change)), as_measured(Perturbation(**change)), atol=2e-3)


def test_what_leaves_the_picture_is_not_lost_for_what_comes_after() -> None:
    there = one(Perturbation(right=12.0))
    assert there[:, :12].max() == 0
    again = one(Perturbation(right=12.0), renormalised=True)
    np.testing.assert_allclose(again, one(Perturbation(), renormalised=True), atol=1e-6)  # the shift is undone


def test_normalising_again_brings_back_size_too() -> None:
    def width(picture: Floats) -> int:
        return int(np.ptp(np.flatnonzero(picture.max(axis=0) > 0.1))) + 1

    small = Perturbation(scale=0.5)
    assert width(one(small)) < 0.7 * width(FOUR)
    assert abs(width(one(small, renormalised=True)) - width(FOUR)) <= 2


def test_pixels_are_changed_after_normalising() -> None:
    faded = one(Perturbation(contrast=0.5, rotation=90.0), renormalised=True)
    turned = one(Perturbation(rotation=90.0), renormalised=True)
    np.testing.assert_allclose(faded, 0.5 + 0.5 * (turned - 0.5), atol=1e-6)


@pytest.mark.parametrize("renormalised", [False, True])
def test_nothing_left_is_said(renormalised: bool) -> None:
    dot = np.zeros((28, 28), np.float32)
    dot[14, 14] = 1
    changes = (Perturbation(), Perturbation(hidden=10.0))
    found, inked = pictures(dot, changes, renormalised=renormalised)
    assert inked == (True, False)
    assert found[1].max() == 0
    assert not found.flags.writeable


@pytest.mark.parametrize("kind", AMOUNTS)
def test_stops_differ_in_what_is_varied_alone(kind: str) -> None:
    change = Perturbation(rotation=5.0, noise=0.1)
    found = stops(change, kind)
    assert [getattr(stop, kind) for stop in found] == list(AMOUNTS[kind])
    assert {replace(stop, **{kind: AMOUNTS[kind][0]}) for stop in found} == {found[0]}
    assert getattr(found[neutral(kind)], kind) == getattr(Perturbation(), kind)


def test_stops_of_parts_are_the_ready_arrangements_and_ones_own() -> None:
    ready = stops(Perturbation(rotation=5.0), PARTS)
    assert [stop.quarters for stop in ready] == list(ARRANGEMENTS.values())
    assert {stop.rotation for stop in ready} == {5.0}
    assert ready[neutral(PARTS)].quarters == Perturbation().quarters
    own = ((1, 3), (0, 0), (2, 0), (3, 0))
    assert [stop.quarters for stop in stops(Perturbation(quarters=own), PARTS)][-1] == own
    assert len(stops(Perturbation(quarters=own), PARTS)) == len(ready) + 1


def test_pictures_of_other_sizes() -> None:
    image = np.zeros((36, 36), np.float32)
    image[10:26, 17:20] = 1
    found, inked = pictures(image, stops(Perturbation(), "rotation"), renormalised=True)
    assert found.shape == (len(AMOUNTS["rotation"]), 36, 36)
    assert all(inked)


def test_what_was_made_is_kept() -> None:
    changes = (Perturbation(rotation=15.0),)
    first, _ = pictures(FOUR, changes, renormalised=False)
    assert pictures(FOUR.copy(), changes, renormalised=False)[0] is first
