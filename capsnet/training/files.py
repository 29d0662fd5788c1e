"""What a run keeps beside the checkpoint that it makes."""

from __future__ import annotations

from pathlib import Path

from capsnet.checkpoint import CheckpointError


def state_path(out: Path) -> Path:
    """Where the run that makes `out` keeps its state."""
    return out.with_suffix(".state.safetensors")


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
