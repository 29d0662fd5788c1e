"""How a network came to draw: what it made of a few fixed pictures after each epoch, kept in the run's history.

Each entry of the history has `reconstructions`, the pictures packed as below; the first has `film`, too, with the
`labels` of the pictures and the `pictures` themselves. Ten digits take about 4 kB an epoch.
"""

from __future__ import annotations

import base64
import binascii
import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from capsnet.data import NOTHING, Dataset, to_float
from capsnet.evaluation import eval_mode
from capsnet.model import CapsNet
from capsnet.network import Network

Pictures = NDArray[np.uint8]
MOST_PIXELS = 1 << 20
"""Of the pictures of one epoch: anything larger was not written here."""
MOST_PIXELS_OF_ALL = 1 << 26
"""Of all epochs together."""
LARGEST_LABEL = 10**6


@dataclass(frozen=True)
class Film:
    """Reconstructions of the same pictures after several epochs."""

    labels: tuple[int, ...]
    """Classes of the pictures, [N]."""
    pictures: Pictures
    """What was reconstructed: grey ink 0 to 255, [N, H, W]."""
    epochs: tuple[int, ...]
    """Those whose reconstructions were kept, in order, [E]."""
    reconstructions: Pictures
    """Drawn from the right class's capsule, [E, N, H, W]."""


def packed(pictures: Pictures) -> str:
    """Pictures as text: zlib over their bytes, in base64."""
    return base64.b64encode(zlib.compress(np.ascontiguousarray(pictures).tobytes(), 9)).decode()


def unpacked(text: str, count: int) -> Pictures:
    """The inverse of `packed`, of so many square pictures, [count, size, size].

    Raises:
        ValueError: it is no such text.
    """
    try:
        pixels = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), MOST_PIXELS)
    except (zlib.error, binascii.Error, TypeError) as error:
        raise ValueError(f"these are no packed pictures ({error})") from error
    size = math.isqrt(len(pixels) // count) if count else 0
    if not size or count * size * size != len(pixels):
        raise ValueError(f"expected {count} square pictures; got {len(pixels)} pixels")
    return np.frombuffer(pixels, np.uint8).reshape(count, size, size)


def first_of_each_class(data: Dataset) -> Dataset:
    """The first picture of each class that is there, in the order of the classes."""
    labels = data.labels.tolist()
    found = {label: labels.index(label) for label in sorted(set(labels) - {NOTHING})}
    return data.take(torch.tensor(list(found.values()), dtype=torch.int64))


def film_entry(model: Network, data: Dataset, *, first: bool) -> dict[str, Any]:
    """What the history keeps of an epoch; nothing for networks that draw nothing.

    Args:
        model: as it is after the epoch.
        data: the pictures of the film.
        first: whether it is the first epoch of the run.
    """
    if not isinstance(model, CapsNet) or not len(data):
        return {}
    device = next(model.parameters()).device
    with torch.no_grad(), eval_mode(model):
        drawn = model(to_float(data.images.to(device)), data.labels.to(device)).reconstructions[:, 0]
    entry: dict[str, Any] = {"reconstructions": packed((255 * drawn).round().byte().cpu().numpy())}
    if first:
        entry["film"] = {"labels": data.labels.tolist(), "pictures": packed(data.images.numpy())}
    return entry


def film_of(history: Iterable[Mapping[str, Any]]) -> Film | None:
    """The film in a history; None where it has none, or a part of it is damaged."""
    entries = list(history)
    try:
        kept = next(entry["film"] for entry in entries if "film" in entry)
        labels = tuple(int(label) for label in kept["labels"])
        pictures = unpacked(kept["pictures"], len(labels))
        drawn = {int(entry["epoch"]): entry["reconstructions"] for entry in entries if "reconstructions" in entry}
        if len(drawn) * pictures.size > MOST_PIXELS_OF_ALL or not all(0 <= label < LARGEST_LABEL for label in labels):
            return None
        frames = np.stack([_like(pictures, text) for text in drawn.values()])
    except (StopIteration, LookupError, TypeError, ValueError, OverflowError):
        return None
    return Film(labels, pictures, tuple(drawn), frames)


def _like(pictures: Pictures, text: str) -> Pictures:
    """Packed pictures of the same number and size as others.

    Raises:
        ValueError: they are not.
    """
    found = unpacked(text, len(pictures))
    if found.shape != pictures.shape:
        raise ValueError(f"expected pictures {list(pictures.shape)}; got {list(found.shape)}")
    return found
