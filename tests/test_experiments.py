"""The experiment on routing iterations: its pictures are what it says they are, and its shares are counted right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from capsnet import CapsNet, checkpoint
from capsnet.agreement import measure_agreement
from capsnet.convolutional import Cnn
from capsnet.data import Dataset, to_float
from tests.capsnet.samples import CONFIG, barred_pictures, make_card, random_pictures, small_model
from tests.capsnet.test_convolutional import PLAIN
from tools.experiments import doubt, iterations
from tools.experiments.networks import capsule_networks
from tools.experiments.reading import accuracies, batches


@pytest.fixture
def digits() -> Dataset:
    """29 blocks of ink, 5 rows by 7 columns, somewhere in 13 x 17 pixels."""
    data = barred_pictures(29)
    generator = torch.Generator().manual_seed(7)
    images = torch.zeros(29, 13, 17, dtype=torch.uint8)
    for image in images:
        row, column = (int(torch.randint(limit, (), generator=generator)) for limit in (9, 11))
        image[row : row + 5, column : column + 7] = 200
    return replace(data, images=images)


def test_a_quarter_is_hidden_another_one_in_turn() -> None:
    left = iterations.hidden(torch.ones(5, 1, 2, 6))[:, 0]
    assert left.sum(dim=(1, 2)).tolist() == [9] * 5
    empty = [(0, slice(0, 3)), (0, slice(3, 6)), (1, slice(0, 3)), (1, slice(3, 6)), (0, slice(0, 3))]
    for picture, (row, columns) in zip(left, empty, strict=True):
        assert not picture[row, columns].any()


def test_a_partner_is_of_another_class(digits: Dataset) -> None:
    chosen = iterations.partners(digits.labels, torch.Generator().manual_seed(3))
    assert (digits.labels[chosen] != digits.labels).all()
    assert len(set(chosen.tolist())) > 10
    with pytest.raises(ValueError, match="at least two classes"):
        iterations.partners(torch.ones(3, dtype=torch.int64), torch.Generator())


def test_digits_move_but_none_of_their_ink_leaves(digits: Dataset) -> None:
    moved = iterations.moved_inside(digits.images, torch.Generator().manual_seed(3), reach=3)
    assert (moved.sum(dim=(1, 2)) == 5 * 7 * 200).all()
    shifts = [
        [int(image.any(dim=axis).int().argmax()) for axis in (1, 0)]
        for images in (digits.images, moved)
        for image in images
    ]
    ways = {(row - r, column - c) for (r, c), (row, column) in zip(shifts[:29], shifts[29:], strict=True)}
    assert len(ways) > 10
    assert max(abs(step) for way in ways for step in way) == 3
    empty = torch.zeros(2, 13, 17, dtype=torch.uint8)
    assert torch.equal(iterations.moved_inside(empty, torch.Generator()), empty)


def test_two_overlapping_are_both_there(digits: Dataset) -> None:
    images, labels = iterations.overlapping(digits)
    assert labels[:, 0].tolist() == digits.labels.tolist()
    assert (labels[:, 0] != labels[:, 1]).all()
    assert set(images.unique().tolist()) <= {0, 200, 255}  # 255: clipped where both have ink
    ink = (images > 0).sum(dim=(1, 2))
    assert (ink + (images == 255).sum(dim=(1, 2)) == 2 * 5 * 7).all()
    again, _ = iterations.overlapping(digits)
    assert torch.equal(images, again)


def test_shares_are_those_of_reading_with_each_number_of_iterations() -> None:
    model, data = small_model(replace(CONFIG, iterations=3, inverse_temperature=20.0), votes=20), barred_pictures(23)
    found = accuracies(model, batches(data, iterations.noisy(0.3)), (1, 2, 5))
    for number, share in zip((1, 2, 5), found, strict=True):
        read = model(iterations.noisy(0.3)(to_float(data.images)), iterations=number).lengths.argmax(dim=1)
        assert share == pytest.approx(int((read == data.labels).sum()) / 23)
    assert accuracies(model, batches(data, iterations.noisy(0.3))) == accuracies(
        model, batches(data, iterations.noisy(0.3)), [3]
    )


def test_with_two_classes_both_must_be_among_the_two_longest() -> None:
    model, data = small_model(), barred_pictures(23)
    images = to_float(data.images)
    longest = model(images).lengths.argsort(dim=1, descending=True)
    both = longest[:, [1, 0]]  # in the other order
    both[:11, 0] = longest[:11, 2]  # the third in place of the second
    assert accuracies(model, [(images[:7], both[:7]), (images[7:], both[7:])]) == [pytest.approx(12 / 23)]


def test_a_network_without_capsules_is_read_once() -> None:
    model, data = Cnn(PLAIN).eval(), barred_pictures(23)
    read = model(to_float(data.images)).scores.argmax(dim=1)
    expected = pytest.approx(int((read == data.labels).sum()) / 23)
    assert accuracies(model, batches(data, iterations.noisy(0.0))) == [expected]


def test_signs_of_doubt_are_read_off_any_network() -> None:
    images = random_pictures(7)
    for model in (Cnn(PLAIN).eval(), small_model()):
        found, output = doubt.signs(model, images), model(images)
        ordered = output.scores.sort(dim=1, descending=True).values.detach()
        assert torch.allclose(torch.from_numpy(found.length), ordered[:, 0])
        assert torch.allclose(torch.from_numpy(found.lead), ordered[:, 0] - ordered[:, 1])
        assert (found.misfit > 0).all() == isinstance(model, CapsNet)


def test_routing_is_looked_at_in_capsule_networks_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "SHIPPED", tmp_path)
    changes: dict[str, Any] = {"config": PLAIN, "architecture": "cnn"}
    checkpoint.write(tmp_path / "pooled.safetensors", Cnn(PLAIN), replace(make_card(CONFIG), **changes))
    checkpoint.write(tmp_path / "small.safetensors", small_model(), make_card(CONFIG))
    assert list(capsule_networks(None)) == ["small"]
    with pytest.raises(ValueError, match="pooled: no capsule network"):
        capsule_networks(checkpoint.shipped())


def test_tables_put_the_networks_side_by_side() -> None:
    table = iterations.accuracy_table({"a": {"clean": [0.5, 0.625, 0.75, 1]}, "b": {"clean": [0, 0.25, 0.5, 0.125]}})
    assert table.splitlines() == [
        "| correct, %, after iterations | a: 1 | 2 | 3 | 5 | b: 1 | 2 | 3 | 5 |",
        "|---|---|---|---|---|---|---|---|---|",
        "| clean | 50.0 | 62.5 | 75.0 | 100.0 | 0.0 | 25.0 | 50.0 | 12.5 |",
    ]
    first, second = (measure_agreement(small_model(seed=seed), barred_pictures(5)) for seed in (1, 2))
    lines = iterations.agreement_table({"a": first, "b": second}).splitlines()
    assert lines[0] == "| agreement | a | b |"
    assert f"| {first.entropy:.4f} | {second.entropy:.4f} |" in lines[3]
    assert {line.replace(r"\|", "").count("|") for line in lines} == {4}
