"""Which networks there are, each loaded once for all sessions, and readings of them kept for a while."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import streamlit as st
import torch

from capsnet import checkpoint
from capsnet.card import Card, DoubtThresholds
from capsnet.checkpoint import Checkpoint, CheckpointError
from capsnet.ink import Frame
from capsnet.saved_evaluation import SavedEvaluation, saved_evaluation
from explorer import observing
from explorer.arrays import Floats
from explorer.command_line import command_line
from explorer.reading import Answers, CapsuleReading, Reading, ScoreReading, read, read_answers, read_scores
from explorer.text.say import visible

PREFERRED = ("drawn", "mnist")
"""The shipped networks in the order in which they are offered, the others after them."""


class Kind(NamedTuple):
    """How a kind of network is read."""

    reads: type[Reading]
    """What its readings hold."""
    read: Callable[[Any, Floats, int | None], Reading]
    """From a network, a picture and the routing iterations to a reading."""


KINDS = {"capsnet": Kind(CapsuleReading, read)}
"""By the name of the architecture."""
SCORES = Kind(ScoreReading, lambda model, image, _iterations: read_scores(model, image))
"""All other kinds: they say scores and no more."""


@dataclass(frozen=True)
class Network:
    """A network that can be chosen."""

    name: str
    """Among the others: its file's name without ending, or its path where two have the same."""
    checkpoint: Checkpoint

    @property
    def digest(self) -> str:
        """Names the weights."""
        return self.checkpoint.digest

    @property
    def weights_digest(self) -> str:
        """Names the weights alone, whatever the card says."""
        return self.checkpoint.weights_digest

    @property
    def card(self) -> Card:
        """What is known of the weights."""
        return self.checkpoint.card

    @property
    def classes(self) -> tuple[str, ...]:
        """What the network tells apart."""
        return self.card.config.classes

    @property
    def frame(self) -> Frame:
        """How ink is laid out in its pictures."""
        return self.card.config.frame

    @property
    def thresholds(self) -> DoubtThresholds:
        """Beyond which its readings should not be believed."""
        return self.card.doubt

    @property
    def reads(self) -> type[Reading]:
        """What its readings hold."""
        return KINDS.get(self.card.architecture, SCORES).reads

    def reading(self, image: Floats, iterations: int | None = None) -> Reading:
        """What the network computes from a picture [size, size], made once and kept while it is among the newest."""
        return _reading(self.checkpoint, self.name, self.digest, image.tobytes(), iterations)

    def capsule_reading(self, image: Floats, iterations: int | None = None) -> CapsuleReading:
        """What a capsule network computes from a picture that is no digit of the session: it is not kept."""
        with threads(1):
            return read(self.checkpoint.model, image, iterations)

    def answers(self, images: Floats) -> Answers:
        """What the network says to many pictures [B, size, size], made once and kept while it is among the newest."""
        return _answers(self.checkpoint, self.name, self.digest, images.tobytes())


def available(arguments: Sequence[str] | None = None) -> dict[str, Path]:
    """The checkpoints to choose from by name, the one to begin with first.

    That is the one named on the command line (`streamlit run explorer/app.py -- --checkpoint FILE`), then those that
    are shipped, the one that knows drawn digits before the others.

    Raises:
        CheckpointError: there are none.
        CommandLineError: the command line says something else.
    """
    named = command_line(arguments).checkpoint
    shipped = checkpoint.shipped()
    shipped.sort(key=lambda file: PREFERRED.index(file.stem) if file.stem in PREFERRED else len(PREFERRED))
    others = [file for file in shipped if not named or os.path.realpath(file) != os.path.realpath(named)]
    found = ([named] if named else []) + others
    if not found:
        raise CheckpointError(
            f"There are no networks in {checkpoint.SHIPPED}: bring them back with `git checkout checkpoints`, or name "
            "one with `streamlit run explorer/app.py -- --checkpoint FILE`.",
            "missing",
            checkpoint.SHIPPED,
        )
    names = [visible(file.stem) for file in found]
    return {
        name if names.count(name) == 1 else visible(str(file)): file for name, file in zip(names, found, strict=True)
    }


def load(name: str) -> Network:
    """A network by its name, read again only when its file changes; of an unknown name, the one to begin with.

    Raises:
        CheckpointError: as `capsnet.checkpoint.read`.
        CommandLineError: as `available`.
    """
    files = available()
    known = name if name in files else next(iter(files))
    file = files[known]
    return Network(known, _load(str(file), _state(file)))


def _state(file: Path) -> tuple[int, ...]:
    """Another whenever the file is another one, also if the clock was set back meanwhile; () where there is none."""
    try:
        found = file.stat()
    except OSError:  # gone at this moment, too
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def evaluation(network: Network) -> SavedEvaluation | None:
    """How a network reads its test set, where that is kept beside its weights."""
    file = available().get(network.name)
    return saved_evaluation(file, network.checkpoint) if file else None


def another(network: Network) -> Network | None:
    """The first of the other networks that can be read, to compare one with; None: there is none."""
    for name in available():
        if name != network.name:
            try:
                return load(name)
            except CheckpointError:
                continue
    return None


def comparable(network: Network) -> tuple[list[Network], list[str]]:
    """All networks that can be shown the same pictures as one, and tell apart the same classes; it is among them.

    Returns:
        The networks in the order in which they are offered, and the names of those that can't be read.
    """
    found, broken = [], []
    for name in available():
        try:
            other = load(name)
        except CheckpointError:
            broken.append(name)
            continue
        if (other.classes, other.frame) == (network.classes, network.frame):
            found.append(other)
    return found, broken


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Has PyTorch compute on so many threads meanwhile.

    A picture is read on one: on a busy machine, as with a class, two that wait for one another took 130 ms where one
    takes 11.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@st.cache_resource(show_spinner=False, max_entries=16)  # all that are shipped are compared, and some more
def _load(path: str, state: tuple[int, ...]) -> Checkpoint:  # noqa: ARG001 - part of the cache's key
    return checkpoint.read(path)


@st.cache_resource(show_spinner=False, max_entries=64)
def _reading(
    _chosen: Checkpoint,
    _name: str,
    digest: str,  # noqa: ARG001 - part of the cache's key, which leaves out the network and its name
    pixels: bytes,
    iterations: int | None,
) -> Reading:
    size = _chosen.card.config.image_size
    image = np.frombuffer(pixels, np.float32).reshape(size, size).copy()
    with observing.reading(_name), threads(1):
        found = KINDS.get(_chosen.card.architecture, SCORES).read(_chosen.model, image, iterations)
    _check(found.scores, _name)
    return found


@st.cache_resource(show_spinner=False, max_entries=128)
def _answers(_chosen: Checkpoint, _name: str, digest: str, pixels: bytes) -> Answers:  # noqa: ARG001 - in the cache's key
    size = _chosen.card.config.image_size
    with threads(1):
        found = read_answers(_chosen.model, np.frombuffer(pixels, np.float32).reshape(-1, size, size))
    _check(found.scores, _name)
    return found


def _check(scores: Floats, name: str) -> None:
    """Whether a network says anything.

    Raises:
        CheckpointError: its scores are no numbers.
    """
    if not np.isfinite(scores).all():
        raise CheckpointError(f"{name} gives no numbers: choose another network.", "unfit", Path(name))
