"""What a run keeps beside the checkpoint that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from capsnet.checkpoint import CheckpointError
from capsnet.resume import TrainingStopped
from capsnet.stored import clear_halves


def state_path(out: Path) -> Path:
    """Where the run that makes `out` keeps its state."""
    return out.with_suffix(".state.safetensors")


def history_path(out: Path) -> Path:
    """Where the run that makes `out` writes a line of JSON an epoch, see `history.write_history`."""
    return out.with_suffix(".history.jsonl")


def lock_path(out: Path) -> Path:
    """What the run that makes `out` holds as long as it lasts."""
    return out.with_name(f".{out.stem}.lock")


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


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Lets no other run make `out` meanwhile, and removes what those left that were killed while they wrote.

    The operating system frees what a process held, however that ended.

    Raises:
        CheckpointError: another run makes it at this moment.
        OSError: there can be no file beside it.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(lock_path(out))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        message = f"Another process trains {out} at this moment: wait for it, stop it, or choose another --out."
        raise CheckpointError(message, "taken", out) from error
    try:
        for file in (out, state_path(out), history_path(out)):
            clear_halves(file)
        yield
    finally:
        with suppress(OSError):  # Windows keeps a file that is open
            lock_path(out).unlink(missing_ok=True)
        lock.release()


@contextmanager
def saying_what_is_kept(out: Path) -> Iterator[None]:
    """Where something can't be written, as on a full disk, says what is kept, and how the run goes on.

    Raises:
        TrainingStopped: in place of the OSError.
    """
    try:
        yield
    except OSError as error:
        state = state_path(out)
        way = (
            f"The state saved last is kept in {state}: once this is mended, the same command with --resume goes on."
            if state.exists()
            else "Nothing is saved yet: mend this, or choose another --out."
        )
        raise TrainingStopped(f"{error.filename or out} can't be written ({error.strerror}). {way}") from error
