"""What a browser says of its canvas is understood, or is as if it had not been said."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explorer.components.drawing_canvas.component import LONGEST_PNG, understood
from explorer.pictures import data_url
from explorer.presets import CANVAS, render


def encoded(pixels: np.ndarray, kind: str = "PNG") -> str:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format=kind)
    return data_url(buffer.getvalue())


INK = render((((70.0, 70.0), (200.0, 70.0)),), 18)
SAID: dict[str, Any] = {"session": "abc", "put": 3, "moment": 5.5, "objects": [{"type": "Path"}], "png": encoded(INK)}


def test_strokes_come_with_their_pixels() -> None:
    shown = understood(SAID)
    assert shown is not None
    assert (shown.session, shown.put, shown.moment, shown.digit) == ("abc", 3, 5.5, None)
    assert shown.objects == [{"type": "Path"}]
    assert (shown.pixels == INK).all()


def test_a_digit_comes_without() -> None:
    shown = understood({"session": "abc", "put": 3, "moment": 5.5, "digit": "e.school-4"})
    assert shown is not None
    assert (shown.digit, shown.objects) == ("e.school-4", [])
    assert shown.pixels.shape == (CANVAS, CANVAS, 4)


@pytest.mark.parametrize(
    "said",
    [
        None,
        {},
        "text",
        [1],
        {key: SAID[key] for key in SAID if key != "put"},
        SAID | {"objects": "many"},
        SAID | {"digit": 7},
        SAID | {"moment": "later"},
        SAID | {"put": float("inf")},
        SAID | {"png": None},
        SAID | {"png": "https://example.org/a.png"},
        SAID | {"png": "data:image/png;base64,%%%"},
        SAID | {"png": "data:image/png;base64," + "A" * (LONGEST_PNG + 4)},
        SAID | {"png": encoded(INK)[:200]},
        SAID | {"png": encoded(INK[..., :3].copy(), "JPEG")},
        SAID | {"png": encoded(np.zeros((CANVAS, CANVAS + 1, 4), np.uint8))},
        SAID | {"png": encoded(np.zeros((6000, 6000), np.uint8))},
    ],
)
def test_what_is_malformed_is_not_heard(said: Any) -> None:
    assert understood(said) is None
