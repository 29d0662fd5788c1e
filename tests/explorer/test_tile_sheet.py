from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from explorer.components.tile_sheet import component as tile_sheet


def test_a_sprite_holds_the_pictures_side_by_side_each_with_a_rim() -> None:
    pictures = np.random.default_rng(1).integers(0, 256, (3, 5, 7, 3), dtype=np.uint8)
    png = base64.b64decode(tile_sheet._sprite(pictures).split(",")[1])
    row = np.asarray(Image.open(io.BytesIO(png)))
    for index in range(3):
        framed = row[:, 9 * index : 9 * index + 9]
        np.testing.assert_array_equal(framed[1:-1, 1:-1], pictures[index])
        np.testing.assert_array_equal(framed[0, 1:-1], pictures[index, 0])
        np.testing.assert_array_equal(framed[1:-1, -1], pictures[index, :, -1])


def test_every_picture_has_a_name() -> None:
    with pytest.raises(ValueError, match="name for each of its 2"):
        tile_sheet.tile_sheet(np.zeros((2, 5, 7, 3), np.uint8), ["one"], "sheet", tile_sheet.SheetLayout(9), key="k")
