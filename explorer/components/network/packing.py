"""A network's weights as the browser takes them: three gzipped safetensors files, which `tensors.js` reads.

The network comes first, coarse: it reads a third sooner that way, all lengths within 0.02. Then the decoder comes, and
then the refinement, what the network's weights lack. Tensors lie the way that the browser goes through them, outputs
innermost.

The two large tensors, 6.8 million of the 8.2 million weights, are rounded to whole numbers; how far, is a balance of
size and error: `tools/experiments/packed_weights.py` prints both. Half the step is one more bit for each, 0.85 MB,
whatever the largest weight is, because of the Huffman code: so scales follow how weights spread.
"""

from __future__ import annotations

import zlib
from dataclasses import asdict
from typing import Any, NamedTuple

import torch
from safetensors.torch import save
from torch import Tensor

from capsnet.checkpoint import Checkpoint

FORMAT = 2
"""Grows when files are packed in another way: they are named by it, since browsers keep them."""
PRIMARY_STEP = 1 / 450
"""From one whole number to the next in the second convolution, in standard deviations of a row's weights."""
TRANSFORM_STEP = 1 / 1350
"""The same in the transforms W_ij, a fifth as many: there precision costs less."""
LARGEST = 32_767
"""The largest whole number of 16 bits."""
FINE = 16
"""Steps in a coarse one. What is left of a weight is -8 to 7 of them: 4 bits."""


class PackedNetwork(NamedTuple):
    """All between a picture and its digit capsules, in two files."""

    network: bytes
    """Enough to read, see `split`."""
    refinement: bytes
    """What is added to its weights."""


def settings(checkpoint: Checkpoint) -> dict[str, Any]:
    """What `reader.js` has to know beside the weights, as JSON knows it: the network's sizes and when to doubt it."""
    config = checkpoint.model.config
    derived = ("feature_size", "grid_size", "primary_capsules", "digit_capsules")
    return {
        "config": config.to_dict() | {name: getattr(config, name) for name in derived},
        "frame": asdict(config.frame),
        "thresholds": asdict(checkpoint.card.doubt),
    }


def packed_network(
    checkpoint: Checkpoint, primary_step: float = PRIMARY_STEP, transform_step: float = TRANSFORM_STEP
) -> PackedNetwork:
    """Both files of a network; of the two large tensors as whole numbers, see `split`.

    Shapes: convolution.weights [ky, kx, C], primary.weights [C, ky, kx, channels * P], transforms [I, P, J, D].
    """
    weights = checkpoint.model.state_dict()
    primary = weights["primary_capsules.convolution.weight"].permute(1, 2, 3, 0)
    transforms = weights["digit_capsules.transforms"].permute(0, 3, 1, 2)
    small = {
        "convolution.weights": weights["convolution.weight"][:, 0].permute(1, 2, 0).half(),
        "convolution.biases": weights["convolution.bias"].half(),
        "primary.biases": weights["primary_capsules.convolution.bias"].half(),
    }
    (coarse, fine), (coarse_transforms, fine_transforms) = (
        split("primary.weights", primary, primary_step),
        split("transforms", transforms, transform_step),
    )
    return PackedNetwork(
        _packed(checkpoint.digest, small | coarse | coarse_transforms),
        _packed(checkpoint.digest, fine | fine_transforms),
    )


def packed_decoder(checkpoint: Checkpoint) -> bytes:
    """The decoder's layers, decoder.0.weights [inputs, outputs], decoder.0.biases and so on, as exact as the file."""
    layers = [layer for layer in checkpoint.model.decoder if isinstance(layer, torch.nn.Linear)]
    return _packed(
        checkpoint.digest,
        {
            name: numbers.half()
            for n, layer in enumerate(layers)
            for name, numbers in ((f"decoder.{n}.weights", layer.weight.T), (f"decoder.{n}.biases", layer.bias))
        },
    )


def split(name: str, weights: Tensor, step: float) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Weights as whole numbers times a scale for each row of the first axis; coarse ones, and what they lack.

    Args:
        name: what the tensor is called.
        weights: of two axes or more.
        step: the scale as a share of the standard deviation of a row's weights.

    Returns:
        name.low and name.high in the weights' shape, of coarse numbers high * 256 + low, and name.scale, [rows].
        name.fine, of two numbers 0 to 15 in each byte, the lower four bits first, and name.scale, [rows]: what is to
        be added is 8 less than the number, times its scale. An odd one out has zero bits beside it.
    """
    rows = weights.detach().flatten(1)
    largest = rows.abs().amax(dim=1)
    scale = (step * rows.std(dim=1, correction=0)).maximum(largest / LARGEST)  # so that all fit
    scale = torch.where(scale > 0, scale, 1)  # of a row of zeros
    whole = (rows / scale[:, None]).round().int().view(weights.shape)
    coarse = (whole + FINE // 2) // FINE
    high = (coarse + 128) // 256  # nearly all zero, which a code makes small
    fine = (whole - FINE * coarse + FINE // 2).flatten().to(torch.uint8)
    pairs = torch.nn.functional.pad(fine, (0, len(fine) % 2)).view(-1, 2)
    return (
        {
            f"{name}.low": (coarse - 256 * high).to(torch.int8),
            f"{name}.high": high.to(torch.int8),
            f"{name}.scale": scale * FINE,
        },
        {f"{name}.fine": pairs[:, 0] + FINE * pairs[:, 1], f"{name}.scale": scale},
    )


def _packed(digest: str, tensors: dict[str, Tensor]) -> bytes:
    """The same bytes for the same tensors: gzip without a time, by a Huffman code and runs: only zeros repeat."""
    content = save({name: tensor.detach().contiguous() for name, tensor in tensors.items()}, {"digest": digest})
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS, 9, zlib.Z_RLE)
    return packer.compress(content) + packer.flush()
