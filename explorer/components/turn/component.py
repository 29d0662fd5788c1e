"""The digit turned by a slider: the browser's own network reads it at many angles, or else the server does."""

from __future__ import annotations

import base64
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from explorer.components.registry import handler, register
from explorer.palette import Palette
from explorer.reading import CapsuleReading
from explorer.text import Say
from explorer.turning import ANGLES, Turning

_component = register(
    "capsnet_turn", Path(__file__).parent, css="component.css", html='<div class="frame"><div class="turn"></div></div>'
)


def turn(
    digest: str,
    reading: CapsuleReading,
    capsule: int,
    read: Turning | None,
    asked: Callable[[], None],
    say: Say,
    palette: Palette,
    *,
    key: str,
) -> None:
    """Shows lengths and a pose over the angle by which a digit is turned.

    Args:
        digest: names the network.
        reading: of the digit, upright.
        capsule: j, whose length and pose are looked at.
        read: what the server has read of the turned digit; None: it was not asked to.
        asked: called when the person wants the server to read, where the browser can't.
        say: words.
        palette: the page's.
        key: names the element.
    """
    image = reading.image.astype(np.float32)
    subject = "-".join((digest[:12], str(capsule), str(reading.iterations), sha256(image.tobytes()).hexdigest()[:12]))
    data = {
        "subject": subject,
        "image": base64.b64encode(image.tobytes()).decode(),
        "side": len(image),
        "capsule": capsule,
        "classes": reading.classes,
        "iterations": reading.iterations,
        "angles": ANGLES,
        "pose": reading.poses.shape[-1],
        "read": read and _packed(read),
        "words": say.section("turn"),
        "palette": palette.css_variables(),
    }
    _component(key=key, data=data, on_read_change=handler(key, "read", lambda _: asked(), _named(subject)))


def _packed(read: Turning) -> dict[str, Any]:
    greys = (read.drawings * 255).round().astype(np.uint8)
    return {
        "lengths": read.lengths.astype(float).round(5).tolist(),
        "poses": read.poses.astype(float).round(5).tolist(),
        "drawn": base64.b64encode(greys.tobytes()).decode(),
    }


def _named(subject: str) -> Callable[[Any], str]:
    """A parser of messages about a subject; late words about another one raise ValueError."""

    def parse(sent: Any) -> str:
        if sent != subject:
            raise ValueError(f"expected a message about {subject}")
        return subject

    return parse
