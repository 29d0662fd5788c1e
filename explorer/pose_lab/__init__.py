"""The pose page's instrument: 16 sliders and the picture that follows them, decoded in the browser.

Streamlit's own sliders report only when they are let go. Here the decoder itself runs in the browser, and Python hears
of a pose once it is set. The decoder's weights go there once for each checkpoint: the component asks for them by digest
when its cache lacks them, and only that one run carries them, in a message of their own.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
import torch

from capsnet.checkpoint import Checkpoint
from explorer.palette import LIGHT
from explorer.pictures import painted
from explorer.poses import PAPER, STEP, Span, span
from explorer.reading import DigitReading, Floats
from explorer.text import section

_FOLDER = Path(__file__).parent
_SCRIPTS = (
    "decoder",
    "chores",
    "parts",
    "film",
    "dimension",
    "stage",
    "lab",
    "figure_four",
    "loop",
    "morph",
    "pose_lab",
)
"""One module to the browser, in which each file uses what stands above it."""
_component = st.components.v2.component(
    "capsnet_pose_lab",
    css=(_FOLDER / "pose_lab.css").read_text(encoding="utf-8"),
    js="\n".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS),
    html=f'<div class="frame"><div class="pose-lab" aria-busy="true">\n{section("pose_lab")["waiting"]}</div></div>',
)
_courier = st.components.v2.component("capsnet_decoder", js=(_FOLDER / "courier.js").read_text(encoding="utf-8"))

Hearers = Mapping[str, Callable[[Any], None]]
"""What is called with each kind of word from the browser."""


@dataclass(frozen=True)
class Start:
    """Where a morph starts."""

    capsule: int
    pose: Sequence[float]
    same: bool
    """It is what the sliders turn now: there is no way to go yet."""


@dataclass(frozen=True)
class Subject:
    """What the sliders turn: one capsule's pose of one digit, as one network found it."""

    checkpoint: Checkpoint
    capsule: int
    own: Floats
    """The pose that the network found, [D]."""
    span: Span

    @classmethod
    def of(cls, checkpoint: Checkpoint, reading: DigitReading, capsule: int) -> Subject:
        """The last pose that routing gave a capsule."""
        own = reading.poses[-1, capsule]
        return cls(checkpoint, capsule, own, span(own, checkpoint.card, capsule))

    @property
    def name(self) -> str:
        """Names this subject in what the browser sends, so that late words about another one are not mistaken."""
        return f"{self.checkpoint.digest[:12]}-{self.capsule}-{sha256(self.own.tobytes()).hexdigest()[:12]}"


def packed(checkpoint: Checkpoint) -> str:
    """The decoder as the browser takes it: float16 in base64, each layer's weights, one row an input, then its biases.

    Checkpoints hold float16, so nothing is lost.
    """
    return _packed(checkpoint, checkpoint.digest)


@st.cache_resource(show_spinner=False, max_entries=2)
def _packed(_checkpoint: Checkpoint, digest: str) -> str:  # noqa: ARG001 - part of the cache's key
    numbers = [
        part.detach().half().numpy().astype("<f2").tobytes()
        for layer in _checkpoint.model.decoder
        if isinstance(layer, torch.nn.Linear)
        for part in (layer.weight.T.contiguous(), layer.bias)
    ]
    return base64.b64encode(b"".join(numbers)).decode()


def lab(
    subject: Subject,
    pose: Floats,
    *,
    version: int,
    undoable: bool,
    belief: str,
    on: Hearers,
    key: str,
) -> None:
    """Shows picture and sliders.

    Args:
        subject: what is turned.
        pose: where the sliders begin, [D].
        version: another number makes the browser take `pose` over, where Python changed it.
        undoable: whether there is an older pose to go back to.
        belief: what the network reads in the picture, in words.
        on: called with what the browser says: "released" with a pose set by hand, "undo", "wanted" with the digest of a
            checkpoint whose decoder it lacks, "failed" where that did not come.
        key: names the element.
    """
    _mount(
        "lab",
        subject,
        key,
        on,
        pose=pose.tolist(),
        version=version,
        undoable=undoable,
        belief=belief,
        asks=True,
    )


def send_decoder(checkpoint: Checkpoint, *, key: str) -> None:
    """Sends a decoder to the browser, which has asked for it; shows nothing."""
    config = checkpoint.card.config
    layers = [config.digit_capsules * config.digit_pose, *config.decoder_hidden, config.image_size**2]
    _courier(key=key, data={"digest": checkpoint.digest, "layers": layers, "weights": packed(checkpoint)})


def figure_four(subject: Subject, *, key: str) -> None:
    """Shows each number turned in steps about the digit's own; a picture clicked sets the sliders to it."""
    _mount("figure", subject, key, {})


def loop(subject: Subject, pose: Floats, found: Floats, *, key: str) -> None:
    """Shows a pose that was set against the one that the network finds in its picture, both [D]."""
    _mount("loop", subject, key, {}, pose=pose.tolist(), found=found.tolist())


def morph(subject: Subject, pose: Floats, start: Start | None, *, on: Hearers, key: str) -> None:
    """Shows the way from a pose kept before to the one that is set now.

    Args:
        subject: what is turned now.
        pose: where its sliders are, [D].
        start: the pose kept; None: none yet.
        on: called with what the browser says: "keep", to start from the pose that is set now.
        key: names the element.
    """
    names = subject.checkpoint.card.config.classes
    end = {"capsule": subject.capsule, "pose": pose.tolist(), "label": names[subject.capsule]}
    begin = start and {**asdict(start), "label": names[start.capsule]}
    _mount("morph", subject, key, on, end=end, start=begin)


def _mount(view: str, subject: Subject, key: str, on: Hearers, **data: Any) -> None:
    config = subject.checkpoint.card.config
    hearers: dict[str, Any] = {f"on_{event}_change": _hears(key, event, act) for event, act in on.items()}
    # Rounded as float64: a slider whose end lies a float32's error below a step never reaches that step.
    limits = {name: values.astype(float).round(6).tolist() for name, values in asdict(subject.span).items()}
    _component(
        key=key,
        data={
            "view": view,
            "digest": subject.checkpoint.digest,
            "side": config.image_size,
            "subject": subject.name,
            "capsule": subject.capsule,
            "label": config.classes[subject.capsule],
            "own": subject.own.tolist(),
            **limits,
            "paper": PAPER,
            "step": STEP,
            "colours": _colours(),
            "words": section("pose_lab"),
            **data,
        },
        **hearers,
    )


def _hears(key: str, event: str, act: Callable[[Any], None]) -> Callable[[], None]:
    return lambda: act(st.session_state[key][event])


@cache
def _colours() -> list[int]:
    """Differences -1..1 in 256 colours, as a browser's canvas packs them: 0xAABBGGRR."""
    red, green, blue = (
        painted(np.linspace(-1, 1, 256, dtype=np.float32), LIGHT.difference_scale, -1, 1).astype(np.uint32).T
    )
    colours: list[int] = (0xFF000000 | blue << 16 | green << 8 | red).tolist()
    return colours
