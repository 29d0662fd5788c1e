from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from explorer.palette import INK_SCALE
from explorer.pictures import data_url, painted, png


def test_ink_is_painted_from_black_to_white() -> None:
    pixels = painted(np.array([[-1.0, 0.0, 0.5, 1.0, 7.0]], np.float32), INK_SCALE, 0, 1)
    assert pixels.shape == (1, 5, 3)
    assert pixels[0, :, 0].tolist() == [0, 0, pytest.approx(128, abs=2), 255, 255]


def test_a_scale_has_a_low_and_a_high_end() -> None:
    with pytest.raises(ValueError, match="low < high"):
        painted(np.zeros((2, 3), np.float32), INK_SCALE, 1, 1)


def test_pictures_are_enlarged_crisply() -> None:
    picture = np.array([[0.0, 0.2, 1.0], [0.4, 0.0, 0.6]], np.float32)
    with Image.open(io.BytesIO(png(picture, 5))) as file:
        pixels = np.asarray(file)
    np.testing.assert_array_equal(pixels, np.kron(np.round(255 * picture), np.ones((5, 5))))


def test_a_data_url_holds_the_png() -> None:
    assert base64.b64decode(data_url(b"\x89PNG").removeprefix("data:image/png;base64,")) == b"\x89PNG"
