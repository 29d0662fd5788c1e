"""Maps of numbers as coloured pixels, one pixel a number."""

from __future__ import annotations

import numpy as np
from plotly.colors import sample_colorscale

from explorer.figures.style import INK, SIGNED, Bytes, ColourScale, Floats


def painted(maps: Floats, colourscale: ColourScale, low: float, high: float) -> Bytes:
    """Numbers as colours, those outside low..high as the scale's ends; RGB, [..., 3] behind the maps' own axes.

    Raises:
        ValueError: low is not below high.
    """
    if not low < high:
        raise ValueError(f"a colour scale needs low < high; got {low:g} and {high:g}")
    levels = np.round(255 * ((maps - low) / (high - low)).clip(0, 1)).astype(np.uint8)
    colours = sample_colorscale(colourscale, np.linspace(0, 1, 256).tolist(), colortype="tuple")
    result: Bytes = np.round(255 * np.array(colours)).astype(np.uint8)[levels]
    return result


def compared(image: Floats, reconstruction: Floats) -> Bytes:
    """Input, reconstruction and signed difference (red: ink added), on scales that stay the same, [3, H, W, 3].

    Raises:
        ValueError: the two pictures differ in shape.
    """
    if image.shape != reconstruction.shape:
        raise ValueError(f"both pictures must have one shape; got {image.shape} and {reconstruction.shape}")
    inks = painted(np.stack([image, reconstruction]), INK, 0, 1)
    return np.concatenate([inks, painted((reconstruction - image)[None], SIGNED, -1, 1)])
