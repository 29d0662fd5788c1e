"""Pictures bent at random: nothing where nothing was asked for, and as far and whither it was asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from capsnet.distortion import KNOTS, Distortions, Ranges, distorted, sample

WIDE = Ranges(rotation=20, shear=0.3, scale=0.2, elastic=1.5, thickness=0.7)


def dot(row: int, column: int, size: int = 13) -> Tensor:
    """A picture with one bright spot of 3 x 3 pixels, [1, 1, size, size]."""
    picture = torch.zeros(1, 1, size, size)
    picture[:, :, row - 1 : row + 2, column - 1 : column + 2] = 1
    return picture


def place(picture: Tensor) -> tuple[float, float]:
    """Row and column of the centre of mass."""
    rows, columns = torch.arange(picture.shape[2]), torch.arange(picture.shape[3])
    total = picture.sum()
    return float((picture[0, 0].sum(1) * rows).sum() / total), float((picture[0, 0].sum(0) * columns).sum() / total)


def only(**values: Any) -> Distortions:
    """One picture's distortions: nothing but these."""
    none = sample(Ranges(), 1, torch.Generator())
    return none._replace(**{name: torch.as_tensor(value).float() for name, value in values.items()})


@given(st.integers(0, 2**32), st.integers(1, 5))
def test_no_range_changes_nothing(seed: int, count: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    images = torch.rand(count, 1, 7, 11, generator=generator)
    assert distorted(images, sample(Ranges(), count, generator)) == pytest.approx(images, abs=1e-5)


@given(st.integers(0, 2**32))
def test_pictures_stay_pictures(seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    images = torch.rand(5, 1, 11, 13, generator=generator)
    changed = distorted(images, sample(WIDE, 5, generator))
    assert changed.shape == images.shape
    assert 0 <= float(changed.min()) <= float(changed.max()) <= 1


def test_all_of_each_range_is_drawn_and_no_more() -> None:
    drawn = sample(WIDE, 2000, torch.Generator().manual_seed(1))
    assert drawn.scale.shape == (2000, 2)
    assert drawn.elastic.shape == (2000, 2, KNOTS, KNOTS)
    for name, values in drawn._asdict().items():
        most = getattr(WIDE, name)
        assert 0.95 * most < float(values.max()) <= most
        assert -most <= float(values.min()) < -0.95 * most
        assert float(values.mean()) == pytest.approx(0, abs=0.1 * most)


def test_positive_angles_turn_to_the_right() -> None:
    """What is above the middle goes to the right of it."""
    assert place(distorted(dot(2, 6), only(rotation=[90.0]))) == pytest.approx((6, 10), abs=0.05)
    assert place(distorted(dot(2, 6), only(rotation=[-90.0]))) == pytest.approx((6, 2), abs=0.05)
    assert place(distorted(dot(2, 6), only(rotation=[45.0]))) == pytest.approx((6 - 8**0.5, 6 + 8**0.5), abs=0.1)


def test_positive_shear_leans_to_the_right() -> None:
    assert place(distorted(dot(2, 6), only(shear=[0.5]))) == pytest.approx((2, 8), abs=0.05)
    assert place(distorted(dot(10, 6), only(shear=[0.5]))) == pytest.approx((10, 4), abs=0.05)


def test_scale_is_across_and_down() -> None:
    assert place(distorted(dot(4, 8), only(scale=[[0.5, 0.0]]))) == pytest.approx((4, 6 + 2 * 1.5), abs=0.05)
    assert place(distorted(dot(4, 8), only(scale=[[0.0, 0.5]]))) == pytest.approx((6 - 2 * 1.5, 8), abs=0.05)
    assert place(distorted(dot(2, 2), only(scale=[[-0.5, -0.5]]))) == pytest.approx((4, 4), abs=0.05)


def test_knots_displace_right_and_down_by_pixels() -> None:
    knots = torch.zeros(1, 2, KNOTS, KNOTS)
    knots[:, 0], knots[:, 1] = 2.0, -1.0
    assert place(distorted(dot(6, 6), only(elastic=knots))) == pytest.approx((5, 8), abs=0.05)


def test_a_knot_moves_what_is_near_it() -> None:
    knots = torch.zeros(1, 2, KNOTS, KNOTS)
    knots[:, 0, 1, 1] = 1.0  # a quarter of the way down and across: pixel 3 of 0 to 12
    moved = [place(distorted(dot(*spot), only(elastic=knots)))[1] - spot[1] for spot in ((3, 3), (9, 9))]
    assert moved[0] > 0.4
    assert moved[1] == pytest.approx(0, abs=0.05)


def test_thickness_is_the_way_to_one_pixel_more_or_less() -> None:
    picture = dot(6, 6)
    thicker, half, thinner = (distorted(picture, only(thickness=[t]))[0, 0] for t in (1.0, 0.5, -1.0))
    assert thicker[4:9, 4:9] == pytest.approx(torch.ones(5, 5), abs=1e-5)
    assert float(thicker.sum()) == pytest.approx(25, abs=1e-3)
    assert float(half.sum()) == pytest.approx(9 + 16 / 2, abs=1e-3)
    assert float(thinner.sum()) == pytest.approx(1, abs=1e-3)
    assert float(thinner[6, 6]) == pytest.approx(1, abs=1e-5)


def test_thin_strokes_are_not_lost() -> None:
    """One pixel wide, all of it is rim: what is left keeps its darkness."""
    line = torch.zeros(1, 1, 9, 9)
    line[..., 1:8, 4] = 0.75
    left = distorted(line, only(thickness=[-0.9]))
    assert left == pytest.approx(line, abs=1e-4)
    assert not distorted(torch.zeros(1, 1, 9, 9), only(thickness=[-1.0])).any()


def test_each_picture_has_its_own() -> None:
    images = dot(2, 6).expand(2, -1, -1, -1)
    turned = sample(Ranges(), 2, torch.Generator())._replace(rotation=torch.tensor([0.0, 90.0]))
    first, second = distorted(images, turned).split(1)
    assert place(first) == pytest.approx((2, 6), abs=0.05)
    assert place(second) == pytest.approx((6, 10), abs=0.05)
    assert distorted(images, turned)[1:] == pytest.approx(distorted(images[1:], turned.take(slice(1, 2))))


@pytest.mark.parametrize(
    ("name", "value"),
    [("rotation", -1), ("rotation", 91), ("shear", 1.1), ("scale", 0.6), ("elastic", 5), ("thickness", float("nan"))],
)
def test_nonsense_is_rejected(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=rf"{name} must lie in 0 \(none\) to .*; got {value}"):
        replace(WIDE, **{name: value})
