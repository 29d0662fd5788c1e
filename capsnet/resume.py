"""The state of a training run on disk, so that it goes on after a kill as if nothing had happened.

One safetensors file, replaced whole: weights and Adam's moments as float32 tensors, the rest as JSON. No generator's
state is kept, since all randomness is drawn anew from (seed, epoch) by `recipe.plan`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from capsnet.checkpoint import CheckpointError
from capsnet.stored import read_tensors, write_atomically

FORMAT = "capsnet-training-1"


class TrainingStopped(Exception):  # noqa: N818 - mostly because somebody wished it
    """Training ended before its time; the message says why and how to go on."""


@dataclass
class Progress:
    """How far a run has come."""

    epoch: int = 0
    """Epochs that are done."""
    step: int = 0
    """Batches of the current epoch that are done."""
    loss_sum: float = 0.0
    """Sum over those batches of loss times batch size."""
    seconds: float = 0.0
    """Time spent training in the current epoch."""
    looks: list[tuple[int, float]] = field(default_factory=list)
    """What was seen of the current epoch so far: batches that were done, and `loss_sum` then."""
    history: list[dict[str, Any]] = field(default_factory=list)
    """One entry for each epoch done."""


def save_state(
    path: Path,
    model: nn.Module,
    optimizer: Optimizer,
    schedule: LRScheduler,
    progress: Progress,
    identity: dict[str, Any],
) -> None:
    """Writes all that `restore_state` needs, all of it or nothing.

    `identity` says what the run is (recipe, data, config), and is compared when it is resumed.
    """
    moments = optimizer.state_dict()
    tensors = {f"model.{name}": weight.cpu().contiguous() for name, weight in model.state_dict().items()}
    for index, entry in moments["state"].items():
        tensors |= {f"optimizer.{index}.{name}": value.cpu().contiguous() for name, value in entry.items()}
    rest = {
        "identity": identity,
        "progress": vars(progress),
        "param_groups": moments["param_groups"],
        "schedule": schedule.state_dict(),
    }
    write_atomically(path, tensors, {"format": FORMAT, "state": json.dumps(rest)})


def restore_state(
    path: Path, model: nn.Module, optimizer: Optimizer, schedule: LRScheduler, identity: dict[str, Any]
) -> Progress:
    """Sets model, optimizer and schedule to what `save_state` wrote, and returns the progress.

    Raises:
        CheckpointError: there is no state, it can't be read, or it belongs to another run; says the way out.
    """
    try:
        return _restored(path, model, optimizer, schedule, identity)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, RuntimeError) as error:
        said = " ".join(str(error).split())[:200]
        message = f"{path} does not fit together ({said}): start the run again, with --overwrite instead of --resume."
        raise CheckpointError(message, "unfit", path) from error


def _restored(
    path: Path, model: nn.Module, optimizer: Optimizer, schedule: LRScheduler, identity: dict[str, Any]
) -> Progress:
    tensors, state = _read_state(path)
    different = list(_differences(identity, state["identity"]))
    if different:
        raise CheckpointError(
            f"{path} is of another run (it differs in {', '.join(different)}): resume with the options it was started "
            "with, or start again with --overwrite instead of --resume.",
            "unfit",
            path,
        )
    model.load_state_dict(_under("model.", tensors))
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    moments: dict[int, dict[str, Tensor]] = {}
    for name, tensor in _under("optimizer.", tensors).items():
        index, _, moment = name.partition(".")
        moments.setdefault(int(index), {})[moment] = _laid_out_like(parameters[int(index)], tensor)
    optimizer.load_state_dict({"state": moments, "param_groups": state["param_groups"]})
    schedule.load_state_dict(state["schedule"])
    return Progress(**state["progress"])


def _differences(now: Mapping[str, Any], then: Mapping[str, Any]) -> Iterator[str]:
    """In words, where two identities of runs differ, field by field: "seed (2 now, 1 then)"."""
    for part in sorted(now.keys() | then.keys()):
        one, other = now.get(part), then.get(part)
        if one == other:
            continue
        if not isinstance(one, dict) or not isinstance(other, dict):
            yield part
            continue
        for name in sorted(one.keys() | other.keys()):
            values = one.get(name), other.get(name)
            if values[0] != values[1]:
                short = all(isinstance(value, int | float | str) for value in values)
                yield name.replace("_", " ") + (f" ({values[0]} now, {values[1]} then)" if short else "")


def _read_state(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    if not path.is_file():
        message = f"There is nothing to resume at {path}: start the run without --resume."
        raise CheckpointError(message, "missing", path)
    try:
        tensors, metadata = read_tensors(path)
    except (SafetensorError, OSError) as error:
        message = f"{path} can't be read ({error}): start the run again, with --overwrite instead of --resume."
        raise CheckpointError(message, "damaged", path) from error
    if metadata.get("format") != FORMAT:
        message = (
            f"{path} is not the state of a training run: start the run again, with --overwrite instead of --resume."
        )
        raise CheckpointError(message, "foreign", path)
    return tensors, json.loads(metadata["state"])


def _laid_out_like(parameter: Tensor, moment: Tensor) -> Tensor:
    """Fused Adam walks through memory: a moment must lie there as its parameter does (channels last, say)."""
    return torch.empty_like(parameter).copy_(moment) if moment.shape == parameter.shape else moment


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}
