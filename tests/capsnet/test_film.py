"""The film of a run: pictures packed into its history, and what is damaged left out."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import numpy as np
import pytest
import torch

from capsnet.data import NOTHING, Dataset
from capsnet.film import MOST_PIXELS, film_entry, film_of, first_of_each_class, packed, unpacked
from tests.capsnet.samples import CLASSES, barred_pictures, small_model

PICTURES = np.random.default_rng(3).integers(0, 256, (3, 7, 7), dtype=np.uint8)


def history(epochs: int = 2) -> list[dict[str, Any]]:
    """Of a run of the small network, which learns nothing here."""
    data, model = first_of_each_class(barred_pictures(50)), small_model()
    return [{"epoch": epoch + 1, **film_entry(model, data, first=epoch == 0)} for epoch in range(epochs)]


def test_pictures_come_back() -> None:
    np.testing.assert_array_equal(unpacked(packed(PICTURES), 3), PICTURES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no base64!",
        base64.b64encode(b"not compressed").decode(),
        packed(PICTURES)[:-8],
        packed(PICTURES[:, :5]),
        base64.b64encode(zlib.compress(bytes(9 * MOST_PIXELS))).decode(),
    ],
    ids=["empty", "no base64", "not compressed", "cut short", "not square", "a bomb"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="pictures"):
        unpacked(text, 3)


def test_the_first_of_each_class_in_order() -> None:
    labels = torch.tensor([4, NOTHING, 1, 4, 1, 0])
    images = torch.arange(6, dtype=torch.uint8)[:, None, None].expand(6, 3, 3)
    found = first_of_each_class(Dataset("some", images, labels, CLASSES))
    assert found.labels.tolist() == [0, 1, 4]
    assert found.images[:, 0, 0].tolist() == [5, 2, 0]


def test_a_film_has_a_frame_an_epoch() -> None:
    film = film_of(history())
    assert film is not None
    assert film.epochs == (1, 2)
    assert film.labels == (0, 1, 2, 3, 4)
    assert film.reconstructions.shape == (2, 5, 13, 13)
    np.testing.assert_array_equal(film.reconstructions[0], film.reconstructions[1])


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries[0].pop("film"),
        lambda entries: entries[0]["film"].pop("labels"),
        lambda entries: entries[0]["film"].update(labels=[]),
        lambda entries: entries[0]["film"].update(labels=None),
        lambda entries: entries[0]["film"].update(labels=[0, 1, -1, 3, 4]),
        lambda entries: entries[0]["film"].update(pictures=packed(PICTURES)),
        lambda entries: entries[1].update(reconstructions=packed(PICTURES)),
        lambda entries: entries[1].update(reconstructions=7),
        lambda entries: [entry.pop("reconstructions") for entry in entries],
    ],
)
def test_a_damaged_film_is_none(change: Any) -> None:
    entries = history()
    change(entries)
    assert film_of(entries) is None
    assert film_of([]) is None


def test_a_network_that_draws_nothing_keeps_nothing() -> None:
    class Mute(torch.nn.Module):
        """No capsule network."""

    assert film_entry(Mute(), barred_pictures(3), first=True) == {}  # type: ignore[arg-type]
