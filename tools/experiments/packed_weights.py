"""How coarse weights may be on their way to the browser: sizes and errors by step, as a table.

    python -m tools.experiments.packed_weights [FILE ...]

Each network reads 300 drawings twice, with its own weights and with those that come out of its packed file. The errors
are the largest of any drawing, of any length, coupling (after the last iteration) or number of a pose.
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

from capsnet import CapsNet, checkpoint
from capsnet.data import to_float
from capsnet.pen import pen_digits
from explorer.components.network.packing import PRIMARY_STEP, TRANSFORM_STEP, packed_decoder, packed_network
from explorer.drawing import to_mnist
from explorer.presets import Stroke, load_presets, render

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
    """What `tensors.js` makes of a packed file: tensors by name, those that were split put together again."""
    parts = load(gzip.decompress(packed))
    whole = {name: numbers.astype(np.float32) for name, numbers in parts.items() if numbers.dtype == np.float16}
    for name, low in parts.items():
        if low.dtype == np.uint8:
            stem = name.removesuffix(".low")
            scale = parts[f"{stem}.scale"].reshape(-1, *[1] * (low.ndim - 1))
            whole[stem] = (parts[f"{stem}.high"].astype(np.int16) * 256 + low) * scale
    return whole


def as_packed(model: CapsNet, packed: bytes) -> CapsNet:
    """A copy of the network with the weights of its packed file."""
    tensors = {name: torch.from_numpy(numbers) for name, numbers in unpacked(packed).items()}
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
    print(f"| network | steps | network, MB | decoder, MB | {' | '.join(COMPARED)} |", "|---" * 7 + "|", sep="\n")
    for file in files or checkpoint.shipped():
        network = checkpoint.read(file)
        decoder = len(packed_decoder(network)) / 1e6
        for times in COARSER:
            steps = (PRIMARY_STEP * times, TRANSFORM_STEP * times)
            packed = packed_network(network, *steps)
            apart = " | ".join(
                f"{error:.1e}" for error in errors(network.model, as_packed(network.model, packed), images)
            )
            names = ", ".join(f"1/{1 / step:g}" for step in steps)
            print(f"| {file.stem} | {names} | {len(packed) / 1e6:.2f} | {decoder:.2f} | {apart} |", flush=True)


if __name__ == "__main__":
    typer.run(main)
