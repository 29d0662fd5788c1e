"""Weights at rest: one `.safetensors` file holds the network and the card that says where it comes from.

Nothing is pickled. The weights are float16 in the file and float32 in memory; a digest over the card and the weights
names the file's content, so that a damaged or altered one is noticed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import torch
from safetensors import SafetensorError
from torch import Tensor

from capsnet.architectures import UnknownArchitectureError, architecture, architecture_of
from capsnet.card import Card as Card  # public under both names
from capsnet.errors import CapsNetError
from capsnet.model import CapsNet
from capsnet.network import Network
from capsnet.stored import read_tensors, write_atomically

FORMAT = "capsnet-1"
SHIPPED = Path(__file__).resolve().parent.parent / "checkpoints"
"""The folder of the weights that come with the project."""
MOST_TENSORS = 1000
"""Of a checkpoint."""
DEFAULT = SHIPPED / "mnist.safetensors"


class CheckpointError(CapsNetError):
    """A checkpoint is missing or not what it should be; the message names the file and the way out.

    `kind` is "missing" (there is no such file), "damaged" (truncated, altered, or no safetensors file), "foreign" (not
    of this project), "unfit" (its parts do not fit together, or it belongs to another run) or "taken" (it would be
    overwritten).
    """

    def __init__(self, message: str, kind: str, file: Path) -> None:
        super().__init__(message, kind, file=file)
        self.file = file


class UnsoundError(ValueError):
    """A file's tensors can't be weights of this project."""


@dataclass(frozen=True)
class Checkpoint:
    """A network with its card."""

    model: CapsNet
    """Of another type where the card's architecture is another."""
    card: Card
    digest: str
    """sha256 over card and weights, in hexadecimal: names these weights."""

    @cached_property
    def weights_digest(self) -> str:
        """The same over the weights alone: what was measured of them stays true when only the card changes."""
        return _digest("", at_rest(self.model))


def shipped() -> list[Path]:
    """The weights that come with the project, and those put beside them; not the states that training leaves there."""
    return [file for file in sorted(SHIPPED.glob("*.safetensors")) if not file.stem.endswith(".state")]


def is_file(path: Path) -> bool:
    """Whether there is a file that can be looked at; False where a name is too long, or a link leads to itself."""
    try:
        return path.is_file()
    except OSError:
        return False


def load(path: Path | str | None = None) -> CapsNet:
    """The network of a checkpoint, in eval mode and float32; without a path the shipped MNIST network.

    Raises:
        CheckpointError: see `read`.
    """
    return read(path).model


def read(path: Path | str | None = None) -> Checkpoint:
    """A checkpoint's network and card, after checking all of it.

    Raises:
        CheckpointError: the file is missing, truncated, not a checkpoint of ours, altered, or its tensors don't fit
            its config; the message names the file and says what to do.
    """
    file = Path(path) if path is not None else DEFAULT
    tensors, metadata = _read_file(file)
    if metadata.get("format") != FORMAT:
        raise CheckpointError(
            f"{file} holds no capsule network of this project (format {metadata.get('format')!r}, expected {FORMAT!r}):"
            " choose a file that `python -m capsnet train` wrote.",
            "foreign",
            file,
        )
    digest = _digest(metadata.get("card", ""), tensors)
    if metadata.get("digest") != digest:
        message = f"{file} was altered or damaged (its digest does not match): {_remedy(file)}."
        raise CheckpointError(message, "damaged", file)
    try:
        card = Card.from_json(metadata["card"])
        model = _network(card, tensors)
    except UnknownArchitectureError as error:
        message = f"{file} holds a network that is not known here ({error}): use the version that trained it."
        raise CheckpointError(message, "foreign", file) from error
    except (ValueError, TypeError, KeyError, RuntimeError, AttributeError, OverflowError) as error:
        message = f"{file} does not fit together ({_first_line(error)}): {_remedy(file)}."
        raise CheckpointError(message, "unfit", file) from error
    if metadata.get("architecture") != json.loads(metadata["card"]).get("architecture"):
        message = f"{file} was altered or damaged (it names another architecture than its card): {_remedy(file)}."
        raise CheckpointError(message, "damaged", file)
    return Checkpoint(model, card, digest)


def write(path: Path, model: Network, card: Card) -> str:
    """Writes a checkpoint, all of it or nothing, and returns its digest.

    Raises:
        ValueError: the card's config or architecture is not the model's.
    """
    if card.config != model.config:
        raise ValueError(f"the card's config must be the model's; got {card.config} and {model.config}")
    if card.architecture != architecture_of(model.config).name:
        raise ValueError(f"the card's architecture must be the model's; got '{card.architecture}'")
    tensors = at_rest(model)
    text = card.to_json()
    digest = _digest(text, tensors)
    write_atomically(
        path, tensors, {"format": FORMAT, "architecture": card.architecture, "card": text, "digest": digest}
    )
    return digest


def at_rest(model: Network) -> dict[str, Tensor]:
    """The weights as they stand in a checkpoint: float16, contiguous, on the CPU."""
    return {name: weight.half().cpu().contiguous() for name, weight in model.state_dict().items()}


def _read_file(file: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    if not is_file(file):
        raise CheckpointError(f"There is no checkpoint {file}: {_remedy(file)}.", "missing", file)
    try:
        tensors, metadata = read_tensors(file)
        if metadata.get("format") == FORMAT:
            _check(tensors)
        return tensors, metadata
    except UnsoundError as error:
        raise CheckpointError(f"{file} holds no sound weights ({error}): {_remedy(file)}.", "unfit", file) from error
    except (SafetensorError, OSError) as error:
        message = f"{file} is truncated or no safetensors file ({error}): {_remedy(file)}."
        raise CheckpointError(message, "damaged", file) from error


def _check(tensors: Mapping[str, Tensor]) -> None:
    """Whether tensors can be weights of ours.

    Raises:
        UnsoundError: they can't.
    """
    if len(tensors) > MOST_TENSORS or any(tensor.dtype != torch.float16 for tensor in tensors.values()):
        raise UnsoundError(f"weights are at most {MOST_TENSORS} tensors of float16")
    if not all(bool(tensor.isfinite().all()) for tensor in tensors.values()):
        raise UnsoundError("some weights are no numbers")


def _network(card: Card, tensors: Mapping[str, Tensor]) -> CapsNet:
    """The network around these weights; built on the meta device, since random ones would only be thrown away."""
    with torch.device("meta"):
        model = architecture(card.architecture).network(card.config)
    layouts = {name: weight.is_contiguous() for name, weight in model.state_dict().items()}
    weights = {
        name: tensor.float() if layouts.get(name, True) else tensor.float().to(memory_format=torch.channels_last)
        for name, tensor in tensors.items()
    }
    model.load_state_dict(weights, assign=True)
    return cast(CapsNet, model.eval())


def _digest(card: str, tensors: Mapping[str, Tensor]) -> str:
    content = hashlib.sha256(card.encode())
    for name in sorted(tensors):
        tensor = tensors[name]
        content.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        content.update(tensor.contiguous().flatten().view(torch.uint8).numpy().data)
    return content.hexdigest()


def _remedy(file: Path) -> str:
    if Path(os.path.realpath(file)).parent == SHIPPED:  # which raises nothing where a link leads to itself
        return (
            f"bring it back with `git checkout checkpoints/{file.name}`, or install the project again from its source"
        )
    return "copy it again, choose another file, or make one with `python -m capsnet train --out FILE`"


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
