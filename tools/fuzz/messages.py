"""The doors of messages: what a browser says of the canvas, and of any other component."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple
from unittest.mock import patch

from hypothesis import strategies as st

from capsnet import checkpoint
from capsnet.ink import MNIST_FRAME
from explorer.components import registry
from explorer.components.anatomy.component import _about
from explorer.components.chart_clicks import Click
from explorer.components.compare.component import _parsed
from explorer.components.drawing_canvas.component import understood
from explorer.components.live.component import _switched
from explorer.components.pose_lab import Subject
from explorer.components.race import Looked
from explorer.components.registry import handler, index_below
from explorer.components.theatre_controls.component import Rest
from explorer.components.turn.component import _named
from explorer.digit_library import example_digit
from explorer.presets import load_presets, preset_drawing
from explorer.reading import CapsuleReading, read
from explorer.session import Session
from explorer.session.comparison import AT_FIRST, Comparison
from explorer.session.session import STAGES
from explorer.views.frame.panel import _take_from_canvas
from explorer.views.overview.page import _strokes
from explorer.views.routing.page import _clicked
from tools.fuzz.door import Door
from tools.fuzz.links import bounds, check, opened
from tools.fuzz.values import altered
from tools.load.drawings import told


def _session() -> Session:
    return opened({})


def _shown() -> dict[str, Any]:
    preset = load_presets()[0]
    _, png = told(preset.strokes, preset.width)
    objects = preset_drawing(preset)["objects"]
    return {"session": "another", "put": 1, "moment": 5.5, "objects": objects, "png": png}


def _draw(sent: Any) -> str:
    """The canvas says something."""
    text = json.dumps(sent)
    shown = understood(json.loads(text))
    if shown is None:
        return "refused"
    session = _session()
    bystander = _session()
    before = (bystander.digits.put, bystander.look, bystander.digits.token)
    _take_from_canvas(session, shown, MNIST_FRAME)
    _strokes(session.digit)
    check(session)
    assert (bystander.digits.put, bystander.look, bystander.digits.token) == before
    return f"accepted {type(session.digit.origin).__name__}, {'strokes' if session.digit.drawing else 'no strokes'}"


@cache
def _read() -> tuple[checkpoint.Checkpoint, CapsuleReading]:
    found = checkpoint.read(checkpoint.SHIPPED / "drawn.safetensors")
    image = example_digit(load_presets()[0]).image
    assert image is not None
    return found, read(found.model, image)


class Component(NamedTuple):
    """One thing that a component says."""

    right: Any
    """As it should be."""
    parse: Callable[[Any], Any]
    act: Callable[[Session, Any], None]


COMPARED = {
    "amounts": dict.fromkeys(("rotation", "right", "down", "scale", "thickness", "noise", "hidden", "contrast"), 2),
    "at": [0.2, 0.7],
    "quarters": [[1, 0], [0, 2], [2, 0], [3, 0]],
    "varied": "parts",
    "renormalised": True,
    "beside": ["mnist", "cnn-mnist"],
}
"""What the page of comparisons sends."""


@cache
def components() -> dict[str, Component]:
    """By name, what components say and what becomes of it, as in the views."""
    weights, reading = _read()
    subject = Subject.of(weights, reading, 3)
    return _of_routing(reading) | {
        "stage": Component(2, index_below(STAGES), lambda session, stage: session.set_up(stage=stage)),
        "follow": Component(
            {"name": "n", "index": 5},
            lambda sent: _about("n", len(reading.primary), sent),
            lambda session, i: session.look_at(followed=i),
        ),
        "pose": Component(
            {"subject": subject.name, "pose": [0.1] * 16},
            subject.pose_sent,
            lambda session, pose: session.poses.turn(session.pose_set(3, pose)),
        ),
        "name": Component(subject.name, subject.name_sent, lambda session, _: session.set_up(plain_sliders=True)),
        "turn": Component("upright", _named("upright"), lambda session, _: session.look_at(turned=True)),
        "wish": Component(True, _switched, lambda session, wish: session.set_up(live=wish)),
        "compare": Component(COMPARED, lambda sent: _parsed(sent, AT_FIRST), _compare),
    }


def _of_routing(reading: CapsuleReading) -> dict[str, Component]:
    def clicked(session: Session, click: Click) -> None:
        _clicked(session, reading, click)

    return {
        "race-look": Component(
            {"focus": 1, "rival": 2, "followed": 7},
            Looked.parser(reading),
            lambda session, look: session.look_at(focus=look.focus, rival=look.rival, followed=look.followed),
        ),
        "step": Component(2, lambda sent: index_below(3)(sent - 1) + 1, lambda session, to: session.choose(step=to)),
        "iterate": Component(3, lambda sent: index_below(10)(sent - 1) + 1, lambda s, n: s.choose(iterations=n)),
        "theatre": Component(
            {"iteration": 2, "sent": 1700000000000},
            Rest.parse,
            lambda session, rest: session.choose(step=rest.iteration),
        ),
        "clicks": Component({"chart": "theatre", "index": [3, 5], "value": 17}, Click.parse, clicked),
        "clicks-matrix": Component({"chart": "matrix", "index": [3, 5], "value": None}, Click.parse, clicked),
    }


def _compare(session: Session, comparison: Comparison) -> None:
    session.set_up(comparison=comparison)


def _say(sent: tuple[str, Any]) -> str:
    """A component says something: it is done, or it is as if it had not been said."""
    name, value = sent
    value = json.loads(json.dumps(value))
    component, session, done = components()[name], _session(), []

    def act(message: Any) -> None:
        component.act(session, message)
        done.append(message)

    session.use("drawn", bounds().digest)
    with patch.object(registry, "received", lambda _key, _event: value):
        handler("key", "event", act, component.parse)()
    check(session)
    return f"{name} {'accepted' if done else 'refused'}"


inputs = st.deferred(
    lambda: st.one_of([st.tuples(st.just(name), altered(component.right)) for name, component in components().items()])
)
canvas = st.deferred(lambda: altered(_shown(), 4))
DOORS = (Door("canvas", canvas, _draw), Door("components", inputs, _say))
