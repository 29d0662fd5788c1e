"""The paper's sizes, the geometry that follows from them, and sizes that make no network."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from capsnet.config import CapsNetConfig
from tests.capsnet.samples import CONFIG


def test_defaults_are_the_papers() -> None:
    config = CapsNetConfig()
    assert (config.feature_size, config.grid_size, config.patch_size) == (20, 6, 17)
    assert (config.primary_capsules, config.primary_pose) == (1152, 8)
    assert (config.digit_capsules, config.digit_pose, config.iterations) == (10, 16, 3)
    assert config.classes == tuple("0123456789")


def test_sizes_of_another_network() -> None:
    assert (CONFIG.feature_size, CONFIG.grid_size, CONFIG.patch_size) == (11, 5, 5)
    assert (CONFIG.primary_capsules, CONFIG.digit_capsules) == (75, 5)


def test_the_papers_patches() -> None:
    config = CapsNetConfig()
    last = (config.grid_size - 1) * config.primary_stride + config.patch_size
    assert last == 27  # row and column 27 are seen by no capsule


def test_dictionary_and_back() -> None:
    values = CONFIG.to_dict()
    assert values["classes"] == list(CONFIG.classes)
    assert CapsNetConfig.from_dict(values) == CONFIG


def test_a_network_kept_before_there_was_an_inverse_temperature_has_the_papers() -> None:
    values = CONFIG.to_dict()
    del values["inverse_temperature"]
    assert CapsNetConfig.from_dict(values).inverse_temperature == 1


def test_a_config_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        CONFIG.iterations = 7  # type: ignore[misc]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"inverse_temperature": 0.0}, "inverse_temperature must be above 0 .*got 0.0"),
        ({"inverse_temperature": float("inf")}, "inverse_temperature must be above 0"),
        ({"iterations": 0}, "iterations must be .* at least 1; got 0"),
        ({"iterations": 2.5}, "iterations must be a whole number"),
        ({"iterations": True}, "iterations must be a whole number"),
        ({"primary_stride": -2}, "primary_stride .* got -2"),
        ({"digit_pose": 0}, "digit_pose .* got 0"),
        ({"image_size": 4}, "leave no pixels .* image_size of at least 5"),
        ({"decoder_hidden": (19,)}, "decoder_hidden must hold two widths"),
        ({"decoder_hidden": (19, 0)}, "decoder_hidden .* got 0"),
        ({"classes": ("one",)}, "at least two different names"),
        ({"classes": ("one", "one")}, "at least two different names"),
    ],
)
def test_nonsense_is_rejected_with_the_way_out(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(CONFIG, **changes)


def test_the_smallest_picture_that_leaves_a_pixel() -> None:
    assert replace(CONFIG, image_size=5).primary_capsules == CONFIG.primary_channels


@pytest.mark.parametrize("values", [CONFIG.to_dict() | {"colour": 3}, {"image_size": 28}, {}])
def test_unknown_or_missing_fields_are_named(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"missing or unknown: .*('colour'|'classes')"):
        CapsNetConfig.from_dict(values)
