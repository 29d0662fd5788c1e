"""The measurements that the explorer shows: they count rightly, go on where they were left, and say how they came."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from capsnet import checkpoint
from capsnet.card import DoubtThresholds
from capsnet.convolutional import CnnConfig
from capsnet.data import Dataset, to_float
from capsnet.losses import reconstruction_error
from capsnet.network import Network
from capsnet.perturbation import Perturbation, perturbed
from tests.capsnet.samples import CONFIG, barred_pictures, make_card, random_pictures, small_model
from tools.experiments import few_digits, robustness
from tools.experiments.few_digits import again_and_again, few
from tools.experiments.kept import Kept, command
from tools.experiments.robustness import Count, counted, in_turn

DOUBT = DoubtThresholds(length=0.2, lead=0.003, misfit=1.1)


@pytest.fixture
def bars() -> Dataset:
    return barred_pictures(23)


def file_content(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


class TestKept:
    """A file that grows."""

    def test_what_is_measured_is_there_at_once_and_not_measured_again(self, tmp_path: Path) -> None:
        file = tmp_path / "deep" / "kept.json"
        kept = Kept(file, "numbers-1", {"of": "bars", "sizes": (2, 3)}, "numbers")
        for number in (5, 7):
            kept.measure({"number": number}, lambda: {"square": number**2})  # noqa: B023 - called at once
            assert [one["square"] for one in file_content(file)["numbers"]][-1] == number**2
        again = Kept(file, "numbers-1", {"of": "bars", "sizes": (2, 3)}, "numbers")
        assert again.has(number=5)
        assert again.has(number=7, square=49)
        assert not again.has(number=7, square=25)
        assert list(file_content(file)["made"]) == ["command", "machine", "date", "seconds"]

    def test_newer_measurements_of_the_same_take_the_place_of_older_ones(self, tmp_path: Path) -> None:
        kept = Kept(tmp_path / "kept.json", "numbers-1", {}, "numbers")
        for name, weights in (("a", 1), ("b", 2), ("a", 3)):
            kept.measure({"name": name, "weights": weights}, dict, replaces=("name",))
        assert [(one["name"], one["weights"]) for one in kept.found] == [("b", 2), ("a", 3)]

    def test_other_settings_need_another_file(self, tmp_path: Path) -> None:
        file = tmp_path / "kept.json"
        Kept(file, "numbers-1", {"of": "bars"}, "numbers").measure({}, dict)
        with pytest.raises(ValueError, match="holds other of: name another file"):
            Kept(file, "numbers-1", {"of": "stars"}, "numbers")
        with pytest.raises(ValueError, match="holds no numbers-2"):
            Kept(file, "numbers-2", {"of": "bars"}, "numbers")

    def test_a_line_a_measurement(self, tmp_path: Path) -> None:
        kept = Kept(tmp_path / "kept.json", "numbers-1", {}, "numbers")
        kept.measure({"number": 1}, dict)
        before = kept.file.read_text().splitlines() if kept.file else []
        kept.measure({"number": 2}, dict)
        after = (tmp_path / "kept.json").read_text().splitlines()
        assert len(after) == len(before) + 1

    def test_a_command_names_no_folder_of_this_machine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            "sys.argv", ["x", "--save", str(Path.cwd() / "some" / "file.json"), "--checkpoint", "/far/away.x"]
        )
        assert command().endswith(" --save some/file.json --checkpoint away.x")


def test_counts_are_those_of_reading_each_picture(bars: Dataset) -> None:
    model = small_model()
    images = perturbed(to_float(bars.images), Perturbation(rotation=20))
    with torch.no_grad():
        output = model(images)
    two = output.scores.sort(dim=1).values[:, -2:]
    misfit = reconstruction_error(output.reconstructions, images) / images.square().sum(dim=(1, 2, 3)).clamp(min=1)
    right = output.scores.argmax(dim=1) == bars.labels
    length, lead, far = two[:, 1].quantile(0.2), (two[:, 1] - two[:, 0]).quantile(0.2), misfit.quantile(0.8)
    doubted = (two[:, 1] < length) | (two[:, 1] - two[:, 0] < lead) | (misfit > far)
    expected = Count(int(right.sum()), int(doubted.sum()), int((right & doubted).sum()))
    doubt = DoubtThresholds(float(length), float(lead), float(far))
    assert counted(model, doubt, bars, [Perturbation(rotation=20)]) == expected
    assert 0 < expected.right < 23
    assert 4 < expected.doubted < 15


def test_perturbations_take_turns_among_pictures() -> None:
    images = random_pictures(7)
    ways = [Perturbation(right=2), Perturbation(down=3), Perturbation()]
    found = in_turn(images, ways)
    for number in range(7):
        assert torch.equal(found[number], perturbed(images[number : number + 1], ways[number % 3])[0])


@pytest.fixture
def tiny_robustness(monkeypatch: pytest.MonkeyPatch, bars: Dataset) -> None:
    monkeypatch.setattr(robustness, "load_dataset", lambda *_: bars)
    monkeypatch.setattr(robustness, "QUARTERS", {"in_place": Perturbation()})  # 13 pixels have no quarters
    kinds = {name: (how, amounts[:1] + amounts[-1:]) for name, (how, amounts) in robustness.KINDS.items()}
    monkeypatch.setattr(robustness, "KINDS", kinds)


@pytest.mark.usefixtures("tiny_robustness")
def test_a_network_is_measured_again_only_when_its_weights_or_thresholds_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    weights, save = tmp_path / "small.safetensors", tmp_path / "robustness.json"
    read: list[Network] = []
    whole = robustness.measured

    def measured(found: checkpoint.Checkpoint, data: Dataset) -> dict[str, Any]:
        read.append(found.model)
        return whole(found, data)

    monkeypatch.setattr(robustness, "measured", measured)

    def measure(seed: int, **card: Any) -> int:
        checkpoint.write(weights, small_model(seed=seed), replace(make_card(CONFIG), **card))
        robustness.main([weights], count=23, save=save)
        return len(read)

    assert measure(1) == 1
    assert measure(1, test_accuracy=0.5) == 1  # another card, the same weights
    assert measure(1, doubt=DOUBT) == 2
    assert measure(2, doubt=DOUBT) == 3
    (entry,) = file_content(save)["networks"]
    assert entry["weights"] == checkpoint.read(weights).weights_digest
    rows = [row for rows in entry["kinds"].values() for row in rows] + entry["quarters"]
    assert len(rows) == 2 * len(robustness.KINDS) + 1
    assert all(0 <= both <= min(right, doubted) <= 23 for _, right, doubted, both in rows)
    assert "| small | " in capsys.readouterr().out


def test_what_changes_nothing_is_read_once(bars: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Perturbation, ...]] = []

    def once(_model: Network, _doubt: DoubtThresholds, _data: Dataset, changes: tuple[Perturbation, ...]) -> Count:
        asked.append(changes)
        return Count(3, 2, 1)

    monkeypatch.setattr(robustness, "counted", once)
    found = robustness.measured(checkpoint.Checkpoint(small_model(), make_card(CONFIG), ""), bars)
    for kind, amount in {"rotation": 0, "shift": 0, "scale": 1, "hidden": 0}.items():
        assert [amount, 3, 2, 1] in found["kinds"][kind]
    assert ["in_place", 3, 2, 1] in found["quarters"]
    assert len(asked) == len(set(asked))
    assert asked.count(robustness.PLAIN) == 1


def test_few_digits_are_as_many_of_each_class_and_among_more() -> None:
    data = barred_pictures(401)
    fewer, more = (few(data, count, seed=3) for count in (10, 35))
    assert torch.bincount(more.labels).tolist() == [7] * 5
    assert torch.equal(more.images[:10], fewer.images)
    assert not torch.equal(few(data, 10, seed=4).images, fewer.images)
    for count in (11, 500):
        with pytest.raises(ValueError, match="as many of each"):
            few(data, count, seed=3)


def test_few_digits_are_shown_as_often_as_one_another() -> None:
    data = barred_pictures(7)
    shown = again_and_again(data, 16)
    assert torch.equal(shown.images[7:14], data.images)
    assert torch.equal(shown.labels[14:], data.labels[:2])


def test_few_digits_go_on_where_they_were_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = barred_pictures(101)
    small = CnnConfig(image_size=13, channels=(3,), hidden=(5,), classes=data.classes)
    learners = {"cnn": few_digits.Learner(small, {}), "again": few_digits.Learner(small, {"peak_learning_rate": 0.01})}
    monkeypatch.setattr(few_digits, "load_dataset", lambda *_: data)
    monkeypatch.setattr(few_digits, "LEARNERS", learners)
    monkeypatch.setattr(few_digits, "PICTURES", {5: 50, 10: 70})
    save = tmp_path / "few.json"
    few_digits.main(save, sizes="5", seeds="1", tested=17)
    first = file_content(save)["runs"]
    assert [(run["learner"], run["digits"], run["pictures"], run["count"]) for run in first] == [
        ("cnn", 5, 50, 17),
        ("again", 5, 50, 17),
    ]
    few_digits.main(save, sizes="5,10", seeds="1", tested=17)
    runs = file_content(save)["runs"]
    assert runs[:2] == first
    assert [run["digits"] for run in runs[2:]] == [10, 10]
    assert all(0 <= run["right"] <= 17 for run in runs)
    assert "| cnn | " in capsys.readouterr().out


def test_few_digits_table_has_mean_least_and_most() -> None:
    runs = [{"learner": "cnn", "digits": 100, "right": right, "count": 50} for right in (30, 40, 45)]
    assert few_digits.table(runs).splitlines()[-1] == "| cnn | 76.7 (60.0 to 90.0) |"
