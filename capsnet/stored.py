"""Files that are whole or not there: written beside their place and moved to it, read in one go."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from tempfile import NamedTemporaryFile

from safetensors import SafetensorError
from safetensors.torch import load
from safetensors.torch import save as serialise
from torch import Tensor


def write_atomically(path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> None:
    """Writes a safetensors file beside its place and moves it there, so that no reader ever sees half a file.

    Raises:
        OSError: it can't be written; it names the file, which is as it was.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(serialise(dict(tensors), dict(metadata)))
        with temporary.open("rb+") as handle:  # else a loss of power can leave the new name with nothing behind it
            os.fsync(handle.fileno())


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write in place of `path`, which it replaces when all went well: no reader sees half a file.

    Raises:
        OSError: as `write_atomically`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=_half(path), delete=False) as handle:
            temporary = Path(handle.name)
        try:
            yield temporary
            temporary.chmod(0o644)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        if error.errno is None or error.filename == str(path):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error  # a full disk names no file


def clear_halves(path: Path) -> None:
    """Removes what writers of `path` left that were killed half way; nobody may write it at this moment."""
    for half in path.parent.glob(f"{escape(_half(path))}*"):
        half.unlink(missing_ok=True)


def read_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """All tensors of a safetensors file, by name, and its metadata.

    Nothing is mapped into memory: where a mapped file is cut short, as by somebody who copies another one over it, the
    operating system ends the process that reads it.

    Raises:
        OSError: it can't be read.
        SafetensorError: it is truncated, or no such file.
    """
    content = path.read_bytes()
    try:
        tensors = load(content)
    except KeyError as error:
        raise SafetensorError(f"unknown type of numbers: {error}") from error
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    return {name: tensors[name] for name in sorted(tensors)}, dict(header.get("__metadata__") or {})


def _half(path: Path) -> str:
    """What the names of files begin with that are to replace one."""
    return f".{path.name}."
