"""Measurements on the page: those of the networks that are here, and a note where there are none, or of others."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from capsnet import checkpoint
from capsnet.convolutional import Cnn, CnnConfig
from explorer import measured
from explorer.measured import Angle, Cost, Count, FewDigits, Fit, Made, Measured, Robustness
from explorer.text import Say
from explorer.views.compare import measured as page
from explorer.views.compare import measured_tables as tables
from tests.capsnet.samples import DIGIT_CONFIG, make_card, small_model
from tests.explorer.pages import captions, draw_like, open_page

say = Say()
MADE = Made("python -m x --save y", "a machine", "2026-01-02", 120.0)
CNN = CnnConfig(channels=(3,), hidden=(5,))
FIT = Fit(7.0, 0.1, 0.9, 22.5)


@pytest.fixture
def networks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, checkpoint.Checkpoint]:
    """A capsule network and a CNN, both of MNIST's digits, are all that is shipped."""
    monkeypatch.setattr(checkpoint, "SHIPPED", tmp_path)
    card = make_card(DIGIT_CONFIG)
    recipe: dict[str, Any] = {**card.recipe, "dataset": "mnist"}
    other: dict[str, Any] = {"config": CNN, "architecture": "cnn", "pose_mean": (), "pose_std": ()}
    checkpoint.write(tmp_path / "small.safetensors", small_model(DIGIT_CONFIG), replace(card, recipe=recipe))
    checkpoint.write(tmp_path / "pooled.safetensors", Cnn(CNN), replace(card, recipe=recipe, **other))
    return {name: checkpoint.read(tmp_path / f"{name}.safetensors") for name in ("small", "pooled")}


def robustness_of(found: checkpoint.Checkpoint, name: str, right: int, **changes: Any) -> Robustness:
    kinds = {kind: (Count(1, right, 20, 10), Count(2, right // 2, 30, 10)) for kind in page.KINDS if kind != "quarters"}
    quarters = (Count("in_place", right, 0, 0), Count("crosswise", right // 2, 30, 10))
    whole = Robustness(name, found.weights_digest, asdict(found.card.doubt), 1000, {**kinds, "quarters": quarters})
    return replace(whole, **changes)


def measure(monkeypatch: pytest.MonkeyPatch, found: dict[str, checkpoint.Checkpoint], **changes: Any) -> None:
    changed = (robustness_of(found["small"], "small", 900), robustness_of(found["pooled"], "pooled", 700, **changes))
    three = (1.0, 2.0, 3.0)
    costs = tuple(
        Cost(name, one.weights_digest, 7, 11_000_000, three, three, 90.0, 0.5, False) for name, one in found.items()
    )
    pose = Angle("small", found["small"].weights_digest, 7, {"pose": FIT}, 0.5, ((2, 0.75),))
    fits = {"features": replace_fit(9.0), "components": replace_fit(11.0)}
    layer = Angle("pooled", found["pooled"].weights_digest, 5, fits, 0.75, ())
    runs = tuple(FewDigits(name, 100, 1, right, 1000) for name, right in {"capsules-3": 900, "cnn": 800}.items())
    monkeypatch.setattr(page, "robustness", lambda: Measured(MADE, changed))
    monkeypatch.setattr(tables, "cost", lambda: Measured(MADE, costs))
    monkeypatch.setattr(tables, "angle", lambda: Measured(MADE, (pose, layer)))
    monkeypatch.setattr(tables, "few_digits", lambda: Measured(MADE, runs))


def replace_fit(error: float) -> Fit:
    return FIT._replace(error=error)


def visited() -> AppTest:
    app = open_page("compare").run()
    draw_like(app, "school-4")
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


def test_what_was_measured_of_these_networks_is_told(
    networks: dict[str, checkpoint.Checkpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    measure(monkeypatch, networks)
    app = visited()
    told = words(app)
    assert say("measured.missing") not in told
    assert "90&#46;0% against 70&#46;0%" in told
    assert "error 7&#46;0°" in told
    assert "learns more than" in told
    assert "11&#46;0 MB" in told
    assert "python -m x --save y" in captions(app)
    app.segmented_control(key="choose-measured").set_value("quarters").run()
    app.segmented_control(key="choose-counted").set_value("doubted").run()
    assert not app.exception
    session = app.session_state["session"]
    assert (session.page.measured, session.page.counted) == ("quarters", "doubted")


def test_other_weights_and_thresholds_are_left_out_with_a_note(
    networks: dict[str, checkpoint.Checkpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    measure(monkeypatch, networks, doubt={"length": 0.1})
    app = visited()
    assert say("measured.other_doubt", networks="") not in captions(app)
    app.segmented_control(key="choose-counted").set_value("doubted").run()
    assert say("measured.other_doubt", networks="CNN").rstrip(".") in captions(app)
    measure(monkeypatch, networks, weights="of another")
    app = visited()
    assert say("measured.other_weights", networks="pooled") in captions(app)
    assert say("measured.unmeasured", networks="CNN").rstrip(".") in captions(app)


@pytest.mark.usefixtures("networks")
def test_without_files_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "robustness", lambda: measured.robustness(tmp_path))
    for name in ("angle", "cost", "few_digits"):
        monkeypatch.setattr(tables, name, lambda: None)
    assert words(visited()).count(say("measured.missing")) == 4
