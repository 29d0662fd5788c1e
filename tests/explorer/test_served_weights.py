"""Weights that browsers fetch are packed once, and again where they could not be written or are not there any more."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from capsnet.checkpoint import Checkpoint
from explorer.components import served_files
from explorer.components.network import weights as packing
from explorer.components.network.packing import packed_network
from explorer.components.network.weights import weights
from tests.capsnet.samples import make_card, small_model


@pytest.fixture
def network() -> Checkpoint:
    model = small_model()
    return Checkpoint(model, make_card(model.config), uuid4().hex)


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Whenever a network was packed."""
    packed: list[str] = []

    def count(network: Checkpoint) -> object:
        packed.append(network.digest)
        return packed_network(network)

    monkeypatch.setattr(packing, "packed_network", count)
    yield packed
    packing._packing.submit(lambda: None).result()


def served(network: Checkpoint) -> list[bool]:
    """Whether the files are there, once what was begun is done."""
    found = weights(network)
    packing._packing.submit(lambda: None).result()
    return [served_files.is_served(Path(address).name) for address in found]


def test_they_are_packed_once(network: Checkpoint, times: list[str]) -> None:
    assert served(network) == served(network) == [True] * 3
    assert times == [network.digest]


def test_what_was_cleaned_up_is_packed_again(
    network: Checkpoint, times: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "RETRY", 0)
    monkeypatch.setattr(served_files, "FOLDER", tmp_path / "served")
    assert served(network) == [True] * 3
    (tmp_path / "served").rename(tmp_path / "gone")
    assert served(network) == [True] * 3
    assert len(times) == 2


def test_a_full_disk_is_tried_again_but_not_at_once(
    network: Checkpoint, times: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(packing, "serve", full)
        assert served(network) == served(network) == [False] * 3
        assert not times  # the decoder comes first
    assert served(network) == [False] * 3
    monkeypatch.setattr(packing, "RETRY", 0)
    assert served(network) == [True] * 3
    assert times == [network.digest]
