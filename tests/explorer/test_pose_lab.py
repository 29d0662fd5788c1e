"""What Python gives to the browser; what the browser makes of it is tested there."""

from __future__ import annotations

import base64
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from capsnet import CapsNet
from explorer import pose_lab
from explorer.pose_lab import Subject
from explorer.reading import DigitReading


@pytest.fixture
def network(small_model: CapsNet) -> Any:
    """A stand-in for a checkpoint: a model, a card's tables and a digest."""
    table = np.zeros((5, 11)).tolist()
    card = SimpleNamespace(pose_mean=table, pose_std=table, config=small_model.config)
    return SimpleNamespace(model=small_model, card=card, digest="0123456789abcdef")


def test_the_decoder_is_packed_layer_by_layer_one_row_an_input(network: Any) -> None:
    numbers = np.frombuffer(base64.b64decode(pose_lab.packed(network)), "<f2")
    sizes, start = (5 * 11, 13, 17, 13 * 13), 0
    layers = [layer for layer in network.model.decoder if isinstance(layer, torch.nn.Linear)]
    for layer, rows, width in zip(layers, sizes, sizes[1:], strict=False):
        weights = numbers[start : start + rows * width].reshape(rows, width)
        np.testing.assert_array_equal(weights, layer.weight.detach().half().numpy().T)
        start += rows * width
        np.testing.assert_array_equal(numbers[start : start + width], layer.bias.detach().half().numpy())
        start += width
    assert start == len(numbers)


def test_a_subject_is_named_by_network_capsule_and_pose(network: Any, reading: DigitReading) -> None:
    other_network: Any = SimpleNamespace(**{**vars(network), "digest": "another digest"})
    other_reading = replace(reading, poses=reading.poses + np.float32(0.001))
    names = {
        Subject.of(network, reading, 2).name,
        Subject.of(network, reading, 3).name,
        Subject.of(network, other_reading, 2).name,
        Subject.of(other_network, reading, 2).name,
    }
    assert len(names) == 4
    assert Subject.of(network, reading, 2).name in names


def test_a_subject_turns_the_last_pose_of_routing(network: Any, reading: DigitReading) -> None:
    np.testing.assert_array_equal(Subject.of(network, reading, 3).own, reading.poses[-1, 3])


def test_differences_are_green_for_less_and_magenta_for_more() -> None:
    colours = np.array(pose_lab._colours())
    red, blue = colours & 255, colours >> 16 & 255
    assert len(colours) == 256
    assert (colours >> 24 == 255).all()
    assert red[0] < blue[0]
    assert red[255] > blue[255]
    assert red[128] == pytest.approx(blue[128], abs=6)
