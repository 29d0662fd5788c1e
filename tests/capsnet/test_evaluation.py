"""How a data set is read: counts, margins and pose statistics against slow and plain versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch

from capsnet import evaluation
from capsnet.data import NOTHING, Dataset, to_float
from capsnet.evaluation import evaluate, misread, pose_statistics
from capsnet.model import CapsNet
from tests.capsnet.samples import CLASSES, CONFIG, barred_pictures, small_model

COUNT = 23
Read = Callable[[CapsNet, Dataset], object]


@pytest.fixture
def model() -> CapsNet:
    return small_model(votes=20)


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    monkeypatch.setattr(evaluation, "BATCH", 7)  # 23 pictures are four batches, the last one short
    return barred_pictures(COUNT)


def test_accuracy_and_confusion(model: CapsNet, data: Dataset) -> None:
    result = evaluate(model, data)
    read = model(to_float(data.images)).lengths.argmax(dim=1).tolist()
    counts = [[0] * 5 for _ in CLASSES]
    for label, taken_for in zip(data.labels.tolist(), read, strict=True):
        counts[label][taken_for] += 1
    right = sum(counts[k][k] for k in range(5))
    assert 0 < right < COUNT
    assert result.confusion.tolist() == counts
    assert result.count == COUNT
    assert result.accuracy == pytest.approx(right / COUNT)
    assert result.error_percent == pytest.approx(100 * (COUNT - right) / COUNT)
    wrong = [
        i for i, (label, taken_for) in enumerate(zip(data.labels.tolist(), read, strict=True)) if label != taken_for
    ]
    assert misread(model, data).tolist() == wrong


def test_reconstruction_error_is_of_the_longest_capsule(model: CapsNet, data: Dataset) -> None:
    images = to_float(data.images)
    squares = (model(images).reconstructions - images).square().sum(dim=(1, 2, 3))
    assert evaluate(model, data).reconstruction_error == pytest.approx(float(squares.mean().detach()), rel=1e-5)


def test_the_hardest_pictures_come_first(model: CapsNet, data: Dataset) -> None:
    lengths = model(to_float(data.images)).lengths.tolist()
    margins = []
    for position, (row, label) in enumerate(zip(lengths, data.labels.tolist(), strict=True)):
        others = [length for j, length in enumerate(row) if j != label]
        margins.append((row[label] - max(others), position, label, row.index(max(row))))
    hardest = evaluate(model, data, hardest=5).hardest
    assert [hard.position for hard in hardest] == [position for _, position, _, _ in sorted(margins)[:5]]
    for hard, (margin, _, label, read) in zip(hardest, sorted(margins), strict=False):
        assert hard.margin == pytest.approx(margin, abs=1e-6)
        assert (hard.label, hard.read) == (label, read)
        assert (hard.margin < 0) == (hard.label != hard.read)
    assert len(evaluate(model, data, hardest=100).hardest) == COUNT


def test_iterations_can_be_chosen(model: CapsNet, data: Dataset) -> None:
    chosen = evaluate(model, data, iterations=6)
    expected = evaluate(small_model(replace(CONFIG, iterations=6), votes=20), data)
    assert chosen.reconstruction_error == pytest.approx(expected.reconstruction_error)
    assert chosen.hardest != evaluate(model, data).hardest


def test_pose_statistics_by_class(model: CapsNet, data: Dataset) -> None:
    mean, std = pose_statistics(model, data)
    poses = model(to_float(data.images)).poses.detach().double()
    assert mean.shape == std.shape == (5, CONFIG.digit_pose)
    for j in range(5):
        own = poses[data.labels == j, j]
        torch.testing.assert_close(mean[j], own.mean(dim=0), rtol=0, atol=1e-6)
        torch.testing.assert_close(std[j], own.std(dim=0, correction=0), rtol=0, atol=1e-6)


def test_pose_statistics_of_rare_classes(model: CapsNet, data: Dataset) -> None:
    rare = replace(data, labels=torch.zeros(COUNT, dtype=torch.int64))
    rare.labels[0] = 3
    mean, std = pose_statistics(model, rare)
    assert torch.count_nonzero(mean[1]) == torch.count_nonzero(std[1]) == 0
    assert torch.count_nonzero(mean[3]) == CONFIG.digit_pose
    assert torch.count_nonzero(std[3]) == 0


def test_pose_statistics_leave_out_what_is_nothing(model: CapsNet, data: Dataset) -> None:
    labels = data.labels.clone()
    labels[::3] = NOTHING
    for found, expected in zip(
        pose_statistics(model, replace(data, labels=labels)),
        pose_statistics(model, data.take(torch.nonzero(labels != NOTHING)[:, 0])),
        strict=True,
    ):
        assert torch.equal(found, expected)


def test_the_network_is_left_as_it_was(model: CapsNet, data: Dataset) -> None:
    for training in (True, False):
        model.train(training)
        evaluate(model, data)
        pose_statistics(model, data)
        assert model.training is training
    assert torch.is_grad_enabled()
    assert all(weight.grad is None for weight in model.parameters())


def test_the_mode_is_restored_when_reading_fails(
    model: CapsNet, data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.train()
    with pytest.raises(ValueError, match="iterations must be at least 1"):
        evaluate(model, data, iterations=0)
    assert model.training
    monkeypatch.setattr(evaluation, "reconstruction_error", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        evaluate(model, data)
    assert model.training


@pytest.fixture(params=[evaluate, misread], ids=["evaluate", "misread"])
def read(request: pytest.FixtureRequest) -> Read:
    """What reads pictures of known classes."""
    chosen: Read = request.param
    return chosen


def test_other_classes_than_the_networks_are_refused(read: Read, model: CapsNet, data: Dataset) -> None:
    with pytest.raises(ValueError, match="bars has 4 classes, the network 5"):
        read(model, replace(data, classes=CLASSES[:4]))


def test_pictures_of_no_class_are_refused(read: Read, model: CapsNet, data: Dataset) -> None:
    with pytest.raises(ValueError, match="bars holds pictures of no class"):
        read(model, replace(data, labels=torch.full((COUNT,), NOTHING)))


def test_as_many_classes_of_other_names_are_refused(read: Read, model: CapsNet, data: Dataset) -> None:
    with pytest.raises(ValueError, match="oak"):
        read(model, replace(data, classes=("oak", *CLASSES[1:])))


def test_no_pictures_are_refused(read: Read, model: CapsNet, data: Dataset) -> None:
    with pytest.raises(ValueError, match="bars holds no pictures"):
        read(model, data.take(torch.tensor([], dtype=torch.int64)))
