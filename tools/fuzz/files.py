"""The doors of files: checkpoints of strangers, and what lies beside them."""

from __future__ import annotations

import atexit
import json
import shutil
import struct
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import torch
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from safetensors.torch import load

from capsnet import CapsNetConfig, checkpoint
from capsnet.architectures import architecture_of
from capsnet.card import Card
from capsnet.checkpoint import Checkpoint, CheckpointError
from capsnet.convolutional import CnnConfig
from capsnet.film import film_of, packed
from capsnet.saved_evaluation import FORMAT, evaluation_path, saved_evaluation
from explorer.captions import race_headline
from explorer.figures.confusion import Confusion, ConfusionLabels, confusion_matrix
from explorer.figures.curves import CurveLabels, learning_curves
from explorer.measured import files as measured
from explorer.networks import Network
from explorer.palette import LIGHT
from explorer.poses import span
from explorer.reading import CapsuleReading
from explorer.runs import ENDING, losses_within, read_run
from explorer.text import Say
from explorer.views.frame import card as card_view
from explorer.views.training import curves, made, mistakes, run
from tools.fuzz.door import Door
from tools.fuzz.values import altered, damaged

SMALL = CapsNetConfig(
    image_size=13, kernel_size=3, feature_channels=5, primary_channels=3, primary_pose=7, digit_pose=11, iterations=2,
    decoder_hidden=(13, 17), classes=("boot", "coat", "bag"),
)  # fmt: skip
PLAIN = CnnConfig(image_size=13, kernel_size=3, channels=(5, 7), hidden=(11, 13), classes=SMALL.classes)
EPOCH = {"epoch": 1, "loss": 0.5, "learning_rate": 1e-3, "test_accuracy": 0.5, "images_per_second": 100.0}
LABELS = CurveLabels("accuracy", "loss", "rate", "epoch")


@cache
def folder() -> Path:
    """Where files of strangers lie; gone with the process."""
    made_here = Path(tempfile.mkdtemp(prefix="capsnet-fuzz-"))
    atexit.register(shutil.rmtree, made_here, ignore_errors=True)
    return made_here


def history() -> list[dict[str, Any]]:
    """Two epochs, with what was drawn after each."""
    pictures = np.zeros((2, 3, 3), np.uint8)
    more = {"seconds": 3.5, "epochs": 2, "losses": [[0.5, 1.0], [1.0, 0.5]], "reconstructions": packed(pictures)}
    film = {"film": {"labels": [0, 2], "pictures": packed(pictures)}}
    return [EPOCH | more | film, EPOCH | more | {"epoch": 2}]


@cache
def sound(config: CapsNetConfig | CnnConfig) -> tuple[bytes, dict[str, Any]]:
    """A checkpoint as it should be, and its card."""
    torch.manual_seed(1)
    model = architecture_of(config).network(config).eval()
    table = tuple((0.1,) * SMALL.digit_pose for _ in SMALL.classes) if isinstance(config, CapsNetConfig) else ()
    recipe = {"dataset": "mnist", "epochs": 2, "batch_size": 7, "pen": 3, "shift": 2, "rotation": 5.0, "held_out": 0}
    card = Card(
        cast(CapsNetConfig, config),  # of either kind
        recipe | {"start": "s", "command": "c"},
        tuple(history()),
        data_md5="0" * 32,
        versions={"torch": "2"},
        test_accuracy=0.5,
        pose_mean=table,
        pose_std=table,
        architecture=architecture_of(config).name,
    )
    path = folder() / "sound.safetensors"
    checkpoint.write(path, model, card)
    return path.read_bytes(), json.loads(card.to_json())


def _parts(data: bytes) -> tuple[dict[str, Any], bytes]:
    (length,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + length]), data[8 + length :]


def _joined(header: Any, weights: bytes, length: int | None = None) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + weights


@st.composite
def checkpoints(draw: DrawFn) -> bytes:
    """A checkpoint whose bytes, header, weights or card are not as they should be; mostly with a digest that fits."""
    data, card = sound(draw(st.sampled_from((SMALL, PLAIN))))
    header, weights = _parts(data)
    act = draw(st.sampled_from(("bytes", "header", "length", "card", "card", "card", "weights")))
    if act == "bytes":
        return draw(damaged([data]))
    if act == "header":
        return _joined(draw(altered(header)), weights)
    if act == "length":
        return _joined(header, weights, draw(st.sampled_from((0, 1, 2**31, 2**63, 2**64 - 1)) | st.integers(0, 9999)))
    if act == "weights":
        wild = np.array(draw(st.sampled_from((np.nan, np.inf, 65504.0, -65504.0))), np.float16).tobytes()
        place = 2 * draw(st.integers(0, len(weights) // 2 - 1))
        weights = weights[:place] + wild * draw(st.integers(1, 50)) + weights[place:]
        weights = weights[: len(_parts(data)[1])]
    text = json.dumps(draw(altered(card)))
    tensors = load(_joined(header, weights))
    header["__metadata__"] |= {"card": text, "digest": checkpoint._digest(text, tensors)}
    return _joined(header, weights)


def _look_at(data: bytes) -> str:
    """Loads a network, and shows all that its card says and its reading of a picture."""
    path = folder() / "stranger.safetensors"
    path.write_bytes(data)
    try:
        found = checkpoint.read(path)
        network = Network("stranger", found)
        image = np.zeros(2 * (found.card.config.image_size,), np.float32)
        image[3:9, 5:7] = 1
        reading = network.reading(image)
    except CheckpointError as error:
        return f"refused {error.kind}"
    say = Say()
    "\n".join(card_view.lines(network, found.digest, say)).encode()
    card_view.epochs(found.card, say)
    made.sentences(found.card, say)
    _curves(found.card.history)
    if isinstance(reading, CapsuleReading):
        race_headline(reading, network.thresholds, say).encode()
        span(reading.poses[-1, 0], found.card, 0)
    return f"accepted {found.card.architecture}"


def _curves(entries: Any, running: Any = None) -> None:
    film_of(entries)
    curve = curves.curve("stranger", entries, running)
    learning_curves([curve], LABELS, LIGHT).to_json()


@cache
def _owner() -> Checkpoint:
    path = folder() / "own.safetensors"
    path.write_bytes(sound(SMALL)[0])
    return checkpoint.read(path)


def _evaluation() -> dict[str, Any]:
    own = _owner()
    hardest = [
        {"position": 3, "label": 1, "read": 2, "margin": -0.5},
        {"position": 0, "label": 1, "read": 1, "margin": 0},
    ]
    rest = {"classes": list(SMALL.classes), "confusion": [[3, 0, 0], [1, 4, 2], [0, 0, 5]], "hardest": hardest}
    return {"format": FORMAT, "digest": own.digest, "dataset": "mnist", "data_md5": "0" * 32} | rest


def _evaluate(data: bytes) -> str:
    path = folder() / "own.safetensors"
    own = _owner()
    evaluation_path(path).write_bytes(data)
    found = saved_evaluation(path, own)
    if found is None:
        return "refused"
    pairs = mistakes.frequent_pairs(found.confusion, 6)
    mistakes.hardest_of(found, None, 16)
    info = Confusion(found.confusion, found.classes, pairs[0] if pairs else None)
    confusion_matrix(info, ConfusionLabels("a", "b", "c"), LIGHT).to_json()
    return f"accepted {len(pairs)}"


def _follow(data: bytes) -> str:
    """Looks at a training run."""
    (folder() / f"stranger{ENDING}").write_bytes(data)
    found = read_run(folder(), "stranger")
    if found is None:
        return "refused"
    facts = run.facts(SimpleNamespace(say=Say()), found)  # type: ignore[arg-type]
    if found.entries or found.running:
        _curves(found.entries, found.running)
    if found.running:
        losses_within(found.running)
    return f"{min(3, len(found.entries))} epochs, {min(3, found.damaged)} damaged, {len(facts)} facts"


def _measure(data: bytes) -> str:
    (folder() / "robustness.json").write_bytes(data)
    found = measured.robustness(folder())
    return "refused" if found is None else f"accepted {min(3, len(found.entries))}"


@cache
def _robustness() -> dict[str, Any]:
    whole = json.loads((measured.FOLDER / "robustness.json").read_text(encoding="utf-8"))
    entry = whole["networks"][0]
    found: dict[str, Any] = whole | {
        "networks": [entry | {"kinds": {kind: rows[:2] for kind, rows in entry["kinds"].items()}}]
    }
    return found


def _json(right: Callable[[], Any]) -> Any:
    """Text of JSON that is right but for a few places, or damaged."""
    return st.deferred(
        lambda: st.one_of(
            altered(right()).map(lambda value: json.dumps(value).encode()),
            damaged([json.dumps(right()).encode()]),
        )
    )


lines = st.deferred(
    lambda: (
        st.lists(st.one_of([altered(entry) for entry in history()]).map(json.dumps), max_size=5)
        .map(lambda found: "\n".join(found).encode())
        .flatmap(lambda text: st.one_of(st.just(text), st.just(text + b"\n"), damaged([text])))
    )
)
DOORS = (
    Door("checkpoints", checkpoints(), _look_at),
    Door("evaluations", _json(_evaluation), _evaluate),
    Door("histories", lines, _follow),
    Door("measurements", _json(_robustness), _measure),
)
