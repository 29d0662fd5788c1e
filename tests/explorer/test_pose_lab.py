"""What Python gives to the browser; what the browser makes of it is tested there."""

from __future__ import annotations

import base64
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import streamlit as st
import torch

from capsnet import CapsNet
from explorer.components.pose_lab import Subject, delivery, packed
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


def test_the_decoder_is_packed_layer_by_layer_one_row_an_input(network: Any) -> None:
    numbers = np.frombuffer(base64.b64decode(packed(network)), "<f2")
    sizes, start = (5 * 11, 13, 17, 13 * 13), 0
    layers = [layer for layer in network.model.decoder if isinstance(layer, torch.nn.Linear)]
    for layer, rows, width in zip(layers, sizes, sizes[1:], strict=False):
        weights = numbers[start : start + rows * width].reshape(rows, width)
        np.testing.assert_array_equal(weights, layer.weight.detach().half().numpy().T)
        start += rows * width
        np.testing.assert_array_equal(numbers[start : start + width], layer.bias.detach().half().numpy())
        start += width
    assert start == len(numbers)


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


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is sent to the browser in place of a mounted component."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(delivery, "_component", lambda **given: sent.append(given["data"]))
    monkeypatch.setattr(st, "session_state", {})
    return sent


def ask(request: Any) -> None:
    st.session_state["lab"] = {"request": request}
    delivery.request_handler("lab")()
    del st.session_state["lab"]  # the page was left: the request is kept


def test_each_request_is_answered_with_weights_once(network: Any, messages: list[dict[str, Any]]) -> None:
    for token in ("a", "a", "b", "a"):
        ask({"digest": network.digest, "token": token})
        delivery.deliver_decoder(network, lab="lab", key="k")
    assert ["weights" in message for message in messages] == [True, False, True, False]
    assert [message["token"] for message in messages] == ["a", "a", "b", "a"]
    assert messages[0]["layers"] == [5 * 11, 13, 17, 13 * 13]


def test_a_browser_hears_which_request_is_known(network: Any, messages: list[dict[str, Any]]) -> None:
    unknown = [delivery.known_request("lab", network.digest) for _ in range(2)]
    assert [known["requested"] for known in unknown] == [None, None]
    assert unknown[0] != unknown[1]  # else a browser that shows the first would not be called for the second
    ask({"digest": network.digest, "token": "a"})
    known = [delivery.known_request("lab", network.digest) for _ in range(2)]
    assert known[0] == known[1]
    assert known[0]["requested"] == "a"
    assert delivery.known_request("lab", "another")["requested"] is None
    assert messages == []


def test_a_request_that_could_not_be_sent_is_answered_later(
    network: Any, messages: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(**_: Any) -> None:
        raise InterruptedError

    ask({"digest": network.digest, "token": "a"})
    with monkeypatch.context() as broken:
        broken.setattr(delivery, "_component", interrupted)
        with pytest.raises(InterruptedError):
            delivery.deliver_decoder(network, lab="lab", key="k")
    delivery.deliver_decoder(network, lab="lab", key="k")
    assert ["weights" in message for message in messages] == [True]


@pytest.mark.parametrize("request_", [None, 3, {}, {"token": "a"}, {"digest": "another", "token": "a"}])
def test_what_is_no_request_for_this_decoder_is_not_answered(
    network: Any, messages: list[dict[str, Any]], request_: Any
) -> None:
    ask(request_)
    delivery.deliver_decoder(network, lab="lab", key="k")
    assert messages == []


def test_words_and_colours_are_those_handed_in(
    network: Any, reading: CapsuleReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted: list[dict[str, Any]] = []
    monkeypatch.setattr(pose_lab, "_component", lambda **given: mounted.append(given["data"]))
    subject = Subject.of(network, reading, 2)
    for palette in (LIGHT, DARK):
        pose_lab.figure_four(subject, pose_lab.Style(Say(), palette), key="k")
    assert [data["palette"]["--focus"] for data in mounted] == [LIGHT.focus, DARK.focus]
    assert mounted[0]["words"] == Say().section("pose_lab")
    assert mounted[1]["difference_scale"] == DARK.difference_scale
