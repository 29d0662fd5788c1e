"""What a run keeps beside the checkpoint that it makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path


def state_path(out: Path) -> Path:
    """Where the run that makes `out` keeps its state."""
    return out.with_suffix(".state.safetensors")


def history_path(out: Path) -> Path:
    """Where the run that makes `out` writes a line of JSON an epoch."""
    return out.with_suffix(".history.jsonl")


def write_history(out: Path, history: Iterable[Mapping[str, float]]) -> None:
    """Writes the history of the run that makes `out`, all epochs of it."""
    history_path(out).write_text("".join(json.dumps(entry) + "\n" for entry in history), encoding="utf-8")
