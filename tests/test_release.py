"""What the weights that come with the project must do: new weights have to pass this, nothing else hangs on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

import capsnet
from capsnet import checkpoint
from capsnet.config import CapsNetConfig
from capsnet.convolutional import Cnn
from capsnet.saved_evaluation import saved_evaluation
from explorer import networks
from explorer.measures.answer import Doubt, verdict
from explorer.measures.over_iterations import answers
from explorer.presets import Preset, load_presets
from tests.explorer.pages import captions, draw_like, open_page, prediction, reading_of

FILES = checkpoint.shipped()
SMALL = [file for file in FILES if file.stem not in networks.PREFERRED]
MEASURED = Path(__file__).parents[1] / "explorer" / "measured"
PLAIN = [preset for preset in load_presets() if preset.group != "ambiguous"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def preferred() -> Path:
    """The network that the app begins with."""
    return next(iter(networks.available([]).values()))


@pytest.fixture(autouse=True)
def no_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["app.py"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_network_has_a_whole_card(file: Path) -> None:
    shipped = checkpoint.read(file)
    card, config = shipped.card, shipped.card.config
    assert [entry["epoch"] for entry in card.history] == list(range(1, card.recipe["epochs"] + 1))
    assert card.test_accuracy == pytest.approx(card.history[-1]["test_accuracy"], abs=0.001)  # rounded to float16
    if isinstance(config, CapsNetConfig):
        for table in (card.pose_mean, card.pose_std):
            assert torch.tensor(table).shape == (config.digit_capsules, config.digit_pose)
            assert torch.count_nonzero(torch.tensor(table)) > 0
    assert len(card.data_md5) == 32
    assert set(card.versions) >= {"python", "torch", "torchvision", "numpy"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_readme_beside_it_says_the_same(file: Path) -> None:
    card = checkpoint.read(file).card
    readme = (checkpoint.SHIPPED / "README.md").read_text(encoding="utf-8")
    for words in (file.name, f"{100 * card.test_accuracy:.2f}%", card.data_md5, card.recipe["command"]):
        assert words in readme


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_evaluation_beside_it_is_of_these_weights(file: Path) -> None:
    shipped = checkpoint.read(file)
    evaluation = saved_evaluation(file, shipped)
    assert evaluation is not None, f"run python -m capsnet evaluate --checkpoint {file} --save"
    assert evaluation.dataset == shipped.card.recipe["dataset"]
    assert 1 - evaluation.misread / evaluation.count == pytest.approx(shipped.card.test_accuracy, abs=2e-4)
    assert all(hard.label != hard.read for hard in evaluation.hardest[: evaluation.misread])


def test_all_shipped_weights_together_are_small() -> None:
    assert sum(file.stat().st_size for file in FILES) <= 60_000_000


def test_the_small_networks_are_of_equal_size() -> None:
    counts = {file.stem: sum(weight.numel() for weight in checkpoint.load(file).parameters()) for file in SMALL}
    assert len(counts) >= 6
    assert max(counts.values()) <= 1.05 * min(counts.values())
    assert max(counts.values()) == pytest.approx(2e6, rel=0.1)


@pytest.mark.parametrize("file", SMALL, ids=lambda file: file.stem)
def test_a_small_network_is_small_and_reads_well(file: Path) -> None:
    assert file.stat().st_size <= 4_000_000
    shipped = checkpoint.read(file)
    assert shipped.card.test_accuracy >= 0.993
    model = capsnet.load(file)
    with torch.no_grad():
        scores = model(torch.zeros(3, 1, 28, 28)).scores
    assert scores.shape == (3, 10)
    if isinstance(model, Cnn):
        assert scores.sum(dim=1).tolist() == pytest.approx([1.0] * 3)
    assert (shipped.card.architecture != "capsnet") is isinstance(model, Cnn)


def test_all_that_is_compared_was_measured_with_these_weights() -> None:
    weights = {checkpoint.read(file).weights_digest for file in FILES}
    for name in ("robustness", "angle", "cost"):
        found = json.loads((MEASURED / f"{name}.json").read_text("utf-8"))["networks"]
        assert {one["weights"] for one in found} >= weights, f"run the command of {name} in explorer/measured/README.md"


def test_the_app_opens_with_a_digit_already_read() -> None:
    app = open_page().run()
    assert not app.exception
    assert prediction(app).startswith("4")
    assert "Example" in captions(app)


@pytest.mark.parametrize("preset", load_presets(), ids=lambda preset: preset.id)
def test_every_example_is_read_when_drawn(preset: Preset) -> None:
    app = open_page().run()
    draw_like(app, preset.id)
    assert not app.exception
    if preset.group != "ambiguous":
        assert prediction(app).startswith(preset.label or "")


@pytest.mark.parametrize("identity", ["scribble", "two-digits"])
def test_what_is_no_digit_is_doubted(preferred: Path, identity: str) -> None:
    assert verdict(reading_of(identity, preferred), checkpoint.read(preferred).card.doubt).doubt is not Doubt.NONE


@pytest.mark.parametrize("iterations", [1, 10])
def test_no_scribble_becomes_a_digit_by_other_iterations(iterations: int) -> None:
    app = open_page("pose")
    app.query_params.update({"digit": "e.scribble", "iterations": str(iterations)})
    app.run()
    assert not app.exception
    assert prediction(app).startswith("? ")


@pytest.mark.parametrize("identity", ["4-or-9", "1-or-7", "3-or-8"])
def test_what_people_argue_about_can_hardly_be_decided(preferred: Path, identity: str) -> None:
    reading = reading_of(identity, preferred)
    result = verdict(reading, checkpoint.read(preferred).card.doubt)
    assert result.doubt is Doubt.CLOSE
    assert {reading.classes[result.winner], reading.classes[result.rival]} == set(identity.split("-or-"))
    path = answers(reading)
    assert path[0] != path[-1], "routing changes the answer, as the README says"


def test_routing_that_changes_the_answer_is_said(preferred: Path) -> None:
    app = open_page("routing").run()
    draw_like(app, "1-or-7")
    path = answers(reading_of("1-or-7", preferred))
    words = " ".join(str(element.value) for element in app.markdown)
    assert f"The answer goes {path[0]} → " in words


@pytest.mark.parametrize("preset", PLAIN, ids=lambda preset: preset.id)
def test_every_plain_example_is_read_without_doubt(preferred: Path, preset: Preset) -> None:
    reading = reading_of(preset.id, preferred)
    result = verdict(reading, checkpoint.read(preferred).card.doubt)
    assert (reading.classes[result.winner], result.doubt) == (preset.label, Doubt.NONE)
