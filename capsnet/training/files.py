"""What a run keeps beside the checkpoint that it makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from capsnet.checkpoint import CheckpointError


def state_path(out: Path) -> Path:
    """Where the run that makes `out` keeps its state."""
    return out.with_suffix(".state.safetensors")


def history_path(out: Path) -> Path:
    """Where the run that makes `out` writes a line of JSON an epoch."""
    return out.with_suffix(".history.jsonl")


def check_name(out: Path) -> None:
    """Whether weights can be written to `out`.

    Raises:
        ValueError: it is a folder, or does not end in .safetensors.
    """
    if out.suffix != ".safetensors" or out.is_dir():
        raise ValueError(f"the weights' file must end in .safetensors, and be no folder; got {out}")


def check_unused(out: Path) -> None:
    """Whether a run that makes `out` may begin without replacing what another one made.

    Raises:
        CheckpointError: there is a checkpoint, or the state of a run; says the ways out.
    """
    state = state_path(out)
    if state.exists():
        message = f"{state} holds a run, which is kept: --resume continues it, --overwrite starts again."
        raise CheckpointError(message, "taken", state)
    if out.exists():
        message = f"{out} is there already, and is kept: --overwrite replaces it; or choose another --out."
        raise CheckpointError(message, "taken", out)


def write_history(out: Path, history: Iterable[Mapping[str, float]]) -> None:
    """Writes the history of the run that makes `out`, all epochs of it."""
    history_path(out).write_text("".join(json.dumps(entry) + "\n" for entry in history), encoding="utf-8")


def epoch_line(entry: Mapping[str, float], epochs: int) -> str:
    """An entry of the history for people, of a run of so many epochs."""
    return (
        f"epoch {entry['epoch']:.0f}/{epochs}: loss {entry['loss']:.4f}, accuracy {100 * entry['test_accuracy']:.2f}%, "
        f"learning rate {entry['learning_rate']:.2g}, {entry['images_per_second']:.0f} images/s"
    )
