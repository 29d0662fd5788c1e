"""What Python gives to the browser; what the browser makes of it is tested there."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from capsnet import CapsNet
from explorer.components.network.weights import Weights
from explorer.components.pose_lab import Subject
from explorer.components.pose_lab import component as pose_lab
from explorer.palette import DARK, LIGHT
from explorer.reading import CapsuleReading
from explorer.text import Say


@pytest.fixture
def network(small_model: CapsNet) -> Any:
    """A stand-in for a checkpoint: a model, a card's tables and a digest."""
    table = np.zeros((5, 11)).tolist()
    card = SimpleNamespace(pose_mean=table, pose_std=table, config=small_model.config)
    return SimpleNamespace(model=small_model, card=card, digest="0123456789abcdef")


def test_a_subject_is_named_by_network_capsule_and_pose(network: Any, reading: CapsuleReading) -> None:
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


def test_a_subject_turns_the_last_pose_of_routing(network: Any, reading: CapsuleReading) -> None:
    np.testing.assert_array_equal(Subject.of(network, reading, 3).own, reading.poses[-1, 3])


@pytest.mark.parametrize("pose", [[0.1] * 10, [0.1] * 12, [0.1] * 10 + [float("nan")], ["x"] * 11, None, 3])
def test_a_pose_that_is_none_is_refused(network: Any, reading: CapsuleReading, pose: Any) -> None:
    subject = Subject.of(network, reading, 2)
    with pytest.raises((TypeError, ValueError)):
        subject.pose_sent({"subject": subject.name, "pose": pose})


def test_a_pose_of_another_subject_is_refused(network: Any, reading: CapsuleReading) -> None:
    subject, other = Subject.of(network, reading, 2), Subject.of(network, reading, 3)
    sent = {"subject": subject.name, "pose": [0.5] * 11}
    assert subject.pose_sent(sent) == (0.5,) * 11
    with pytest.raises(ValueError, match="expected a message about"):
        other.pose_sent(sent)


def test_words_and_colours_are_those_handed_in(
    network: Any, reading: CapsuleReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted: list[dict[str, Any]] = []
    monkeypatch.setattr(pose_lab, "weights", lambda _: Weights("network", "decoder", "refinement"))
    monkeypatch.setattr(pose_lab, "_component", lambda **given: mounted.append(given["data"]))
    subject = Subject.of(network, reading, 2)
    for palette in (LIGHT, DARK):
        pose_lab.figure_four(subject, pose_lab.Style(Say(), palette), key="k")
    assert [data["palette"]["--focus"] for data in mounted] == [LIGHT.focus, DARK.focus]
    assert mounted[0]["words"] == Say().section("pose_lab")
    assert mounted[1]["difference_scale"] == DARK.difference_scale
