"""The networks that an experiment on routing can be done with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from capsnet import CapsNet, checkpoint
from capsnet.checkpoint import Checkpoint


def capsule_networks(files: Sequence[Path] | None) -> dict[str, Checkpoint]:
    """Those in these files, else those that are shipped, by the file's name without ending.

    Raises:
        CheckpointError: as `checkpoint.read`.
        ValueError: a file that was named holds a network of another kind.
    """
    found = {file.stem: checkpoint.read(file) for file in files or checkpoint.shipped()}
    others = [name for name, one in found.items() if not isinstance(one.model, CapsNet)]
    if files and others:
        raise ValueError(f"{', '.join(others)}: no capsule network, so there is no routing to look at")
    return {name: one for name, one in found.items() if name not in others}
