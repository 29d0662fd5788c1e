"""Training runs in a folder, also those that are being written at this moment: see `capsnet.training.history`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capsnet.card import IN_HISTORY
from capsnet.fields import is_hidden

ENDING = ".history.jsonl"
LARGEST_FILE = 32_000_000
"""Bytes of a history; anything larger was not written by training."""


@dataclass(frozen=True)
class Run:
    """What a history says of a run."""

    entries: tuple[Mapping[str, Any], ...]
    """Epochs that are done, in order: numbers as in `card.IN_HISTORY`, and what else `training.history` writes."""
    running: Mapping[str, Any] | None
    """The epoch that is being trained, with `epoch` and `losses`; None: none is."""
    epochs: int | None
    """How many the run will have; None: the history does not say."""
    damaged: int
    """Lines that could not be understood."""
    unfinished: bool
    """Whether the last line is one that is perhaps being written."""


def run_names(folder: Path) -> list[str]:
    """The runs whose history lies in a folder, the one written to last first; none where there is no such folder."""
    try:
        files = [file for file in folder.iterdir() if file.name.endswith(ENDING) and file.is_file()]
        files = [file for file in files if not any(map(is_hidden, file.name))]  # could not be shown
        files.sort(key=lambda file: (-file.stat().st_mtime_ns, file.name))
    except OSError:  # gone meanwhile, too
        return []
    return [file.name.removesuffix(ENDING) for file in files]


def read_run(folder: Path, name: str) -> Run | None:
    """The history of one of the runs in a folder.

    None: it can't be read now. A name that `run_names` does not have opens nothing.
    """
    if name not in run_names(folder):
        return None
    file = folder / f"{name}{ENDING}"
    try:
        if file.stat().st_size > LARGEST_FILE:
            return None
        lines = file.read_bytes().split(b"\n")
    except OSError:
        return None
    return _run([line for line in lines if line.strip()], whole=not lines[-1].strip())


def losses_within(entry: Mapping[str, Any]) -> list[tuple[float, float]]:
    """The losses within an epoch: places on the axis of epochs, from epoch - 1 to epoch, and losses.

    None at all where an entry has none, as of older runs.
    """
    try:
        pairs = [(float(share), float(loss)) for share, loss in entry.get("losses", ())]
    except (TypeError, ValueError, OverflowError):
        return []
    found = [(entry["epoch"] - 1 + share, loss) for share, loss in pairs if 0 <= share <= 1 and math.isfinite(loss)]
    return found if len(found) == len(pairs) else []


def _run(lines: list[bytes], *, whole: bool) -> Run:
    parsed = [_parsed(line) for line in lines]
    entries = {entry["epoch"]: entry for entry in parsed if entry and _has(entry, IN_HISTORY)}
    last = parsed[-1] if parsed else None
    running = last if last and last["epoch"] not in entries else None
    unfinished = bool(parsed) and last is None and not whole
    known = [entry["epochs"] for entry in parsed if entry and _has(entry, ("epochs",))]
    return Run(
        entries=tuple(entries[epoch] for epoch in sorted(entries)),
        running=running,
        epochs=int(known[-1]) if known else None,
        damaged=len(parsed) - len(entries) - bool(running) - unfinished,
        unfinished=unfinished,
    )


def _parsed(line: bytes) -> Mapping[str, Any] | None:
    """An entry that at least says its epoch, else None."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) and _has(entry, ("epoch",)) and entry["epoch"] >= 1 else None


def _has(entry: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return all(
        isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
        for value in map(entry.get, names)
    )
