"""Which networks there are, each loaded once for all sessions, and readings of them kept for a while."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import streamlit as st
import torch

from capsnet import checkpoint
from capsnet.checkpoint import Checkpoint, CheckpointError
from explorer.reading import DigitReading, Floats, read

PREFERRED = ("drawn.safetensors", "mnist.safetensors")


def available(arguments: Sequence[str] | None = None) -> list[Path]:
    """The checkpoints to choose from, the one to begin with first.

    That is the one named on the command line (`streamlit run explorer/app.py -- --checkpoint FILE`), then those that
    are shipped, the one that knows drawn digits before the others.

    Raises:
        CheckpointError: there are none.
    """
    parser = argparse.ArgumentParser(prog="streamlit run explorer/app.py --")
    parser.add_argument("--checkpoint", type=Path, help="a .safetensors file that `python -m capsnet train` wrote")
    named = parser.parse_known_args(sys.argv[1:] if arguments is None else arguments)[0].checkpoint
    shipped = checkpoint.shipped()
    shipped.sort(key=lambda file: PREFERRED.index(file.name) if file.name in PREFERRED else len(PREFERRED))
    others = [file for file in shipped if not named or file.resolve() != named.resolve()]
    found = ([named] if named else []) + others
    if not found:
        raise CheckpointError(
            f"There are no networks in {checkpoint.SHIPPED}: bring them back with `git checkout checkpoints`, or name "
            "one with `streamlit run explorer/app.py -- --checkpoint FILE`.",
            "missing",
            checkpoint.SHIPPED,
        )
    return found


def label(file: Path, files: Sequence[Path]) -> str:
    """What a checkpoint is called among others: its name, or its path where two have the same."""
    return file.stem if [other.stem for other in files].count(file.stem) == 1 else str(file)


def load(file: Path) -> Checkpoint:
    """A checkpoint, read again only when its file changes.

    Raises:
        CheckpointError: as `capsnet.checkpoint.read`.
    """
    return _load(str(file), file.stat().st_mtime_ns if file.is_file() else 0)


def reading(chosen: Checkpoint, image: Floats, iterations: int | None = None) -> DigitReading:
    """What a network computed from a picture, made once and kept while it is among the newest."""
    return _reading(chosen, chosen.digest, image.tobytes(), iterations)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load(path: str, changed: int) -> Checkpoint:  # noqa: ARG001 - part of the cache's key
    # Each reading on one thread: on a busy machine, as with a class, two that wait for one another took 130 ms where
    # one takes 11.
    torch.set_num_threads(1)
    return checkpoint.read(path)


@st.cache_resource(show_spinner=False, max_entries=64)
def _reading(
    _chosen: Checkpoint,
    digest: str,  # noqa: ARG001 - part of the cache's key, which leaves out the network itself
    pixels: bytes,
    iterations: int | None,
) -> DigitReading:
    size = _chosen.model.config.image_size
    image = np.frombuffer(pixels, np.float32).reshape(size, size).copy()
    return read(_chosen.model, image, iterations)
