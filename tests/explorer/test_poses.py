from __future__ import annotations

import io
import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from capsnet import CapsNet
from explorer import poses
from explorer.exports.gif import pictures_gif
from explorer.exports.json import pose_json
from explorer.pictures import png
from explorer.reading import CapsuleReading


def card(mean: float, deviation: float) -> Any:
    """Five classes with 3 numbers each; class 2 is the one looked at."""
    table = np.full((5, 3), 9.0)
    table[2] = mean
    spread = np.full((5, 3), 9.0)
    spread[2] = deviation
    return SimpleNamespace(pose_mean=table.tolist(), pose_std=spread.tolist())


def test_a_slider_spans_what_the_paper_turns_and_what_training_spans() -> None:
    own = np.array([0.0, 0.5, -0.7], np.float32)
    span = poses.span(own, card(mean=0.1, deviation=0.2), capsule=2)
    np.testing.assert_allclose(span.trained_low, [-0.5] * 3, atol=1e-6)
    np.testing.assert_allclose(span.trained_high, [0.7] * 3, atol=1e-6)
    np.testing.assert_allclose(span.low, [-0.5, -0.5, -0.95], atol=poses.STEP)
    np.testing.assert_allclose(span.high, [0.7, 0.75, 0.7], atol=poses.STEP)


def test_a_sliders_ends_lie_outside_and_on_steps() -> None:
    own = np.random.default_rng(2).uniform(-0.5, 0.5, 3).astype(np.float32)
    span = poses.span(own, card(mean=0.0, deviation=0.001), capsule=2)
    assert (span.low <= own - poses.PAPER + 1e-6).all()
    assert (span.high >= own + poses.PAPER - 1e-6).all()
    for end in (span.low, span.high):
        np.testing.assert_allclose(end / poses.STEP, np.round(end / poses.STEP), atol=1e-3)


def test_drawing_is_what_the_reading_reconstructs(small_model: CapsNet, reading: CapsuleReading) -> None:
    drawn = poses.decode(small_model, 3, np.stack([reading.poses[-1, 3], np.zeros(11, np.float32)]))
    np.testing.assert_allclose(drawn[0], reading.reconstructions[3], atol=1e-6)
    empty = small_model.reconstruct(torch.zeros(1, 5, 11), torch.tensor([0]))[0, 0].detach().numpy()
    np.testing.assert_allclose(drawn[1], empty, atol=1e-6)


def test_a_swing_turns_one_number_to_both_sides_and_back() -> None:
    pose = np.array([0.1, 0.2, 0.3], np.float32)
    swung = poses.swing(pose, 0.5, 1, 8)
    np.testing.assert_array_equal(swung[:, [0, 2]], np.repeat(pose[None, [0, 2]], 8, axis=0))
    np.testing.assert_allclose(swung[[0, 2, 4, 6], 1], [0.5, 0.75, 0.5, 0.25], atol=1e-6)


def test_a_saved_picture_is_enlarged_to_crisp_squares() -> None:
    picture = np.random.default_rng(1).random((3, 5), dtype=np.float32)
    pixels = np.asarray(Image.open(io.BytesIO(png(picture, 7))))
    np.testing.assert_array_equal(pixels, np.kron(np.round(255 * picture), np.ones((7, 7))))


def test_an_animation_has_all_frames_and_no_end() -> None:
    pictures = np.linspace(0, 1, 6, dtype=np.float32)[:, None, None] * np.ones((1, 3, 5), np.float32)
    animation: Any = Image.open(io.BytesIO(pictures_gif(pictures, 2)))
    assert (animation.format, animation.n_frames, animation.size) == ("GIF", 6, (10, 6))
    assert animation.info["loop"] == 0
    animation.seek(5)
    assert np.asarray(animation.convert("L")).min() == 255
    with pytest.raises(ValueError, match="at least one"):
        pictures_gif(pictures[:0], 2)


def test_a_saved_pose_holds_its_numbers_exactly() -> None:
    pose = np.array([0.6, 0.8], np.float32)
    saved = json.loads(pose_json("digest", "4", pose, -pose))
    assert (saved["network"], saved["capsule"]) == ("digest", "4")
    np.testing.assert_array_equal(np.array(saved["pose"], np.float32), pose)
    np.testing.assert_array_equal(np.array(saved["own_pose"], np.float32), -pose)
    assert saved["length"] == pytest.approx(1)
