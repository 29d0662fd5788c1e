"""What the anatomy is given, and what it hears from browsers."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load

from capsnet import CapsNet, checkpoint
from explorer.components.anatomy.component import _about
from explorer.components.anatomy.packing import filters, whole
from explorer.networks import Network
from explorer.poses import decode, turned, turnings
from explorer.reading import CapsuleReading
from explorer.views.overview import dial
from tests.capsnet.samples import make_card


@pytest.fixture
def network(small_model: CapsNet, tmp_path: Any) -> Network:
    file = tmp_path / "small.safetensors"
    checkpoint.write(file, small_model, make_card(small_model.config))
    return Network("small", checkpoint.read(file))


@pytest.mark.parametrize("step", [1 / 255, 0.3])
def test_whole_numbers_are_the_nearest(step: float) -> None:
    values = np.array([-1.0, -0.3, 0, 0.49, 1.0, 38.25], np.float32)
    found = whole("x", values, step)
    numbers = found["x.high"].astype(int) * 256 + found["x.low"]
    assert np.abs(numbers * step - values).max() <= step / 2 + 1e-6
    assert not found["x.high"][np.abs(values) < 127 * step].any()


def test_filters_are_the_networks(network: Network) -> None:
    tensors = load(gzip.decompress(filters(network.checkpoint)))
    weights = network.checkpoint.model.state_dict()
    assert tensors["weights"].shape == (5, 3, 3)
    np.testing.assert_allclose(tensors["weights"], weights["convolution.weight"].numpy()[:, 0], atol=1e-3)
    np.testing.assert_array_equal(tensors["biases"], weights["convolution.bias"].numpy())


def test_only_words_about_this_digit_are_heard() -> None:
    assert _about("this", 7, {"name": "this", "index": 6}) == 6
    malformed: list[Any] = [
        {"name": "other", "index": 6},
        {"name": "this", "index": 7},
        {"name": "this", "index": True},
        {"name": "this"},
        None,
        6,
    ]
    for sent in malformed:
        with pytest.raises((LookupError, TypeError, ValueError)):
            _about("this", 7, sent)


def test_directions_are_at_right_angles_and_the_first_changes_most(network: Network) -> None:
    model, card = network.checkpoint.model, network.card
    found = turnings(model, card, 3)
    assert found.shape == (5, 3, 11)
    means = np.array(card.pose_mean, np.float32)
    for capsule, (mean, directions) in enumerate(zip(means, found, strict=True)):
        np.testing.assert_allclose(directions @ directions.T, np.eye(3), atol=1e-4)
        np.testing.assert_allclose(directions @ mean, 0, atol=1e-4)
        here = decode(model, capsule, mean[None])[0]
        moved = decode(model, capsule, mean + 0.01 * directions)
        changes = np.square(moved - here).sum(axis=(1, 2))
        assert changes[0] >= changes[1] * 0.98
        assert changes[1] >= changes[2] * 0.98


def test_a_turned_pose_keeps_its_plane_and_takes_its_length() -> None:
    pose, direction = np.array([0, 0.6, 0], np.float32), np.array([5, 3, 0], np.float32)
    found = turned(pose, direction, np.array([0.0, 90.0]), np.array([1.0, 0.5]))
    expected = np.array([[[0, 1, 0], [0, 0.5, 0]], [[1, 0, 0], [0.5, 0, 0]]], np.float32)
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_the_dial_has_pictures_of_the_pose_itself(network: Network, reading: CapsuleReading) -> None:
    found = dial.dial(network, reading, 3)
    own = found.pictures[found.angles.index(0), 0]
    np.testing.assert_allclose(own, reading.reconstructions[3], atol=1e-3)  # files hold half precision
    assert found.lengths[0] == pytest.approx(float(reading.lengths[-1, 3]))
    silent = replace(reading, poses=np.zeros_like(reading.poses), lengths=np.zeros_like(reading.lengths))
    assert np.isfinite(dial.dial(network, silent, 3).pictures).all()


def test_capsules_that_see_nothing_are_alike_at_all_places(network: Network) -> None:
    found = dial.empty(network)
    config = network.checkpoint.model.config
    nothing = network.capsule_reading(np.zeros((config.image_size, config.image_size), np.float32))
    expected = nothing.primary.reshape(config.primary_channels, -1, config.primary_pose)
    np.testing.assert_allclose(np.broadcast_to(found[:, None], expected.shape), expected, atol=1e-6)
