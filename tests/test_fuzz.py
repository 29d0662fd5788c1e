"""Whatever strangers send is accepted within bounds or refused: a little of `make fuzz`, and what that has found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors import safe_open

from capsnet import checkpoint
from capsnet.agreement import Agreement
from capsnet.card import Card
from capsnet.checkpoint import CheckpointError, at_rest
from capsnet.convolutional import Cnn, CnnConfig
from capsnet.fields import LONGEST_CLASS, MOST_CLASSES, require_classes
from capsnet.film import MOST_PIXELS, film_of, packed
from capsnet.ink import decode_picture
from capsnet.resume import Progress, restore_state, save_state
from capsnet.saved_evaluation import evaluation_path, saved_evaluation
from capsnet.stored import write_atomically
from explorer.components.chart_clicks import Click
from explorer.components.drawing_canvas.component import LONGEST_OBJECTS, understood
from explorer.components.registry import MALFORMED
from explorer.components.theatre_controls.component import Rest
from explorer.exports.csv import couplings_csv
from explorer.figures.base import plain
from explorer.measured import files as measured
from explorer.networks import Network
from explorer.presets import render, stroke_drawing
from explorer.session.comparison import Comparison
from explorer.session.digits import LONGEST_DRAWING, kept_drawing
from explorer.session.strokes import FURTHEST, MOST_POINTS, WIDEST, deflated, strokes_of, unpacked
from explorer.session.strokes import packed as packed_strokes
from explorer.text import Say
from explorer.text.say import escaped, visible
from tests.capsnet.samples import CONFIG, DIGIT_CONFIG, make_card, small_model
from tests.explorer.pages import draw, open_page
from tools.fuzz.__main__ import DOORS, line
from tools.fuzz.door import Door, tried
from tools.fuzz.files import _evaluation, _owner, _robustness, folder
from tools.fuzz.links import opened
from tools.fuzz.messages import _read, _shown, components
from tools.fuzz.names import reading
from tools.fuzz.pictures import seeds

HUGE = 10**400
CLICK = {"chart": "a", "index": [1], "value": None}
DEEP: Any = json.loads("[" * 900 + "]" * 900)


@pytest.mark.parametrize("name", DOORS)
def test_nothing_that_comes_in_does_harm(name: str) -> None:
    result = tried(DOORS[name], 60)
    assert result.failures == {}
    assert result.inputs == sum(result.outcomes.values()) > 30
    assert f"{result.inputs:,} inputs" in line(name, result)


def test_a_door_that_lets_harm_in_is_told_of() -> None:
    def enter(given: int) -> str:
        return str(1 // (given % 3))

    from hypothesis import strategies

    result = tried(Door("open", strategies.integers(0, 99), enter), 50)
    (said,) = result.failures
    assert "ZeroDivisionError at test_fuzz.py" in said


def path(*points: tuple[Any, Any], width: Any = 18) -> dict[str, Any]:
    return {"type": "Path", "path": [["M", 1, 2], *(["L", *point] for point in points)], "strokeWidth": width}


@pytest.mark.parametrize(
    "thing",
    [
        path((float("nan"), 3)),
        path((float("inf"), 3)),
        path((HUGE, 3)),
        path((FURTHEST + 1, 3)),
        *(path((3, 4), width=width) for width in (0, -1, WIDEST + 1, 1e300, float("inf"), float("nan"), HUGE)),
        path(*[(3, 4)] * (MOST_POINTS + 1)),
    ],
)
def test_no_pen_leaves_such_strokes(thing: dict[str, Any]) -> None:
    assert strokes_of({"objects": [thing]}) is None


def test_a_drawing_has_only_so_many_points() -> None:
    assert strokes_of({"objects": [path((3, 4))] * 256}) is None
    line = tuple((float(number % 100), 7.0) for number in range(MOST_POINTS))
    assert packed_strokes((line,), 18)
    assert packed_strokes((line, line), 18) is None
    flood = bytes([18, 1]) + (MOST_POINTS + 1).to_bytes(2, "big") + bytes(4 + 2 * MOST_POINTS)
    with pytest.raises(ValueError, match="no strokes"):
        unpacked(deflated(flood))
    with pytest.raises(ValueError, match="no strokes"):
        unpacked(deflated(bytes([WIDEST + 1, 1]) + (2).to_bytes(2, "big") + bytes(6)))


@pytest.mark.parametrize(
    "change",
    [
        {"moment": float("nan")},
        {"moment": HUGE},
        {"put": float("inf")},
        {"objects": [float("nan")]},
        {"objects": DEEP},
        {"objects": ["a" * LONGEST_OBJECTS]},
    ],
)
def test_a_canvas_that_says_too_much_is_not_heard(change: dict[str, Any]) -> None:
    assert understood(_shown()) is not None
    assert understood(_shown() | change) is None


def test_a_drawing_too_long_to_be_kept_is_its_picture() -> None:
    short = stroke_drawing((((1.0, 2.0), (3.0, 5.0)),), 18)["objects"]
    assert kept_drawing(short) == {"objects": short}
    assert kept_drawing(["a" * LONGEST_DRAWING]) is None


@pytest.mark.parametrize(
    ("parse", "sent"),
    [
        *(
            (Click.parse, {"chart": "a", "index": index, "value": None})
            for index in ([], [-1], [True], [0.5], [1, 2, 3])
        ),
        (Click.parse, CLICK | {"chart": DEEP}),
        (Rest.parse, {"iteration": 10**6, "sent": 1}),
        (Rest.parse, {"iteration": 1, "sent": 2**53}),
        (components()["pose"].parse, components()["pose"].right | {"pose": [1e300] * 16}),
        (components()["pose"].parse, components()["pose"].right | {"pose": [0.0] * 10**5}),
    ],
)
def test_what_is_malformed_raises_what_handlers_know(parse: Callable[[Any], Any], sent: Any) -> None:
    with pytest.raises(MALFORMED):
        parse(sent)


def test_a_click_beside_the_chart_chooses_nothing() -> None:
    _, found = _read()
    for chart, index, value in (
        ("matrix", (len(found.primary),), None),
        ("theatre", (0, 0), 10**30),
        ("matrix", (2**30,), 1),
    ):
        session = opened({})
        before = session.look
        components()["clicks"].act(session, Click(chart, index, value))
        assert session.look == before
    assert Click.parse({"chart": "a", "index": [3], "value": "<b>"}).value is None


def test_half_a_character_stands_in_no_address() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        Comparison(beside=("\ud800",))


@pytest.mark.parametrize("name", ["", "a" * (LONGEST_CLASS + 1), "a\nb", "a\0", "\ud800", "\u202ea", "a\u2028b", 7])
def test_no_class_is_called_so(name: Any) -> None:
    with pytest.raises(ValueError, match="a class's name"):
        require_classes(("coat", name))


def test_a_network_has_only_so_many_classes() -> None:
    require_classes(tuple(map(str, range(MOST_CLASSES))))
    for wrong in (tuple(map(str, range(MOST_CLASSES + 1))), "ab"):
        with pytest.raises(ValueError, match="classes must be"):
            require_classes(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "config",
    [
        lambda: replace(CONFIG, iterations=10**9),
        lambda: replace(CONFIG, image_size=10**5),
        lambda: replace(CONFIG, feature_channels=10**30),
        lambda: replace(CONFIG, inverse_temperature=1e300),
        lambda: CnnConfig(image_size=2**17, channels=(1,) * 16),
        lambda: CnnConfig(hidden=(1,) * 1000),
    ],
)
def test_no_network_is_so_large(config: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="at most"):
        config()


HISTORY = dict(make_card(CONFIG).history[0])


@pytest.mark.parametrize(
    "change",
    [
        {"recipe": {"held_out": "<b>"}},
        {"recipe": {"pen": HUGE}},
        {"recipe": {"batch_size": 1e-300}},
        {"recipe": {"command": "\ud800"}},
        {"recipe": {"dataset": ["mnist"]}},
        {"recipe": {"shift": -1}},
        {"versions": {"torch": 2}},
        {"data_md5": None},
        {"history": (HISTORY | {"epoch": HUGE},)},
        {"history": (HISTORY | {"epoch": float("nan")},)},
        {"history": (HISTORY | {"seconds": "long"},)},
        {"history": (HISTORY,) * 10_001},
        {"pose_mean": (("a",) * CONFIG.digit_pose,) * 5},
        {"pose_std": ((float("nan"),) * CONFIG.digit_pose,) * 5},
        {"pose_std": ((1e30,) * CONFIG.digit_pose,) * 5},
    ],
)
def test_a_card_that_says_what_cannot_be_shown_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"recipe|versions|history|pose_mean"):
        make_card(CONFIG, **change)


def test_a_training_that_failed_can_be_shown() -> None:
    assert make_card(CONFIG, history=(HISTORY | {"loss": float("nan")},)).history


def test_measures_of_agreement_are_numbers() -> None:
    right = dict.fromkeys(Agreement.__dataclass_fields__, 0.5) | {"accuracy_after": [1.0], "accuracy_without": {"1": 1}}
    assert Agreement.from_dict(right).moved == 0.5
    for wrong in ({"moved": "a"}, {"entropy": HUGE}, {"accuracy_after": [None]}, {"accuracy_without": {"1": "b"}}):
        with pytest.raises(ValueError, match="agreement"):
            Agreement.from_dict(right | wrong)


def forged(tmp_path: Path, change: Callable[[torch.Tensor], torch.Tensor]) -> Path:
    """A checkpoint whose digest fits what was done to its weights."""
    file, card = tmp_path / "forged.safetensors", make_card(CONFIG).to_json()
    tensors = {name: change(tensor) for name, tensor in at_rest(small_model()).items()}
    digest = checkpoint._digest(card, tensors)
    write_atomically(
        file, tensors, {"format": checkpoint.FORMAT, "architecture": "capsnet", "card": card, "digest": digest}
    )
    return file


@pytest.mark.parametrize(
    "change",
    [lambda tensor: tensor * float("nan"), lambda tensor: tensor.float(), lambda tensor: tensor.to(torch.float8_e5m2)],
    ids=["no numbers", "float32", "float8"],
)
def test_weights_that_are_none_are_refused(tmp_path: Path, change: Callable[[torch.Tensor], torch.Tensor]) -> None:
    assert checkpoint.read(forged(tmp_path, lambda tensor: tensor))
    with pytest.raises(CheckpointError, match="sound weights") as caught:
        checkpoint.read(forged(tmp_path, change))
    assert caught.value.kind == "unfit"


def test_a_network_that_gives_no_numbers_is_refused() -> None:
    config = CnnConfig(image_size=13, kernel_size=3, channels=(5, 7), hidden=(11, 13), classes=("a", "b", "c"))
    model = Cnn(config).eval()
    with torch.no_grad():
        for weight in model.parameters():
            weight.fill_(1e30)
    card = Card(config, {}, (), "0" * 32, {}, 0.5, architecture="cnn")  # type: ignore[arg-type]
    network = Network("wild", checkpoint.Checkpoint(model, card, "wild-1"))  # type: ignore[arg-type]
    with pytest.raises(CheckpointError, match="gives no numbers"):
        network.reading(np.ones((13, 13), np.float32))
    with pytest.raises(CheckpointError, match="gives no numbers"):
        network.answers(np.ones((2, 13, 13), np.float32))


def test_a_film_that_unpacks_to_a_flood_is_none() -> None:
    side = 1000
    assert side**2 <= MOST_PIXELS
    black = packed(np.zeros((1, side, side), np.uint8))
    film = {"film": {"labels": [0], "pictures": black}}
    history = [{"epoch": number, "reconstructions": black} | film for number in range(3)]
    assert film_of(history) is not None
    assert film_of([entry | {"epoch": number} for number, entry in enumerate(history * 30)]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"confusion": [[3, HUGE, 0], [1, 4, 2], [0, 0, 5]]},
        {"hardest": [{"position": 0, "label": 1, "read": 2, "margin": HUGE}]},
    ],
)
def test_an_evaluation_of_more_than_there_is_says_nothing(change: dict[str, Any]) -> None:
    own = _owner()
    file = folder() / "own.safetensors"
    evaluation_path(file).write_text(json.dumps(_evaluation()))
    assert saved_evaluation(file, own)
    evaluation_path(file).write_text(json.dumps(_evaluation() | change))
    assert saved_evaluation(file, own) is None


def test_a_measurement_too_large_is_none(tmp_path: Path) -> None:
    content = _robustness()
    (tmp_path / "robustness.json").write_text(json.dumps(content))
    assert measured.robustness(tmp_path)
    (tmp_path / "robustness.json").write_text(json.dumps(content | {"made": content["made"] | {"seconds": HUGE}}))
    assert measured.robustness(tmp_path) is None


@pytest.mark.parametrize(
    "change",
    [
        {"identity": None},
        {"progress": {"colour": 1}},
        {"param_groups": []},
        {"param_groups": "many"},
        {"schedule": [1]},
    ],
)
def test_a_state_of_training_that_does_not_fit_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    model = torch.nn.Linear(2, 3)
    optimizer = torch.optim.Adam(model.parameters())
    schedule = torch.optim.lr_scheduler.ConstantLR(optimizer)
    file = tmp_path / "own.state.safetensors"
    save_state(file, model, optimizer, schedule, Progress(epoch=1), {"recipe": {"seed": 1}})
    assert restore_state(file, model, optimizer, schedule, {"recipe": {"seed": 1}}).epoch == 1
    with safe_open(file, "pt") as content:
        tensors, said = {name: content.get_tensor(name) for name in content.keys()}, content.metadata()  # noqa: SIM118
    write_atomically(file, tensors, said | {"state": json.dumps(json.loads(said["state"]) | change)})
    with pytest.raises(CheckpointError, match=r"own\.state.*--overwrite"):
        restore_state(file, model, optimizer, schedule, {"recipe": {"seed": 1}})


def test_the_names_of_classes_are_text_on_the_pose_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("**w** :red[x]", "[l](javascript:1) $x$", "<b>", "../../a", "=1+1", "%{x}", "a", "b", "c", "d")
    config = replace(DIGIT_CONFIG, classes=names)
    file = tmp_path / "markup.safetensors"
    checkpoint.write(file, small_model(config, votes=9), make_card(config))
    monkeypatch.setattr("sys.argv", ["app.py", "--checkpoint", str(file)])
    app = open_page("pose").run()
    draw(app, render((((60.0, 60.0), (220.0, 60.0), (220.0, 220.0)),), 18))
    assert not app.exception
    (capsules,) = (box for box in app.button_group if box.key == "pose-capsule")
    assert [unescape(name) for name in capsules.options] == list(names)
    assert not any(set("*[<$:") & set(name) for name in capsules.options)


def test_damaged_exif_leaves_a_picture_as_it_lies() -> None:
    (sound,) = (data for data in seeds() if data[8:12] == b"WEBP" and b"MM\x00*" in data)
    assert decode_picture(sound.replace(b"MM\x00*", b"MM\x00\xc9")).any()


@pytest.mark.parametrize("name", ["=cmd|'/C calc'!A0", "+1", "-1", "@SUM(1)", "\uff1dA1"])
def test_no_cell_of_a_table_is_a_formula(name: str) -> None:
    shown = replace(reading(), classes=(name, "coat", "bag"))
    head = couplings_csv(shown, Say("ja")).decode("utf-8-sig").splitlines()[0]
    assert f",'{name}" in head or f"\"'{name}" in head


def test_invisible_characters_are_seen() -> None:
    assert visible("a\u202eb\0\ud800\n") == "a\ufffdb\ufffd\ufffd\ufffd"
    assert escaped("\u2066<b>\n") == "\ufffd&#60;b&#62;&#10;"
    assert visible("née \u4e2d\U0001f469\u200d\U0001f4bb") == "née \u4e2d\U0001f469\u200d\U0001f4bb"


def test_a_name_is_no_place_in_a_template_and_no_formula() -> None:
    assert plain("%{x} $y$ 5%") == "&#37;{x} &#36;y&#36; 5%"
