"""Measures of agreement against hand-computed cases, and against plain loops over pictures."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from capsnet import checkpoint, evaluation
from capsnet.agreement import contributions, effective_number, measure_agreement, moved, resultants
from capsnet.data import NOTHING, to_float
from capsnet.evaluation import evaluate
from capsnet.model import CapsNet
from capsnet.routing import RoutingStep, RoutingTrace, routing_steps
from tests.capsnet.commands import capsnet_command
from tests.capsnet.samples import CONFIG, DIGIT_CONFIG, barred_pictures, make_card, small_model, write_idx_files

COUNT = 23
BETA = 20.0


def traced(votes: Tensor, iterations: int = 1) -> RoutingTrace:
    """What routing does with these votes, [B, I, J, D]."""
    steps = RoutingStep(*map(torch.stack, zip(*routing_steps(votes, iterations), strict=True)))
    return RoutingTrace(torch.zeros(0), torch.zeros(0), votes, **steps._asdict())


def two_capsules(first: list[float], second: list[float]) -> RoutingTrace:
    """Two primary capsules' votes for the first of two classes; nobody votes for the other."""
    votes = torch.zeros(1, 2, 2, 2)
    votes[0, 0, 0], votes[0, 1, 0] = torch.tensor(first), torch.tensor(second)
    return traced(votes)


def test_capsules_that_moved_by_hand() -> None:
    couplings = torch.tensor([[[0.5, 0.5], [0.61, 0.39], [0.41, 0.59], [0.0, 1.0]]])
    assert moved(couplings).tolist() == [[False, True, False, True]]
    assert moved(torch.tensor([[[0.25, 0.25, 0.25, 0.25], [0.4, 0.2, 0.2, 0.2]]])).tolist() == [[False, True]]


def test_the_effective_number_by_hand() -> None:
    brought = torch.tensor([[3.0, 3, 3, -5], [4, 0, 0, 0], [1, 2, 0, -9], [0, -1, 0, 0]])
    assert effective_number(brought).tolist() == pytest.approx([3, 1, 9 / 5, 0])


def test_contributions_by_hand() -> None:
    # s = (1, 0) / 2 + (0, 1) / 2, so each brings half of |s| = sqrt(1 / 2)
    right_angled = two_capsules([1, 0], [0, 1])
    assert contributions(right_angled).tolist() == [pytest.approx([math.sqrt(1 / 8)] * 2)]
    assert contributions(two_capsules([3, 0], [-1, 0])).tolist() == [pytest.approx([1.5, -0.5])]


def test_resultants_by_hand() -> None:
    for votes, expected in (
        (([1.0, 0.0], [0.0, 1.0]), math.sqrt(0.5)),
        (([3.0, 0.0], [-1.0, 0.0]), 0.5),
        (([2.0, 0.0], [5.0, 0.0]), 1.0),
    ):
        assert resultants(two_capsules(*votes))[0].tolist() == pytest.approx([expected, 0])


@pytest.fixture
def model() -> CapsNet:
    return small_model(replace(CONFIG, inverse_temperature=BETA, iterations=3), votes=20)


@pytest.fixture(autouse=True)
def _several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("capsnet.agreement.BATCH", 7)
    monkeypatch.setattr(evaluation, "BATCH", 7)


def pictures(model: CapsNet) -> Iterator[tuple[RoutingTrace, int]]:
    """The trace of each picture on its own, and its label."""
    data = barred_pictures(COUNT)
    for image, label in zip(to_float(data.images), data.labels.tolist(), strict=True):
        yield model.trace(image[None]), label


def test_measures_are_means_over_pictures(model: CapsNet) -> None:
    found, slow = measure_agreement(model, barred_pictures(COUNT)), []
    for trace, _ in pictures(model):
        couplings, votes = trace.couplings[-1, 0].tolist(), trace.votes[0]
        winner = int(trace.lengths[-1, 0].argmax())
        runner_up = int(trace.lengths[-1, 0].argsort()[-2])
        entropies = [-sum(c * math.log(c) for c in row) / math.log(5) for row in couplings]
        weights = [sum(float(vote.norm()) for vote in capsule) for capsule in votes]
        pose = trace.poses[-1, 0, winner]
        brought = [row[winner] * float(u[winner] @ pose / pose.norm()) for row, u in zip(couplings, votes, strict=True)]
        positive = [e for e in brought if e > 0]
        possible = [
            sum(row[j] * float(u[j].norm()) for row, u in zip(couplings, votes, strict=True))
            for j in (winner, runner_up)
        ]
        slow.append(
            {
                "moved": sum(sum(abs(c - 0.2) for c in row) / 2 > 0.1 for row in couplings) / len(couplings),
                "entropy": sum(e * w for e, w in zip(entropies, weights, strict=True)) / sum(weights),
                "effective": sum(positive) ** 2 / sum(e * e for e in positive),
                "strongest": max(brought) / float(trace.sums[-1, 0, winner].norm()),
                "winner_resultant": float(trace.sums[-1, 0, winner].norm()) / possible[0],
                "runner_up_resultant": float(trace.sums[-1, 0, runner_up].norm()) / possible[1],
            }
        )
    assert found.count == COUNT
    for name in ("moved", "entropy", "strongest", "winner_resultant", "runner_up_resultant"):
        assert getattr(found, name) == pytest.approx(sum(one[name] for one in slow) / COUNT, rel=1e-4), name
    effective = sorted(one["effective"] for one in slow)
    assert found.effective_mean == pytest.approx(sum(effective) / COUNT, rel=1e-4)
    assert found.effective_median == pytest.approx(effective[COUNT // 2], rel=1e-4)
    assert 0 < found.moved < 1


def test_answers_after_each_iteration_and_without_the_strongest(model: CapsNet) -> None:
    found = measure_agreement(model, barred_pictures(COUNT))
    after, without, changes = torch.zeros(3), dict.fromkeys((1, 5, 20), 0), [0, 0, 0]
    for trace, label in pictures(model):
        answers = trace.lengths[:, 0].argmax(dim=-1)
        after += answers == label
        changes[0] += int(answers[0] != answers[-1])
        changes[1] += int(answers[0] != label and answers[-1] == label)
        changes[2] += int(answers[0] == label and answers[-1] != label)
        order = contributions(trace)[0].argsort(descending=True).tolist()
        for number in without:
            votes = trace.votes.clone()
            votes[:, order[:number]] = 0
            *_, last = routing_steps(votes, 3, BETA)
            without[number] += int(last.poses.norm(dim=-1).argmax()) == label
    assert found.accuracy_after == pytest.approx((after / COUNT).tolist())
    assert found.accuracy_after[-1] == pytest.approx(evaluate(model, barred_pictures(COUNT)).accuracy)
    assert found.accuracy_without == pytest.approx({number: right / COUNT for number, right in without.items()})
    assert [found.changed, found.changed_to_right, found.changed_to_wrong] == pytest.approx(
        [n / COUNT for n in changes]
    )
    assert found.changed > 0


def test_routing_without_updates_moves_nothing(model: CapsNet) -> None:
    found = measure_agreement(model, barred_pictures(COUNT), iterations=1)
    assert (found.moved, found.changed, len(found.accuracy_after)) == (0, 0, 1)
    assert found.entropy == pytest.approx(1)


def test_the_first_pictures_are_measured(model: CapsNet) -> None:
    data = barred_pictures(COUNT)
    assert measure_agreement(model, data, 9) == measure_agreement(model, data.take(torch.arange(9)))
    assert model.train() is model
    assert measure_agreement(model, data, 1).count == 1
    assert model.training


def test_what_cannot_be_measured(model: CapsNet) -> None:
    data = barred_pictures(COUNT)
    with pytest.raises(ValueError, match="over at least 1 picture; got 0"):
        measure_agreement(model, data, 0)
    with pytest.raises(ValueError, match="bars holds pictures of no class"):
        measure_agreement(model, replace(data, labels=torch.full((COUNT,), NOTHING)))


def test_evaluate_prints_it(tmp_path: Path) -> None:
    file = tmp_path / "small.safetensors"
    network = small_model(DIGIT_CONFIG, votes=20)
    checkpoint.write(file, network, make_card(DIGIT_CONFIG))
    images, labels = write_idx_files(tmp_path)
    command = ("evaluate", "--checkpoint", file, "--data", tmp_path)
    found = json.loads(capsnet_command(*command, "--json", "--agreement", 11).out)["agreement"]
    data = replace(barred_pictures(1), images=images, labels=labels, classes=DIGIT_CONFIG.classes)
    expected = asdict(measure_agreement(checkpoint.load(file), data, 11))
    assert found == json.loads(json.dumps(expected))
    text = capsnet_command(*command).out
    assert "Agreement in routing, over the first 17 pictures:" in text
    assert "correct without the 1, 5, 20 strongest" in text
    assert json.loads(capsnet_command(*command, "--json", "--agreement", 0).out)["agreement"] is None
