"""How coarse weights may be on their way to the browser: sizes and errors by step, as a table.

    python -m tools.experiments.packed_weights [FILE ...]

Each network reads 300 drawings with its own weights, with those that come out of its packed files, and with the coarse
ones that come first. The errors are the largest of any drawing, of any length, coupling (after the last iteration) or
number of a pose.
"""

from __future__ import annotations

import copy
import gzip
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from numpy.typing import NDArray
from safetensors.numpy import load
from torch import Tensor

from capsnet import CapsNet
from capsnet.data import to_float
from capsnet.pen import pen_digits
from explorer.components.network.packing import (
    PRIMARY_STEP,
    TRANSFORM_STEP,
    PackedNetwork,
    packed_decoder,
    packed_network,
)
from explorer.drawing import to_mnist
from explorer.presets import Stroke, load_presets, render
from tools.experiments.networks import capsule_networks

COUNT = 300
BATCH = 50
COARSER = (1, 2, 4, 8)
"""Steps looked at, as multiples of those that are used."""
COMPARED = ("lengths", "couplings", "poses")


def drawings(seed: int = 23) -> Tensor:
    """Digits of the synthetic pen, the examples, dots, a line, a scrawl, nothing, [300, 1, 28, 28]."""
    rng = np.random.default_rng(seed)
    shapes: list[tuple[Stroke, ...]] = [(((140, 140), (140.5, 140)),), (((20, 20), (260, 262)),)]
    shapes.append(tuple(((x, 60.0), (x + 0.5, 60.0)) for x in (40.0, 100.0, 230.0)))
    shapes.append((tuple((float(x), float(y)) for x, y in rng.uniform(20, 260, (60, 2))),))
    drawn = [(preset.strokes, preset.width) for preset in load_presets()]
    drawn += [(shape, width) for shape in shapes for width in (6, 18, 60)]
    images = [image for drawing in drawn if (image := to_mnist(render(*drawing))) is not None]
    odd = torch.from_numpy(np.stack([*images, np.zeros((28, 28), np.float32)]))
    pen = to_float(pen_digits(COUNT - len(odd), seed).images)
    return torch.cat([pen, odd[:, None]])


def unpacked(packed: bytes) -> dict[str, NDArray[np.float32]]:
    """What `tensorsOf` makes of a packed file: tensors by name, those that were split put together again."""
    parts = load(gzip.decompress(packed))
    whole = {name: numbers.astype(np.float32) for name, numbers in parts.items() if numbers.dtype == np.float16}
    for name, low in parts.items():
        if name.endswith(".low"):
            stem = name.removesuffix(".low")
            scale = parts[f"{stem}.scale"].reshape(-1, *[1] * (low.ndim - 1))
            whole[stem] = (parts[f"{stem}.high"].astype(np.int16) * 256 + low) * scale
    return whole


def refined(packed: PackedNetwork) -> dict[str, NDArray[np.float32]]:
    """The same with what `refine` adds."""
    whole, parts = unpacked(packed.network), load(gzip.decompress(packed.refinement))
    for name, pairs in parts.items():
        if name.endswith(".fine"):
            weights = whole[name.removesuffix(".fine")]
            fine = np.stack([pairs % 16, pairs // 16], axis=1).ravel()[: weights.size].reshape(weights.shape)
            scale = parts[name.replace(".fine", ".scale")].reshape(-1, *[1] * (weights.ndim - 1))
            weights += (fine.astype(np.float32) - 8) * scale
    return whole


def as_packed(model: CapsNet, packed: PackedNetwork, *, coarse: bool = False) -> CapsNet:
    """A copy of the network with the weights of its packed files, or of the first alone."""
    whole = unpacked(packed.network) if coarse else refined(packed)
    tensors = {name: torch.from_numpy(numbers) for name, numbers in whole.items()}
    other = copy.deepcopy(model)
    weights = {
        "convolution.weight": tensors["convolution.weights"].permute(2, 0, 1)[:, None],
        "convolution.bias": tensors["convolution.biases"],
        "primary_capsules.convolution.weight": tensors["primary.weights"].permute(3, 0, 1, 2),
        "primary_capsules.convolution.bias": tensors["primary.biases"],
        "digit_capsules.transforms": tensors["transforms"].permute(0, 2, 3, 1),
    }
    other.load_state_dict(other.state_dict() | weights)
    return other


@torch.no_grad()
def errors(model: CapsNet, other: CapsNet, images: Tensor) -> list[float]:
    """How far two networks' readings are apart at most, one number for each of `COMPARED`."""
    found = [
        [(getattr(ours, name) - getattr(theirs, name)).abs().max() for name in COMPARED]
        for ours, theirs in ((model(batch), other(batch)) for batch in images.split(BATCH))
    ]
    return torch.tensor(found).amax(dim=0).tolist()


def main(files: Annotated[list[Path] | None, typer.Argument()] = None) -> None:
    """Prints the table in Markdown, a line for each network and step."""
    images = drawings()
    columns = [f"{name}{coarse}" for coarse in ("", ", coarse") for name in COMPARED]
    print(f"| network | steps | network + refinement, MB | decoder, MB | {' | '.join(columns)} |")
    print("|---" * (4 + len(columns)) + "|")
    for name, network in capsule_networks(files).items():
        decoder = len(packed_decoder(network)) / 1e6
        for times in COARSER:
            steps = (PRIMARY_STEP * times, TRANSFORM_STEP * times)
            packed = packed_network(network, *steps)
            others = [as_packed(network.model, packed, coarse=coarse) for coarse in (False, True)]
            apart = " | ".join(f"{error:.1e}" for other in others for error in errors(network.model, other, images))
            names = ", ".join(f"1/{1 / step:g}" for step in steps)
            sizes = " + ".join(f"{len(part) / 1e6:.2f}" for part in packed)
            print(f"| {name} | {names} | {sizes} | {decoder:.2f} | {apart} |", flush=True)


if __name__ == "__main__":
    typer.run(main)
