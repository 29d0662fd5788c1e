"""A network's weights as the browser takes them: two gzipped safetensors files, one of them the decoder.

`tensors.js` reads them. Tensors lie the way that the browser goes through them, outputs innermost.

The two large tensors, 6.8 million of the 8.2 million weights, are rounded to whole numbers; how far, is a balance of
size and error: `tools/experiments/packed_weights.py` prints both. Half the step is one more bit for each, 0.85 MB,
whatever the largest weight is, because of the Huffman code: so scales follow how weights spread. Low and high bytes lie
apart since only the high ones have a code worth having.
"""

from __future__ import annotations

import zlib
from dataclasses import asdict
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

from capsnet.checkpoint import Checkpoint

FORMAT = 1
"""Grows when files are packed in another way: they are named by it, since browsers keep them."""
PRIMARY_STEP = 1 / 450
"""From one whole number to the next in the second convolution, in standard deviations of a row's weights."""
TRANSFORM_STEP = 1 / 1350
"""The same in the transforms W_ij, a fifth as many: there precision costs less."""
LARGEST = 32_767
"""The largest whole number of 16 bits."""


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
) -> bytes:
    """All between a picture and its digit capsules; the two large tensors as whole numbers, see `split`.

    Shapes: convolution.weights [ky, kx, C], primary.weights [C, ky, kx, channels * P], transforms [I, P, J, D].
    """
    weights = checkpoint.model.state_dict()
    primary = weights["primary_capsules.convolution.weight"].permute(1, 2, 3, 0)
    transforms = weights["digit_capsules.transforms"].permute(0, 3, 1, 2)
    return _packed(
        checkpoint.digest,
        {
            "convolution.weights": weights["convolution.weight"][:, 0].permute(1, 2, 0).half(),
            "convolution.biases": weights["convolution.bias"].half(),
            "primary.biases": weights["primary_capsules.convolution.bias"].half(),
            **split("primary.weights", primary, primary_step),
            **split("transforms", transforms, transform_step),
        },
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


def split(name: str, weights: Tensor, step: float) -> dict[str, Tensor]:
    """Weights as whole numbers of 16 bits, low and high bytes apart, times a scale for each row of the first axis.

    Args:
        name: what the tensor is called.
        weights: of two axes or more.
        step: the scale as a share of the standard deviation of a row's weights.

    Returns:
        name.low and name.high in the weights' shape, of numbers high * 256 + low, and name.scale, [rows].
    """
    rows = weights.detach().flatten(1)
    largest = rows.abs().amax(dim=1)
    scale = (step * rows.std(dim=1, correction=0)).maximum(largest / LARGEST)  # so that all fit
    scale = torch.where(scale > 0, scale, 1)  # of a row of zeros
    whole = (rows / scale[:, None]).round().int().view(weights.shape)
    return {
        f"{name}.low": (whole & 255).to(torch.uint8),
        f"{name}.high": (whole >> 8).to(torch.int8),
        f"{name}.scale": scale,
    }


def _packed(digest: str, tensors: dict[str, Tensor]) -> bytes:
    """The same bytes for the same tensors: gzip without a time, by a Huffman code alone, since weights don't repeat."""
    content = save({name: tensor.detach().contiguous() for name, tensor in tensors.items()}, {"digest": digest})
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS, 9, zlib.Z_HUFFMAN_ONLY)
    return packer.compress(content) + packer.flush()
