"""Pictures changed as a reader would forgive or not: each change alone, by values worked out by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from capsnet.distortion import Ranges, distorted, sample
from capsnet.perturbation import AMOUNTS, IN_PLACE, Perturbation, perturbed
from tests.capsnet.test_distortion import dot, place

CORNERS = torch.tensor(
    [
        [0.1, 0.2, 0.0, 0.0],
        [0.3, 0.4, 0.0, 0.0],
        [0.0, 0.0, 0.5, 0.6],
        [0.0, 0.0, 0.7, 0.8],
    ]
)[None, None]
"""Quarters of four different numbers: 0 (top left) and 3 (bottom right) hold them, 1 and 2 are empty."""


def changed(picture: Tensor, **amounts: Any) -> Tensor:
    return perturbed(picture, Perturbation(**amounts))


def amounts(name: str) -> st.SearchStrategy[float]:
    return st.floats(AMOUNTS[name][0], AMOUNTS[name][-1])


@given(st.integers(0, 2**32), st.integers(1, 5))
def test_nothing_asked_changes_nothing(seed: int, count: int) -> None:
    images = torch.rand(count, 1, 7, 11, generator=torch.Generator().manual_seed(seed))
    assert torch.equal(perturbed(images, Perturbation()), images)


@given(st.fixed_dictionaries({name: amounts(name) for name in AMOUNTS}), st.integers(0, 2**32))
def test_pictures_stay_pictures(chosen: dict[str, float], seed: int) -> None:
    images = torch.rand(3, 1, 11, 13, generator=torch.Generator().manual_seed(seed))
    found = changed(images, **chosen)
    assert found.shape == images.shape
    assert 0 <= float(found.min()) <= float(found.max()) <= 1


def test_a_quarter_turn_is_clockwise() -> None:
    right, down = place(changed(dot(6, 10), rotation=90)), place(changed(dot(10, 6), rotation=90))
    assert right == pytest.approx((10, 6), abs=0.05)  # what was right is below
    assert down == pytest.approx((6, 2), abs=0.05)  # what was below is left
    assert place(changed(dot(6, 10), rotation=-90)) == pytest.approx((2, 6), abs=0.05)


def test_an_eighth_turn_is_on_the_way() -> None:
    step = 4 / 2**0.5
    assert place(changed(dot(6, 10), rotation=45)) == pytest.approx((6 + step, 6 + step), abs=0.1)


def test_moved_right_and_down_by_whole_pixels() -> None:
    assert torch.equal(changed(dot(4, 3), right=5, down=2), dot(6, 8))
    assert torch.equal(changed(dot(6, 8), right=-5, down=-2), dot(4, 3))
    assert not changed(dot(4, 1), right=-4).any()  # what leaves is gone


def test_scale_is_about_the_middle() -> None:
    row, column = place(changed(dot(6, 8), scale=1.5))
    assert (row, column) == pytest.approx((6, 9), abs=0.1)
    assert place(changed(dot(3, 6), scale=0.5)) == pytest.approx((4.5, 6), abs=0.1)
    square = torch.zeros(1, 1, 13, 13)
    square[..., 4:9, 4:9] = 1  # 5 x 5
    assert float(changed(square, scale=1.6).sum()) == pytest.approx(64, rel=0.05)  # 8 x 8


def test_strokes_grow_by_so_many_pixels_on_each_side() -> None:
    bar = torch.zeros(1, 1, 11, 13)
    bar[..., 5, :] = 1
    assert changed(bar, thickness=2)[0, 0, :, 6].tolist() == pytest.approx([0] * 3 + [1] * 5 + [0] * 3, abs=1e-5)
    assert changed(bar, thickness=1.5)[0, 0, :, 6].tolist() == pytest.approx(
        [0] * 3 + [0.5, 1, 1, 1, 0.5] + [0] * 3, abs=1e-5
    )
    thick = changed(bar, thickness=2)
    assert torch.allclose(changed(thick, thickness=-1), changed(bar, thickness=1), atol=1e-5)


def test_a_square_of_background_hides_what_is_under_it() -> None:
    hidden = changed(torch.ones(1, 1, 10, 14), hidden=4)[0, 0]
    assert (hidden == 0).nonzero().tolist() == [[row, column] for row in range(3, 7) for column in range(5, 9)]
    corner = changed(torch.ones(1, 1, 10, 14), hidden=4, hidden_at=(0.0, 1.0))[0, 0]
    assert (corner == 0).nonzero().tolist() == [[0, 12], [0, 13], [1, 12], [1, 13]]


def test_less_contrast_is_nearer_to_grey() -> None:
    levels = torch.tensor([0.0, 0.25, 0.5, 1.0]).view(1, 1, 2, 2)
    assert changed(levels, contrast=0.4).flatten().tolist() == pytest.approx([0.3, 0.4, 0.5, 0.7])


def test_noise_is_alike_for_alike_shapes_and_as_strong_as_asked() -> None:
    grey = torch.full((5, 1, 101, 103), 0.5)
    noise = changed(grey, noise=0.1) - grey
    assert torch.equal(changed(grey * 1.0, noise=0.1) - grey, noise)
    assert float(noise.mean()) == pytest.approx(0, abs=0.002)
    assert float(noise.std()) == pytest.approx(0.1, abs=0.002)
    assert not torch.equal(noise[0], noise[1])
    twice = changed(grey, noise=0.2) - grey
    inside = twice.abs() < 0.5
    assert torch.allclose(twice[inside], 2 * noise[inside], atol=1e-6)


def test_quarters_are_laid_where_they_are_asked() -> None:
    across = changed(CORNERS, quarters=((3, 0), (2, 0), (1, 0), (0, 0)))[0, 0]
    assert torch.equal(across, CORNERS[0, 0].roll((2, 2), dims=(0, 1)))
    top_and_bottom = changed(CORNERS, quarters=((2, 0), (3, 0), (0, 0), (1, 0)))[0, 0]
    assert torch.equal(top_and_bottom, CORNERS[0, 0].roll(2, dims=0))
    left_and_right = changed(CORNERS, quarters=((1, 0), (0, 0), (3, 0), (2, 0)))[0, 0]
    assert torch.equal(left_and_right, CORNERS[0, 0].roll(2, dims=1))


def test_quarters_are_turned_clockwise_in_their_places() -> None:
    turned = changed(CORNERS, quarters=((0, 1), (1, 0), (2, 0), (3, 2)))[0, 0]
    assert turned[:2, :2].tolist() == torch.tensor([[0.3, 0.1], [0.4, 0.2]]).tolist()
    assert turned[2:, 2:].tolist() == torch.tensor([[0.8, 0.7], [0.6, 0.5]]).tolist()


def test_quarters_turned_four_times_are_as_they_were() -> None:
    images = torch.rand(3, 1, 14, 14, generator=torch.Generator().manual_seed(5))
    once = Perturbation(quarters=((0, 1), (1, 1), (2, 1), (3, 1)))
    found = images
    for _ in range(4):
        found = perturbed(found, once)
    assert torch.equal(found, images)


def test_only_square_pictures_of_even_size_have_four_quarters() -> None:
    swapped = Perturbation(quarters=((1, 0), (0, 0), (2, 0), (3, 0)))
    for shape in ((1, 1, 13, 13), (1, 1, 10, 14)):
        with pytest.raises(ValueError, match="square pictures of even size"):
            perturbed(torch.zeros(shape), swapped)


def test_changes_follow_one_another_in_the_order_of_the_fields() -> None:
    """Turned about the middle, then moved: the contrary would bring the dot elsewhere."""
    assert place(changed(dot(6, 9), rotation=90, right=2)) == pytest.approx((9, 8), abs=0.05)
    left = changed(dot(6, 6), contrast=0.2, hidden=6)
    assert left.unique().tolist() == pytest.approx([0.4])  # what is hidden fades, too


def test_sliders_stop_evenly_at_amounts_with_the_default_among_them() -> None:
    nothing = Perturbation()
    for name, stops in AMOUNTS.items():
        assert getattr(nothing, name) in stops
        steps = {round(later - earlier, 6) for earlier, later in pairwise(stops)}
        assert len(steps) == 1
        assert steps.pop() > 0


@pytest.mark.parametrize(
    ("amounts", "message"),
    [
        ({"rotation": 91}, "rotation must lie in -90 to 90; got 91"),
        ({"scale": 0.0}, "scale must lie in 0.4 to 1.6"),
        ({"noise": float("nan")}, "noise must lie in"),
        ({"hidden_at": (0.5, 1.5)}, "two shares"),
        ({"quarters": ((0, 0), (0, 0), (2, 0), (3, 0))}, "each once"),
        ({"quarters": (*IN_PLACE[:3], (3, 4))}, "0 to 3 right angles"),
    ],
)
def test_what_is_out_of_range_is_refused(amounts: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Perturbation(**amounts)


def test_turning_and_thickness_are_those_of_training() -> None:
    """The same arithmetic as the distortions that networks are trained with."""
    images = torch.rand(3, 1, 11, 13, generator=torch.Generator().manual_seed(7))
    nothing = sample(Ranges(), 3, torch.Generator())
    turned = distorted(images, nothing._replace(rotation=torch.full((3,), 17.0)))
    assert torch.equal(changed(images, rotation=17.0), turned)
