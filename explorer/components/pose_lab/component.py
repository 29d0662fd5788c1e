"""The pose page's instrument: 16 sliders and the picture that follows them, decoded in the browser.

Streamlit's own sliders report only when they are let go. Here the decoder itself runs in the browser, and Python hears
of a pose once it is set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from capsnet.checkpoint import Checkpoint
from explorer.arrays import Floats
from explorer.components.network.weights import weights
from explorer.components.registry import handler, register
from explorer.palette import Palette
from explorer.poses import FURTHEST, PAPER, STEP, Span, span
from explorer.reading import CapsuleReading
from explorer.text import Say

_component = register(
    "capsnet_pose_lab",
    Path(__file__).parent,
    css="component.css",
    html='<div class="frame"><div class="pose-lab" aria-busy="true"></div></div>',
)


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
    def of(cls, checkpoint: Checkpoint, reading: CapsuleReading, capsule: int) -> Subject:
        """The last pose that routing gave a capsule."""
        own = reading.poses[-1, capsule]
        return cls(checkpoint, capsule, own, span(own, checkpoint.card, capsule))

    @property
    def name(self) -> str:
        """Names this subject in what the browser sends, so that late words about another one are not mistaken."""
        return f"{self.checkpoint.digest[:12]}-{self.capsule}-{sha256(self.own.tobytes()).hexdigest()[:12]}"

    def name_sent(self, sent: Any) -> str:
        """A parser of messages: this subject's name.

        Raises:
            ValueError: they are about something else.
        """
        return self._expect(sent, self.name)

    def digest_sent(self, sent: Any) -> str:
        """A parser of messages: the digest of this subject's network.

        Raises:
            ValueError: they are about something else.
        """
        return self._expect(sent, self.checkpoint.digest)

    def pose_sent(self, sent: Any) -> tuple[float, ...]:
        """A parser of messages: a pose of this subject.

        Raises:
            LookupError, TypeError, ValueError: they are about another subject, or hold no D numbers within `FURTHEST`.
        """
        self._expect(sent["subject"], self.name)
        pose = tuple(float(number) for number in sent["pose"][: len(self.own) + 1])
        if len(pose) != len(self.own) or not all(abs(number) <= FURTHEST for number in pose):
            raise ValueError(f"expected {len(self.own)} numbers of at most {FURTHEST:g}")
        return pose

    @staticmethod
    def _expect(sent: Any, name: str) -> str:
        if sent != name:
            raise ValueError(f"expected a message about {name}")
        return name


@dataclass(frozen=True)
class Handlers:
    """What is called when something was done in the browser."""

    released: Callable[[tuple[float, ...]], None]
    """A pose of D numbers was set by hand."""
    undo: Callable[[], None]
    """The person wants to go back to the pose set before."""
    failed: Callable[[], None]
    """The browser cannot decode: what it was sent is not what it expected, or it lacks what decoding takes."""


@dataclass(frozen=True)
class Style:
    """How all parts of the instrument are written and coloured."""

    say: Say
    palette: Palette


def lab(
    subject: Subject,
    pose: Floats,
    on: Handlers,
    style: Style,
    *,
    version: int,
    undoable: bool,
    belief: str,
    key: str,
) -> None:
    """Shows picture and sliders.

    Args:
        subject: what is turned.
        pose: where the sliders begin, [D].
        on: called with what is done in the browser; words about another subject, which come late, are left out.
        style: words and colours.
        version: another number makes the browser take `pose` over, where Python changed it.
        undoable: whether there is an older pose to go back to.
        belief: what the network reads in the picture, in words.
        key: names the element.
    """
    handlers = {
        "on_released_change": handler(key, "released", on.released, subject.pose_sent),
        "on_undo_change": handler(key, "undo", lambda _: on.undo(), subject.name_sent),
        "on_failed_change": handler(key, "failed", lambda _: on.failed(), subject.digest_sent),
    }
    data = {"pose": pose.tolist(), "version": version, "undoable": undoable, "belief": belief}
    _mount("lab", subject, style, key, data, handlers)


def figure_four(subject: Subject, style: Style, *, key: str) -> None:
    """Shows each number turned in steps about the digit's own; a picture clicked sets the sliders to it."""
    _mount("figure", subject, style, key, {}, {})


def loop(subject: Subject, pose: Floats, found: Floats, style: Style, *, key: str) -> None:
    """Shows a pose that was set against the one that the network finds in its picture, both [D]."""
    _mount("loop", subject, style, key, {"pose": pose.tolist(), "found": found.tolist()}, {})


def morph(
    subject: Subject, pose: Floats, start: Start | None, keep: Callable[[], None], style: Style, *, key: str
) -> None:
    """Shows the way from a pose kept before to the one that is set now.

    Args:
        subject: what is turned now.
        pose: where its sliders are, [D].
        start: the pose kept; None: none yet.
        keep: called when the pose that is set now is to be kept.
        style: words and colours.
        key: names the element.
    """
    names = subject.checkpoint.card.config.classes
    end = {"capsule": subject.capsule, "pose": pose.tolist(), "label": names[subject.capsule]}
    begin = start and {**asdict(start), "label": names[start.capsule]}
    handlers = {"on_keep_change": handler(key, "keep", lambda _: keep(), subject.name_sent)}
    _mount("morph", subject, style, key, {"end": end, "start": begin}, handlers)


def _mount(view: str, subject: Subject, style: Style, key: str, more: dict[str, Any], handlers: dict[str, Any]) -> None:
    """One view of the instrument: what all of them need, and what it needs of its own."""
    config = subject.checkpoint.card.config
    # Rounded as float64: a slider whose end lies a float32's error below a step never reaches that step.
    limits = {name: values.astype(float).round(6).tolist() for name, values in asdict(subject.span).items()}
    data = {
        "view": view,
        "digest": subject.checkpoint.digest,
        "decoder_address": weights(subject.checkpoint).decoder,
        "side": config.image_size,
        "subject": subject.name,
        "capsule": subject.capsule,
        "label": config.classes[subject.capsule],
        "own": subject.own.tolist(),
        "paper": PAPER,
        "step": STEP,
        "words": style.say.section("pose_lab"),
        "palette": style.palette.css_variables(),
        "difference_scale": style.palette.difference_scale,
    }
    _component(key=key, data=data | limits | more, **handlers)
