"""A primary capsule is P channels at one place, numbered channel, row, column, and sees one square of the picture."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from capsnet.model import PrimaryCapsules
from capsnet.routing import squash
from tests.capsnet.samples import CONFIG, random_pictures, small_model

P, GRID = CONFIG.primary_pose, CONFIG.grid_size
PLACES = [(row, column) for row in range(GRID) for column in range(GRID)]


def capsule_index(channel: int, row: int, column: int) -> int:
    """Capsules are numbered by channel, then row, then column."""
    return (channel * GRID + row) * GRID + column


def read_maps(maps: Tensor) -> Tensor:
    """The primary capsules made of given outputs of their convolution."""
    capsules = PrimaryCapsules(CONFIG)
    setattr(capsules, "convolution", nn.Identity())  # noqa: B010 - to a type checker it stays a convolution
    read: Tensor = capsules(maps)
    return read


def test_a_pose_is_p_neighbouring_channels_at_one_place() -> None:
    maps = torch.randn(2, 3 * P, GRID, GRID)
    poses = read_maps(maps)
    assert poses.shape == (2, 75, P)
    for channel in range(3):
        for row, column in PLACES:
            pose = maps[:, channel * P : (channel + 1) * P, row, column]
            torch.testing.assert_close(poses[:, capsule_index(channel, row, column)], squash(pose))


def test_a_change_at_one_place_changes_the_capsules_there_and_no_others() -> None:
    maps = torch.randn(1, 3 * P, GRID, GRID)
    for row, column in PLACES:
        changed = maps.clone()
        changed[:, :, row, column] += 1
        different = (read_maps(changed) != read_maps(maps)).any(dim=2)[0].nonzero()[:, 0].tolist()
        assert different == [capsule_index(channel, row, column) for channel in range(3)]


def test_primary_capsules_are_squashed() -> None:
    primary = small_model().trace(random_pictures(2)).primary
    assert 0 < float(primary.norm(dim=-1).max()) < 1


@pytest.mark.parametrize("channel", range(3))
def test_a_capsule_sees_exactly_its_patch(channel: int) -> None:
    model = small_model().double()
    for row, column in PLACES:
        images = random_pictures(1).double().requires_grad_()
        capsules = model.primary_capsules(model.convolution(images).relu())
        pose = capsules[0, capsule_index(channel, row, column)]
        (gradient,) = torch.autograd.grad(pose.sum(), images)
        top, left = CONFIG.primary_stride * row, CONFIG.primary_stride * column
        expected = torch.zeros(13, 13, dtype=torch.bool)
        expected[top : top + CONFIG.patch_size, left : left + CONFIG.patch_size] = True
        assert torch.equal(gradient[0, 0] != 0, expected)


def test_pixels_outside_the_patch_leave_a_trace_alone() -> None:
    model, images = small_model().double(), random_pictures(1).double()
    capsule = capsule_index(2, 1, 3)
    top, left = CONFIG.primary_stride * 1, CONFIG.primary_stride * 3
    noise = random_pictures(1, seed=9).double()
    noise[..., top : top + CONFIG.patch_size, left : left + CONFIG.patch_size] = images[
        ..., top : top + CONFIG.patch_size, left : left + CONFIG.patch_size
    ]
    before, after = model.trace(images).primary[0], model.trace(noise).primary[0]
    torch.testing.assert_close(after[capsule], before[capsule], rtol=0, atol=1e-12)
    assert int((after - before).abs().amax(dim=1).gt(1e-6).sum()) == 74 - 2  # all but the three capsules of the place
