"""The evaluation beside the weights: what is kept, and what is left out when it does not belong to them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from capsnet import checkpoint
from capsnet.checkpoint import Checkpoint
from capsnet.data import Dataset
from capsnet.evaluation import evaluate
from capsnet.saved_evaluation import (
    LARGEST_FILE,
    LEAST_KEPT,
    MOST_KEPT,
    evaluation_path,
    save_evaluation,
    saved_evaluation,
)
from tests.capsnet.commands import capsnet_command
from tests.capsnet.samples import CONFIG, DIGIT_CONFIG, barred_pictures, make_card, small_model, write_idx_files

COUNT = 97


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bars.safetensors"
    checkpoint.write(path, small_model(votes=20), make_card(CONFIG))
    return path


@pytest.fixture
def data() -> Dataset:
    return barred_pictures(COUNT)


@pytest.fixture
def kept(file: Path, data: Dataset) -> Checkpoint:
    read = checkpoint.read(file)
    save_evaluation(file, read, data, evaluate(read.model, data, hardest=MOST_KEPT))
    return read


def test_what_is_kept_is_what_was_measured(file: Path, data: Dataset, kept: Checkpoint) -> None:
    result, found = evaluate(kept.model, data), saved_evaluation(file, kept)
    assert found is not None
    assert [list(row) for row in found.confusion] == result.confusion.tolist()
    assert (found.dataset, found.data_md5, found.classes) == ("bars", data.md5, CONFIG.classes)
    assert found.count == COUNT
    assert found.misread == COUNT - int(result.confusion.trace()) > 0
    assert len(found.hardest) == max(LEAST_KEPT, found.misread)
    for hard, measured in zip(found.hardest, result.hardest, strict=False):
        assert hard[:3] == measured[:3]
        assert hard.margin == pytest.approx(measured.margin, abs=1e-4)
    assert all(hard.label != hard.read for hard in found.hardest[: found.misread])


def test_of_other_weights_it_says_nothing(file: Path, kept: Checkpoint) -> None:
    assert saved_evaluation(file, replace(kept, digest="0" * 64)) is None
    assert saved_evaluation(file.with_name("other.safetensors"), kept) is None
    assert saved_evaluation(file, replace(kept, card=make_card(DIGIT_CONFIG))) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "capsnet-evaluation-2"},
        {"confusion": [[1, 2], [3, 4]]},
        {"confusion": [[-1] * 5] * 5},
        {"confusion": [[0.5] * 5] * 5},
        {"confusion": [[0] * 5] * 5},
        {"confusion": 7},
        {"classes": None},
        {"hardest": [{"position": COUNT, "label": 1, "read": 2, "margin": 0.5}]},
        {"hardest": [{"position": 0, "label": 5, "read": 2, "margin": 0.5}]},
        {"hardest": [{"position": 0, "label": 1, "read": 2, "margin": float("nan")}]},
        {"hardest": [{"position": 0, "label": 1, "read": 2, "margin": "wide"}]},
        {"hardest": [{"position": 0}]},
    ],
    ids=str,
)
def test_what_does_not_fit_together_is_left_out(file: Path, kept: Checkpoint, changes: dict[str, Any]) -> None:
    path = evaluation_path(file)
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    assert saved_evaluation(file, kept) is None


@pytest.mark.parametrize(
    "content", [b"", b"[1, 2]", b"null", b"\xff\xfe", b'{"format":', b"[" * 100_000, b" " * (LARGEST_FILE + 1)]
)
def test_a_damaged_file_is_left_out(file: Path, kept: Checkpoint, content: bytes) -> None:
    evaluation_path(file).write_bytes(content)
    assert saved_evaluation(file, kept) is None


def test_the_command_keeps_it_beside_the_weights_and_leaves_them_alone(tmp_path: Path) -> None:
    images, labels = write_idx_files(tmp_path)
    file = tmp_path / "small.safetensors"
    checkpoint.write(file, small_model(DIGIT_CONFIG), make_card(DIGIT_CONFIG))
    before = file.read_bytes()
    options = ("evaluate", "--checkpoint", file, "--data", tmp_path, "--agreement", 0)
    refused = capsnet_command(*options, "--save", "--iterations", 2)
    assert refused.code == 1
    assert "leave --iterations out" in refused.err
    assert capsnet_command(*options).code == 0
    assert not evaluation_path(file).exists()
    outcome = capsnet_command(*options, "--save", "--json")
    assert outcome.code == 0
    assert evaluation_path(file).name in outcome.err
    assert file.read_bytes() == before
    found = saved_evaluation(file, checkpoint.read(file))
    assert found is not None
    assert [list(row) for row in found.confusion] == json.loads(outcome.out)["confusion"]
    assert [sum(row) for row in found.confusion] == torch.bincount(labels, minlength=10).tolist()
    assert len(found.hardest) == len(images)
