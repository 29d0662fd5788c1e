from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
import torch

from capsnet import CapsNet
from explorer.reading import CapsuleReading, read


def test_a_reading_holds_the_numbers_of_the_trace(small_model: CapsNet, reading: CapsuleReading) -> None:
    image = torch.from_numpy(reading.image.copy())[None, None]
    trace = small_model.trace(image, 4)
    np.testing.assert_array_equal(reading.votes, trace.votes[0].numpy())
    np.testing.assert_array_equal(reading.couplings, trace.couplings[:, 0].numpy())
    np.testing.assert_array_equal(reading.sums, trace.sums[:, 0].numpy())
    np.testing.assert_array_equal(reading.lengths, trace.lengths[:, 0].numpy())
    assert reading.iterations == 4
    assert reading.trained_iterations == 3
    assert reading.grid == (3, 5, 5)
    assert reading.places == (2, 2)


def test_each_capsule_draws_from_its_own_last_pose(small_model: CapsNet, reading: CapsuleReading) -> None:
    poses = torch.from_numpy(reading.poses[-1].copy())[None]
    for label in range(5):
        drawn = small_model.reconstruct(poses, torch.tensor([label]))[0, 0].detach().numpy()
        np.testing.assert_allclose(reading.reconstructions[label], drawn, atol=1e-6)


def test_nobody_can_change_a_reading(reading: CapsuleReading) -> None:
    for field in fields(CapsuleReading):
        value = getattr(reading, field.name)
        if isinstance(value, np.ndarray):
            assert value.dtype == np.float32
            with pytest.raises(ValueError, match="read-only"):
                value[...] = 0


def test_a_reading_keeps_a_copy_of_the_picture(small_model: CapsNet) -> None:
    image = np.zeros((13, 13), np.float32)
    kept = read(small_model, image).image
    image[:] = 1
    assert kept.max() == 0


def test_a_picture_that_is_no_picture_is_refused(small_model: CapsNet) -> None:
    with pytest.raises(ValueError, match="divide by 255"):
        read(small_model, np.full((13, 13), 255, np.float32))
