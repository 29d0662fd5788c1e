"""The page of comparisons in the app: which networks take part, what is set, and what a browser may send."""

from __future__ import annotations

import gzip
import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from capsnet import architectures, checkpoint
from capsnet.convolutional import CnnConfig, GatedConfig
from capsnet.perturbation import AMOUNTS, Perturbation
from explorer import networks
from explorer.components.compare import Answers
from explorer.components.compare.component import _parsed
from explorer.components.compare.packing import packed
from explorer.session.comparison import KINDS, Comparison
from explorer.text import Say
from explorer.views.compare import contest
from explorer.views.network_names import all_named, named, trained_plainly
from tests.capsnet.samples import CONFIG, DIGIT_CONFIG, make_card, small_model
from tests.explorer.pages import draw_like, open_page

say = Say()
CNN: dict[str, Any] = {"channels": (3, 5), "hidden": (7,)}


def write(folder: Path, name: str, config: Any, **recipe: Any) -> None:
    """A network with random weights, said to be trained by this recipe."""
    kind = architectures.architecture_of(config)
    base = make_card(config if kind.name == "capsnet" else DIGIT_CONFIG)
    tables: dict[str, Any] = {} if kind.name == "capsnet" else {"pose_mean": (), "pose_std": ()}
    card = replace(base, config=config, architecture=kind.name, recipe={"dataset": "mnist", **recipe}, **tables)
    model = small_model(config, votes=9) if kind.name == "capsnet" else kind.network(config).eval()
    checkpoint.write(folder / f"{name}.safetensors", model, card)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Networks of several kinds, and one that reads something else."""
    monkeypatch.setattr(checkpoint, "SHIPPED", tmp_path)
    write(tmp_path, "a", DIGIT_CONFIG)
    write(tmp_path, "b", CnnConfig(**CNN))
    write(tmp_path, "c", GatedConfig(**CNN, reduction=3))
    write(tmp_path, "d", CnnConfig(**CNN), pen=100)
    write(tmp_path, "leaves", CONFIG)
    return tmp_path


def board(app: AppTest) -> dict[str, Any]:
    """What the component is given."""
    return given(app, "kinds")


def given(app: AppTest, name: str) -> dict[str, Any]:
    """What the component is given that knows this name."""
    sent = [element.proto.json for element in app.get("bidi_component")]
    return next(data for data in map(json.loads, filter(None, sent)) if name in data)


def open_compare(parameters: dict[str, str] | None = None) -> AppTest:
    app = open_page("compare")
    for name, value in (parameters or {}).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_packed_answers_hold_all() -> None:
    random = np.random.default_rng(5)
    pictures, scores = random.random((3, 7, 7), np.float32), random.random((2, 3, 5), np.float32)
    doubted = np.array([[0, 1, 0], [1, 1, 0]], np.uint8)
    content = gzip.decompress(b64decode(packed(Answers(pictures, (True, False, True), scores, doubted))))
    np.testing.assert_array_equal(np.frombuffer(content[:120], "<f4").reshape(2, 3, 5), scores)
    assert list(content[120:129]) == [0, 1, 0, 1, 1, 0, 1, 0, 1]
    greys = np.frombuffer(content[129:], np.uint8).reshape(3, 7, 7)
    np.testing.assert_allclose(greys / 255, pictures, atol=0.5 / 255 + 1e-6)


SENT: dict[str, Any] = {
    "varied": "parts",
    "amounts": dict.fromkeys(AMOUNTS, 1),
    "at": [0.123, 1],
    "quarters": [[1, 3], [0, 0], [2, 0], [3, 0]],
    "renormalised": True,
    "beside": None,
}


def test_what_a_browser_sends_is_what_is_set() -> None:
    found = _parsed(SENT, Comparison(beside=("a",)))
    assert (found.varied, found.renormalised, found.beside) == ("parts", True, ("a",))
    assert found.change.hidden_at == (0.12, 1.0)
    assert found.change.quarters == ((1, 3), (0, 0), (2, 0), (3, 0))
    assert {name: getattr(found.change, name) for name in AMOUNTS} == {name: AMOUNTS[name][1] for name in AMOUNTS}
    assert _parsed(SENT | {"beside": ["b", "c"]}, found).beside == ("b", "c")


@pytest.mark.parametrize(
    "wrong",
    [
        {"varied": "colour"},
        {"amounts": {}},
        {"amounts": dict.fromkeys(AMOUNTS, 99)},
        {"amounts": dict.fromkeys(AMOUNTS, True)},
        {"at": [0.5]},
        {"at": [float("nan"), 0.5]},
        {"at": [2, 0]},
        {"quarters": [[0, 0]] * 4},
        {"quarters": [[0, 0], [1, 0], [2, 0], [3, 4]]},
        {"quarters": 7},
        {"beside": ["x"] * 99},
        {"beside": [7]},
    ],
    ids=str,
)
def test_what_a_browser_may_not_send_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((LookupError, TypeError, ValueError, OverflowError)):
        _parsed(SENT | wrong, Comparison())


@pytest.mark.usefixtures("shelf")
def test_networks_that_read_the_same_are_compared_and_named_by_what_they_are() -> None:
    data = board(open_compare())
    rows = [(row["kind"], row["training"], row["measure"], row["on"]) for row in data["rows"]]
    assert rows == [
        ("Capsules with 3 iterations", "MNIST only", "length", True),
        ("CNN with max pooling", "MNIST only", "probability", True),
        ("CNN with gates", "MNIST only", "probability", True),
        ("CNN with max pooling", "MNIST and drawn digits", "probability", False),
    ]
    assert data["classes"][data["wanted"]] == "4"
    assert data["reason"] == say("compare.as_example", name="4")
    assert len(data["labels"]) == len(AMOUNTS["rotation"])
    assert len(data["ranges"]) == 3


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("kind", KINDS)
def test_a_link_says_what_is_compared(kind: str) -> None:
    link = {"vary": kind, "change": "rotation_35~noise_0.2", "quarters": "10.01.20.30", "again": "1", "beside": "d~x~a"}
    app = open_compare(link)
    data = board(app)
    assert data["varied"] == kind
    assert [row["on"] for row in data["rows"]] == [True, False, False, True]
    assert data["settings"]["rotation"] == "+35°"
    assert data["renormalised"] is True
    assert app.session_state["session"].page.comparison.change.noise == 0.2


def with_digit(app: AppTest, change: Callable[[Any], object]) -> dict[str, Any]:
    change(app.session_state["session"])
    app.run()
    assert not app.exception
    return board(app)


@pytest.mark.usefixtures("shelf")
def test_what_the_digit_is_is_said_by_the_person_or_by_most_networks() -> None:
    app = open_compare()
    meant = with_digit(app, lambda session: session.look_at(meant=7))
    assert (meant["wanted"], meant["reason"]) == (7, say("compare.as_meant", name="7"))
    draw_like(app, "cursive-4")
    drawn = board(app)
    assert drawn["reason"] == say("compare.as_majority", name=drawn["classes"][drawn["wanted"]])
    assert app.session_state["session"].page.comparison == Comparison()


@pytest.mark.usefixtures("shelf")
def test_sliders_stay_for_the_next_digit() -> None:
    app = open_compare({"change": "rotation_35"})
    draw_like(app, "cursive-4")
    assert app.session_state["session"].page.comparison.change == Perturbation(rotation=35.0)


def test_a_broken_network_is_left_out_and_named(shelf: Path) -> None:
    (shelf / "broken.safetensors").write_bytes(b"no weights")
    app = open_compare()
    assert [warning.value for warning in app.warning] == [say("compare.broken", networks="broken")]
    assert len(board(app)["rows"]) == 4


def test_one_network_alone_says_how_to_bring_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "SHIPPED", tmp_path)
    write(tmp_path, "a", DIGIT_CONFIG)
    app = open_compare()
    assert say("compare.alone") in [info.value for info in app.info]
    assert len(board(app)["rows"]) == 1


@pytest.mark.usefixtures("shelf")
def test_a_network_without_capsules_at_work() -> None:
    app = open_compare({"network": "b-"})
    assert [row["on"] for row in board(app)["rows"]] == [True, True, True, False]
    scores = given(app, "files")
    assert scores["files"] is None
    assert sum(scores["lengths"]) == pytest.approx(1, abs=1e-3)
    assert scores["words"]["meters"] == say("panel.scores")
    assert any(say("compare.follows") in header.value for header in app.header)  # of the one that has capsules


def test_pictures_of_odd_size_have_no_quarters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = replace(DIGIT_CONFIG, image_size=29)
    monkeypatch.setattr(checkpoint, "SHIPPED", tmp_path)
    write(tmp_path, "odd", odd)
    write(tmp_path, "also", odd, seed=2)
    data = board(open_compare({"vary": "parts", "quarters": "10.00.20.30"}))
    assert data["kinds"] == list(AMOUNTS)
    assert data["varied"] == "rotation"
    assert [row["kind"] for row in data["rows"]] == [f"Capsules with 3 iterations ({name})" for name in ("also", "odd")]


@pytest.mark.usefixtures("shelf")
def test_names_say_what_a_card_says() -> None:
    found = [networks.load(name) for name in ("a", "b", "c", "d", "leaves")]
    assert [named(network, say).training for network in found[:4]] == ["MNIST only"] * 3 + ["MNIST and drawn digits"]
    assert len(set(all_named(found, say))) == len(found)
    assert [trained_plainly(network.card) for network in found[:4]] == [True, True, True, False]


@pytest.mark.usefixtures("shelf")
def test_who_takes_part_at_first_and_when_chosen() -> None:
    offered = [networks.load(name) for name in ("a", "b", "c", "d")]
    assert [one.name for one in contest.chosen(offered, offered[3], None)] == ["a", "b", "c", "d"]
    assert [one.name for one in contest.chosen(offered, offered[0], None)] == ["a", "b", "c"]
    assert [one.name for one in contest.chosen(offered, offered[0], ("d", "b", "gone"))] == ["b", "d"]
    assert [one.name for one in contest.chosen(offered[3:], offered[3], None)] == ["d"]
    assert contest.chosen(offered, offered[0], ("gone",)) == []
