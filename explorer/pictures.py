"""Files to take home: pictures enlarged crisply, animations, poses. Arrays in, bytes out."""

from __future__ import annotations

import base64
import io
import json

import numpy as np
from PIL import Image

from explorer.reading import Floats

FRAME = 60
"""Milliseconds that a frame of an animation is shown."""


def png(picture: Floats, scale: int) -> bytes:
    """A grey picture 0..1, [H, W], every pixel a crisp square of `scale` pixels."""
    buffer = io.BytesIO()
    _enlarged(picture, scale).save(buffer, format="PNG")
    return buffer.getvalue()


def data_url(png: bytes) -> str:
    """A PNG as an address that holds it, for components."""
    return "data:image/png;base64," + base64.b64encode(png).decode()


def gif(pictures: Floats, scale: int) -> bytes:
    """Grey pictures 0..1, [N, H, W], as an animation without end.

    Raises:
        ValueError: there are none.
    """
    if len(pictures) == 0:
        raise ValueError("an animation needs at least one picture")
    first, *others = (_enlarged(picture, scale) for picture in pictures)
    buffer = io.BytesIO()
    first.save(buffer, format="GIF", save_all=True, append_images=others, duration=FRAME, loop=0)
    return buffer.getvalue()


def pose_json(network: str, name: str, pose: Floats, own: Floats) -> str:
    """A pose as JSON: whose it is, the numbers set, and the digit's own."""
    numbers = {"pose": pose.tolist(), "own_pose": own.tolist(), "length": float(np.linalg.norm(pose))}
    return json.dumps({"network": network, "capsule": name, **numbers}, indent=1)


def _enlarged(picture: Floats, scale: int) -> Image.Image:
    pixels = Image.fromarray(np.round(255 * picture).astype(np.uint8))
    return pixels.resize((scale * pixels.width, scale * pixels.height), Image.Resampling.NEAREST)
