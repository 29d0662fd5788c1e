"""The training page without a browser: what it says of networks, what can be chosen, and what is not there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from capsnet import checkpoint
from capsnet.data import load_dataset
from capsnet.evaluation import Evaluation, evaluate
from capsnet.film import film_entry, first_of_each_class
from capsnet.pen import pen_digits
from capsnet.saved_evaluation import MOST_KEPT, SavedEvaluation, saved_evaluation
from explorer import mnist
from explorer.runs import ENDING
from explorer.text import Say
from explorer.views.training.made import pictures, seconds, sentences
from explorer.views.training.mistakes import TILES, frequent_pairs, hardest_of
from tests.capsnet.samples import evaluated_copy
from tests.explorer.pages import captions, open_page

say = Say()


def words(app: AppTest) -> str:
    assert not app.exception
    return " ".join(element.value for element in app.markdown)


def start(app_arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr("sys.argv", ["app.py", *app_arguments])
    return open_page("training").run()


@pytest.fixture
def file(tmp_path: Path, tiny_checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CAPSNET_DATA", str(tmp_path))
    return evaluated_copy(tiny_checkpoint, tmp_path)


def kept(file: Path) -> Evaluation:
    return evaluate(checkpoint.read(file).model, load_dataset("mnist", "test", file.parent), hardest=MOST_KEPT)


@pytest.mark.usefixtures("tiny_app")
def test_a_network_with_nothing_kept_says_so() -> None:
    app = open_page("training").run()
    said = words(app)
    assert say("training.mistakes_none") in said
    assert say("training.run_how") in said
    assert say("training.film_none") not in said  # the tiny network was trained by this code
    assert say("training.film_text", count=10) in said


def test_a_mistake_is_chosen_and_stays_when_one_of_its_digits_is_looked_at(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = kept(file)
    app = start(["--checkpoint", str(file)], monkeypatch)
    assert say("training.hardest_note") in words(app)
    pairs: Any = next(group for group in app.get("button_group") if group.key == "mistaken")
    made = frequent_pairs(tuple(map(tuple, result.confusion.tolist())), 6)
    pairs.set_value(made[0]).run()
    assert app.session_state["session"].choices.mistaken == made[0]
    hardest = [hard for hard in result.hardest if (hard.label, hard.read) == made[0]]
    app.session_state["session"].replace_digit(mnist.digit(hardest[0].position))
    app.run()
    assert say("training.hardest_note") in words(app)
    assert f"MNIST test digit {hardest[0].position}" in captions(app)


def test_without_mnist_the_matrix_is_there_and_the_digits_are_not(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file.parent / "MNIST" / "raw" / "t10k-images-idx3-ubyte").unlink()
    app = start(["--checkpoint", str(file)], monkeypatch)
    assert say("training.confusion_note") in captions(app)
    assert say("panel.mnist_incomplete") in [element.value for element in app.info]
    assert say("training.hardest_note") not in words(app)
    monkeypatch.delenv("CAPSNET_DATA")
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(file.parent))
    app = start(["--checkpoint", str(file)], monkeypatch)
    assert not app.exception
    assert "hardest-download" in [button.key for button in app.button]


def test_a_damaged_evaluation_or_one_of_other_pictures_is_left_out(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file.with_suffix(".evaluation.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"data_md5": "0" * 32}))
    app = start(["--checkpoint", str(file)], monkeypatch)
    assert say("training.hardest_elsewhere") in captions(app)
    path.write_text(path.read_text()[:100])
    app = start(["--checkpoint", str(file)], monkeypatch)
    assert say("training.mistakes_none") in words(app)


def test_a_run_is_watched_as_it_grows(tmp_path: Path, tiny_checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = tmp_path / "runs"
    arguments = ["--checkpoint", str(tiny_checkpoint), "--runs", str(runs)]
    assert "runs" in words(start(arguments, monkeypatch))
    runs.mkdir()
    file = runs / f"mine{ENDING}"
    file.touch()
    app = start(arguments, monkeypatch)
    assert say("training.run_begun") in words(app)
    file.write_text(json.dumps({"epoch": 1, "epochs": 7, "losses": [[0.25, 0.5]]}) + "\n")
    app.run()
    assert say("training.run_epoch", epoch=1, epochs=7, share=0.25) in words(app)
    model = checkpoint.read(tiny_checkpoint).model
    film = film_entry(model, first_of_each_class(pen_digits(11)), first=True)
    numbers = {"loss": 0.375, "learning_rate": 1e-3, "test_accuracy": 0.875, "images_per_second": 9.0, "epochs": 7}
    with file.open("a") as end:
        end.write(json.dumps({"epoch": 1, **numbers, **film}) + '\n{"epoch": 2, "losses": [[0.1')
    app.run()
    said = words(app)
    assert say("training.run_accuracy", accuracy=87.5) in said
    assert say("training.run_done", epoch=1, epochs=7) in said
    assert say("training.film_text", count=10) in said
    assert say("training.run_unfinished") in captions(app)


def test_another_sheet_is_another(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = start(["--checkpoint", str(file)], monkeypatch)
    assert app.session_state["session"].page.practice == 0
    app.button(key="practice-another").click().run()
    assert not app.exception
    assert app.session_state["session"].page.practice == 1


def test_frequent_mistakes_come_first() -> None:
    confusion = ((5, 2, 0), (3, 5, 2), (0, 0, 5))
    assert frequent_pairs(confusion, 2) == [(1, 0), (0, 1)]
    assert frequent_pairs(confusion, 7) == [(1, 0), (0, 1), (1, 2)]


def test_the_hardest_of_a_cell(file: Path) -> None:
    found = saved_evaluation(file, checkpoint.read(file))
    assert isinstance(found, SavedEvaluation)
    assert hardest_of(found, None, 3) == list(found.hardest[:3])
    for hard in found.hardest:
        cell = hardest_of(found, (hard.label, hard.read), TILES)
        assert hard in cell
        assert {(one.label, one.read) for one in cell} == {(hard.label, hard.read)}


def test_a_card_in_words(tiny_checkpoint: Path) -> None:
    card = checkpoint.read(tiny_checkpoint).card
    entry = {"epoch": 1, "loss": 1, "learning_rate": 1, "test_accuracy": 1, "images_per_second": 50}
    recipe = {"dataset": "mnist", "epochs": 2, "batch_size": 128, "pen": 1000, "held_out": 5000, "shift": 2}
    old = replace(card, recipe=recipe, history=(entry, entry))
    assert pictures(old) == 56_000
    assert seconds(old) == pytest.approx(2 * 56_000 / 50)
    said = sentences(old, say)
    assert "60,000 MNIST digits, 1,000 digits of a synthetic pen." in said[0]
    assert "2 epochs" in said[1]
    assert "876 steps" in said[1]  # 2 x 437.5, rounded up
    assert "37 minutes" in said[1]
    assert said[2:] == [
        say("training.made_held_out", count=5000),
        say("training.made_shift", shift=2) + ".",
        say("training.made_paper"),
    ]
    new = replace(card, recipe={**recipe, "dataset": "own"}, history=({**entry, "seconds": 4000.0},))
    assert (pictures(new), seconds(new)) == (None, 4000.0)
    assert "1.1 hours" in sentences(new, say)[1]
    unknown = replace(card, recipe={"dataset": "own"}, history=(entry,))
    assert seconds(unknown) is None
    assert sentences(unknown, say)
