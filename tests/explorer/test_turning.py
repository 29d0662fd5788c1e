"""A digit's picture turned, by hand values and invariants."""

from __future__ import annotations

import numpy as np
import pytest

from capsnet import CapsNet
from explorer.poses import decode
from explorer.reading import CapsuleReading, read
from explorer.turning import ANGLES, STEP, read_turned, rotated

SMALL = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]], np.float32)


def test_a_picture_turned_by_nothing_is_itself() -> None:
    image = np.random.default_rng(5).random((13, 13), np.float32)
    np.testing.assert_array_equal(rotated(image, 0), image)


@pytest.mark.parametrize(
    ("angle", "expected"),
    [
        (90, [[7, 4, 1], [8, 5, 2], [9, 6, 3]]),
        (-90, [[3, 6, 9], [2, 5, 8], [1, 4, 7]]),
        (180, [[9, 8, 7], [6, 5, 4], [3, 2, 1]]),
    ],
)
def test_right_angles_move_whole_pixels_clockwise(angle: int, expected: list[list[float]]) -> None:
    np.testing.assert_allclose(rotated(SMALL, angle), expected, atol=1e-6)
    even = np.pad(SMALL, ((0, 1), (0, 1)))
    np.testing.assert_allclose(rotated(even, angle), np.rot90(even, -angle // 90), atol=1e-5)


def test_half_a_right_angle_mixes_four_pixels() -> None:
    image = np.zeros((3, 3), np.float32)
    image[0, 1] = 1  # above the middle: it goes to the upper right, between its corner and the two beside it
    turned = rotated(image, 45)
    near = 1 - np.sqrt(0.5)  # how far the corner's origin lies from a row of pixels
    assert turned[0, 2] == pytest.approx(1 - (np.sqrt(2) - 1), abs=1e-6)  # its origin is (0, -sqrt(2)), 0.41 above
    assert turned[0, 1] == pytest.approx((1 - np.sqrt(0.5)) * np.sqrt(0.5), abs=1e-6)
    assert turned[1, 1] == 0
    assert near == pytest.approx(0.2929, abs=1e-4)


def test_what_leaves_the_picture_is_gone_and_nothing_comes_in() -> None:
    turned = rotated(np.ones((28, 28), np.float32), 45)
    assert turned[0, 0] == turned[27, 27] == 0
    assert turned[13, 13] == pytest.approx(1)


def test_a_picture_must_be_square() -> None:
    with pytest.raises(ValueError, match="square"):
        rotated(np.zeros((3, 5), np.float32), 5)


def test_every_angle_is_read_as_a_picture_of_its_own(small_model: CapsNet, reading: CapsuleReading) -> None:
    turning = read_turned(small_model, reading.image, 3, 2)
    assert turning.lengths.shape == (len(ANGLES), 5)
    assert turning.poses.shape == (len(ANGLES), 11)
    for place in (0, ANGLES.index(0), ANGLES.index(35)):
        alone = read(small_model, rotated(reading.image, ANGLES[place]), 2)
        np.testing.assert_allclose(turning.lengths[place], alone.lengths[-1], atol=1e-6)
        np.testing.assert_allclose(turning.poses[place], alone.poses[-1, 3], atol=1e-6)
        drawn = decode(small_model, 3, alone.poses[-1, 3][None])[0]
        np.testing.assert_allclose(turning.drawings[place], drawn, atol=1e-5)


def test_angles_are_even_and_hold_the_upright_picture() -> None:
    assert np.diff(ANGLES).tolist() == [STEP] * (len(ANGLES) - 1)
    assert (ANGLES[0], ANGLES[-1], ANGLES.count(0)) == (-60, 60, 1)
