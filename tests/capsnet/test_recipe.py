"""The parts of training that need no network: recipes, what an epoch draws, pictures held out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from capsnet.losses import TermWeights
from capsnet.recipe import Recipe, hold_out, kept_units, plan
from capsnet.training import history_path, state_path
from tests.capsnet.samples import barred_pictures


@given(st.integers(0, 2**31), st.integers(0, 200), st.integers(1, 60), st.integers(0, 3))
def test_a_plan_is_a_function_of_seed_and_epoch(seed: int, epoch: int, count: int, shift: int) -> None:
    recipe = Recipe(seed=seed, shift=shift)
    first = plan(recipe, epoch, count)
    torch.rand(7)  # whatever else is drawn
    again = plan(Recipe(seed=seed, shift=shift, peak_learning_rate=0.5), epoch, count)
    assert torch.equal(first.order, again.order)
    assert torch.equal(first.shifts, again.shifts)
    assert sorted(first.order.tolist()) == list(range(count))
    assert first.shifts.shape == (count, 2)
    assert int(first.shifts.abs().max()) <= shift


def test_plans_of_other_epochs_and_seeds_differ() -> None:
    plans = [plan(Recipe(seed=seed), epoch, 50) for seed in (1, 2) for epoch in (0, 1)]
    orders = {tuple(drawn.order.tolist()) for drawn in plans}
    shifts = {tuple(drawn.shifts.flatten().tolist()) for drawn in plans}
    assert len(orders) == len(shifts) == 4


def test_distortions_leave_order_and_shifts_alone() -> None:
    plain, bent = plan(Recipe(), 2, 40), plan(Recipe(rotation=5), 2, 40)
    assert plain.distortions is None
    assert torch.equal(plain.order, bent.order)
    assert torch.equal(plain.shifts, bent.shifts)


def test_a_share_of_the_pictures_stays_as_it_is() -> None:
    drawn = plan(Recipe(plain=0.25, rotation=9, elastic=0.5, seed=3), 1, 2000).distortions
    assert drawn is not None
    still = drawn.rotation == 0
    assert float(still.double().mean()) == pytest.approx(0.25, abs=0.04)
    assert torch.equal(still, (drawn.elastic == 0).all(dim=(1, 2, 3)))
    assert not drawn.shear.any()
    again = plan(Recipe(plain=0.25, rotation=9, elastic=0.5, seed=3), 1, 2000).distortions
    assert again is not None
    assert all(torch.equal(one, other) for one, other in zip(drawn, again, strict=True))


def test_parts_of_a_plan() -> None:
    drawn = plan(Recipe(rotation=9), 0, 17)
    part = drawn.take(slice(3, 16)).take(slice(1, None, 2))
    assert torch.equal(part.order, drawn.order[4:16:2])
    assert torch.equal(part.shifts, drawn.shifts[4:16:2])
    assert part.distortions is not None
    assert drawn.distortions is not None
    assert torch.equal(part.distortions.rotation, drawn.distortions.rotation[4:16:2])


def test_units_are_left_out_by_seed_epoch_and_step() -> None:
    recipe = Recipe(seed=3)
    kept = kept_units(recipe, 1, 2, (53, 1152), 0.2)
    assert kept is not None
    assert (kept.shape, kept.dtype) == ((53, 1152), torch.bool)
    assert float(kept.double().mean()) == pytest.approx(0.8, abs=0.01)
    again = [kept_units(recipe, epoch, step, (53, 1152), 0.2) for epoch, step in ((1, 2), (1, 3), (2, 2))]
    assert [other is not None and torch.equal(kept, other) for other in again] == [True, False, False]
    assert kept_units(recipe, 1, 2, (53, 1152), 0.0) is None


def test_the_agreement_loss_s_weight_moves_in_a_straight_line() -> None:
    recipe = Recipe(unrolled=True, agreement=0.2, agreement_last=0.05, long_votes=0.01)
    assert [recipe.terms(done).agreement for done in (0, 1 / 3, 1)] == pytest.approx([0.2, 0.15, 0.05])
    assert {recipe.terms(done).long_votes for done in (0, 0.5, 1)} == {0.01}
    assert Recipe().terms(0.5) == TermWeights()


def test_all_shifts_are_drawn() -> None:
    drawn = plan(Recipe(shift=2), 0, 1000).shifts
    assert {tuple(shift) for shift in drawn.tolist()} == {(r, c) for r in range(-2, 3) for c in range(-2, 3)}


def test_planning_leaves_the_global_generator_alone() -> None:
    torch.manual_seed(1)
    expected = torch.rand(3)
    torch.manual_seed(1)
    plan(Recipe(), 0, 10)
    assert torch.equal(torch.rand(3), expected)


def test_held_out_pictures_are_not_trained_on() -> None:
    data = barred_pictures(31)
    kept, held = hold_out(data, 7)
    assert (len(kept), len(held)) == (24, 7)
    pixels = [picture.numpy().tobytes() for part in (kept, held) for picture in part.images]
    assert sorted(pixels) == sorted(picture.numpy().tobytes() for picture in data.images)
    assert hold_out(data, 7)[1].md5 == held.md5  # recipes are compared on the same pictures
    places = sorted([picture.numpy().tobytes() for picture in data.images].index(p) for p in pixels[-7:])
    assert places[-1] - places[0] > 10  # at random, not the first or the last


def test_something_must_be_left_to_train_on() -> None:
    with pytest.raises(ValueError, match="must leave pictures to train on; got 31 of 31"):
        hold_out(barred_pictures(31), 31)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"capsule_dropout": 1.0}, "capsule_dropout must be a share below 1; got 1.0"),
        ({"unrolled": True, "agreement": -0.1}, "agreement must be at least 0"),
        ({"agreement_last": 0.1}, "agreement needs gradients through all iterations"),
        ({"fresh_votes": True}, "fresh_votes needs a start"),
        ({"epochs": 0}, "epochs must be at least 1; got 0"),
        ({"batch_size": 0}, "batch_size must be at least 1"),
        ({"shift": -1}, "shift must be at least 0; got -1"),
        ({"seed": -1}, "seed must be at least 0"),
        ({"held_out": -5}, "held_out must be at least 0"),
        ({"peak_learning_rate": 0.0}, "peak_learning_rate must be above 0 .*0.002"),
        ({"peak_learning_rate": float("nan")}, "peak_learning_rate must be above 0 .*nan"),
        ({"warmup": 1.0}, "warmup must be a share between 0 and 1"),
        ({"pen": -1}, "pen must be at least 0; got -1"),
        ({"others": -1}, "others must be at least 0; got -1"),
        ({"start_share": 0.2}, "start_share must be a share below 1, and needs a start; got 0.2"),
        ({"start": "a", "start_digest": "b", "start_share": 1}, "start_share must be a share below 1"),
        ({"plain": 1.5}, "plain must be a share, 0 to 1; got 1.5"),
        ({"rotation": 100}, "rotation must lie in 0 .* to 90; got 100"),
        ({"start": "mnist.safetensors"}, "start and its digest belong together"),
    ],
)
def test_nonsense_is_rejected_with_the_way_out(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Recipe(**changes)


def test_the_runs_files_are_beside_the_checkpoint() -> None:
    assert state_path(Path("runs/a.safetensors")) == Path("runs/a.state.safetensors")
    assert history_path(Path("runs/a.safetensors")) == Path("runs/a.history.jsonl")
