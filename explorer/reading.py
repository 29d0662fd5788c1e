"""What the network computed from one picture: every number, as NumPy, made once and looked at by every page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from capsnet import CapsNet
from capsnet.network import Network
from explorer.arrays import Floats


@dataclass(frozen=True)
class Reading:
    """What every network says about one picture. Arrays are float32 and read-only."""

    classes: tuple[str, ...]
    """What the network tells apart."""
    image: Floats
    """The picture, 0..1, [H, W]; 28 x 28 as MNIST's."""

    @property
    def scores(self) -> Floats:
        """One number a class, the largest of which is the answer, [J]."""
        raise NotImplementedError


@dataclass(frozen=True)
class ScoreReading(Reading):
    """One picture as a network sees it that says no more than scores."""

    outputs: Floats
    """What the network gives for each class, [J]."""

    @property
    def scores(self) -> Floats:
        """The same."""
        return self.outputs


@dataclass(frozen=True)
class CapsuleReading(Reading):
    """One picture as a capsule network sees it. Letters as in `capsnet.routing`."""

    iterations: int
    """R, the routing iterations that were run."""
    trained_iterations: int
    """The number the network was trained with."""
    inverse_temperature: float
    """beta, the factor of the logits in routing's softmax; 1 is the paper's."""
    features: Floats
    """First convolution after ReLU, [256, 20, 20]."""
    primary: Floats
    """Poses u_i, [I, P], i over (channel, row, column)."""
    votes: Floats
    """u_hat_j|i, [I, J, D]."""
    logits: Floats
    """b_ij on entering each iteration, [R, I, J]."""
    couplings: Floats
    """c_ij, [R, I, J]."""
    agreements: Floats
    """a_ij, [R, I, J]."""
    sums: Floats
    """s_j, [R, J, D]."""
    poses: Floats
    """v_j, [R, J, D]."""
    lengths: Floats
    """|v_j|, [R, J]."""
    reconstructions: Floats
    """What the decoder draws from each capsule's last pose alone, 0..1, [J, 28, 28]."""
    grid: tuple[int, int, int]
    """Channels, rows and columns of the primary capsules, (32, 6, 6)."""
    places: tuple[int, int]
    """The pixel at the centre of what the first place sees, and the pixels from one place to the next, (8, 2)."""
    patch: int
    """Height and width of what one place sees, in pixels, 17."""

    @property
    def scores(self) -> Floats:
        """The last lengths, [J]."""
        last: Floats = self.lengths[-1]
        return last


def read(model: CapsNet, image: Floats, iterations: int | None = None) -> CapsuleReading:
    """Reads one picture.

    Args:
        model: the network.
        image: grey ink as `capsnet.ink.normalise` returns it, 0..1, [28, 28].
        iterations: routing iterations; None: as many as the network was trained with.

    Raises:
        ValueError: the picture is not of the network's size or range, or iterations is less than 1.
    """
    config = model.config
    trace = model.trace(torch.tensor(image)[None, None], iterations)
    every = torch.arange(config.digit_capsules)
    with torch.no_grad():
        drawn = model.reconstruct(trace.poses[-1].expand(len(every), -1, -1), every)
    arrays: dict[str, torch.Tensor | Floats] = {
        "image": image,
        "features": trace.features[0],
        "primary": trace.primary[0],
        "votes": trace.votes[0],
        "logits": trace.logits[:, 0],
        "couplings": trace.couplings[:, 0],
        "agreements": trace.agreements[:, 0],
        "sums": trace.sums[:, 0],
        "poses": trace.poses[:, 0],
        "lengths": trace.lengths[:, 0],
        "reconstructions": drawn[:, 0],
    }
    return CapsuleReading(
        classes=config.classes,
        iterations=trace.iterations,
        trained_iterations=config.iterations,
        inverse_temperature=config.inverse_temperature,
        grid=(config.primary_channels, config.grid_size, config.grid_size),
        places=(config.patch_size // 2, config.primary_stride),
        patch=config.patch_size,
        **{name: _frozen(value) for name, value in arrays.items()},
    )


def read_scores(model: Network, image: Floats) -> ScoreReading:
    """Reads one picture with a network of any kind.

    Args:
        model: the network.
        image: as for `read`.
    """
    with torch.no_grad():
        output = model(torch.tensor(image)[None, None])
    return ScoreReading(model.config.classes, _frozen(image), _frozen(output.scores[0]))


@dataclass(frozen=True)
class Answers:
    """What a network says about each of B pictures, and no more. Arrays are float32 and read-only."""

    scores: Floats
    """[B, J]."""
    drawn: Floats | None
    """Of a capsule network, what the longest capsule's pose is drawn as, 0..1, [B, H, W]; None: it draws nothing."""


def read_answers(model: Network, images: Floats) -> Answers:
    """Reads many pictures at once, with a network of any kind.

    Args:
        model: the network.
        images: as for `read`, [B, size, size].
    """
    with torch.no_grad():
        output = model(torch.tensor(images)[:, None])
    drawn = getattr(output, "reconstructions", None)
    return Answers(_frozen(output.scores), None if drawn is None else _frozen(drawn[:, 0]))


def _frozen(values: torch.Tensor | Floats) -> Floats:
    array: Floats = np.array(values.numpy() if isinstance(values, torch.Tensor) else values, dtype=np.float32)
    array.flags.writeable = False
    return array
