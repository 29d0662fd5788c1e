"""The capsule network of "Dynamic Routing Between Capsules" (Sabour, Frosst, Hinton 2017), figures 1 and 2.

Read from the leaves up: primary capsules, digit capsules, decoder, network. Shape letters as in `routing.py`:
B batch, I primary capsules, P their pose, J digit capsules, D their pose, R routing iterations. Sizes in comments are
the paper's.

The authors' code (Sarasra/models) adds a trained bias to each s_j, which the paper does not mention; here is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor, einsum, nn

from capsnet.config import CapsNetConfig
from capsnet.network import Network, check_images, full_precision, full_precision_only
from capsnet.routing import RoutingStep, RoutingTrace, lengths, routing_steps, squash

TRANSFORM_SCALE = 0.1  # standard deviation of W_ij at the start: votes neither vanish nor saturate squash


class CapsNetOutput(NamedTuple):
    """What the network says about a batch of pictures."""

    poses: Tensor  # v_j                                                   [B, J, D]
    lengths: Tensor  # |v_j|, in [0, 1): each its own, no sum of 1            [B, J]
    reconstructions: Tensor  # decoded from one capsule, in 0..1                     [B, 1, 28, 28]
    primary: Tensor  # u_i                                                   [B, I, P]
    votes: Tensor  # u_hat_j|i                                             [B, I, J, D]
    couplings: Tensor  # c_ij of the last iteration                            [B, I, J]

    @property
    def scores(self) -> Tensor:
        """One number a class, of which the largest is the answer: the lengths, [B, J]."""
        return self.lengths


class PrimaryCapsules(nn.Module):
    """A convolution whose channels are read as capsules: P channels at one place are one capsule's pose."""

    def __init__(self, config: CapsNetConfig) -> None:
        super().__init__()
        self.channels, self.pose = config.primary_channels, config.primary_pose
        self.convolution = nn.Conv2d(
            config.feature_channels, self.channels * self.pose, config.kernel_size, config.primary_stride
        )

    def forward(self, features: Tensor) -> Tensor:
        """Features [B, 256, 20, 20] to poses u_i [B, I, P]."""
        maps = full_precision(self.convolution(features))  # [B, 256, 6, 6]
        capsules = maps.unflatten(1, (self.channels, self.pose))  # [B, 32, P, 6, 6]
        # The pose moves last before places are flattened: `view` alone would mix pixels into one pose.
        return squash(capsules.permute(0, 1, 3, 4, 2).flatten(1, 3))  # u_i [B, I, P]


class DigitCapsules(nn.Module):
    """One matrix W_ij for each pair of capsules, which turns the output of i into its vote on the pose of j."""

    def __init__(self, config: CapsNetConfig) -> None:
        super().__init__()
        shape = (config.primary_capsules, config.digit_capsules, config.digit_pose, config.primary_pose)
        self.transforms = nn.Parameter(torch.empty(shape))  # W_ij [I, J, D, P]
        if not self.transforms.is_meta:  # there, normal_ has no effect but to import PyTorch's compiler: one second
            nn.init.normal_(self.transforms, std=TRANSFORM_SCALE)

    def forward(self, primary: Tensor) -> Tensor:
        """Poses u_i [B, I, P] to votes u_hat_j|i [B, I, J, D]."""
        # u_hat_j|i = W_ij u_i (equation 2)
        return einsum("ijdp,bip->bijd", self.transforms, primary)


class Decoder(nn.Sequential):
    """Three dense layers that draw the picture again from the pose of one digit capsule (figure 2)."""

    def __init__(self, config: CapsNetConfig) -> None:
        first, second = config.decoder_hidden
        super().__init__(
            nn.Linear(config.digit_capsules * config.digit_pose, first),
            nn.ReLU(),
            nn.Linear(first, second),
            nn.ReLU(),
            nn.Linear(second, config.image_size**2),
            nn.Sigmoid(),
        )


class CapsNet(Network):
    """Convolution, primary capsules, digit capsules found by routing, and a decoder: 8,215,568 parameters.

    Pictures are grey, float, 0 (background) to 1 (ink), in the way MNIST was made (`capsnet.ink`).
    """

    def __init__(self, config: CapsNetConfig | None = None) -> None:
        super().__init__()
        self.config: CapsNetConfig = config or CapsNetConfig()
        self.convolution = nn.Conv2d(1, self.config.feature_channels, self.config.kernel_size)
        self.primary_capsules = PrimaryCapsules(self.config)
        self.digit_capsules = DigitCapsules(self.config)
        self.decoder = Decoder(self.config)
        for layer in (self.convolution, self.primary_capsules.convolution):
            # A fifth to a third faster on CPU, in both directions.
            layer.weight.data = layer.weight.data.contiguous(memory_format=torch.channels_last)

    def forward(
        self,
        images: Tensor,
        labels: Tensor | None = None,
        iterations: int | None = None,
        *,
        present: Tensor | None = None,
        unrolled: bool = False,
        check_values: bool = True,
    ) -> CapsNetOutput:
        """Reads a batch of pictures.

        Args:
            images: [B, 1, 28, 28], the weights' float type, in 0..1.
            labels: [B], int64 in 0..J-1: the capsule to reconstruct from, as in training. None: the longest.
            iterations: routing iterations, from 1; None: as many as the network was trained with.
            present: [B, I], bool: the primary capsules that take part; the others' poses are zero. None: all.
            unrolled: whether gradients flow through all iterations, see `routing_steps`.
            check_values: whether the ranges of images and labels are checked, which waits for the device. Training
                checks its whole data once instead. Shapes and types are always checked.

        Raises:
            ValueError: a shape, type or range is not as said here.
        """
        if labels is not None:
            _check_labels(labels, len(images), self.config.digit_capsules, values=check_values)
        _, primary, votes = self._votes(images, present, check_values=check_values)
        with full_precision_only(images):
            for step in self._routing(votes, iterations, unrolled=unrolled):
                last = step
            presence = lengths(last.poses)  # |v_j| [B, J]
            chosen = presence.argmax(dim=-1) if labels is None else labels  # [B]
            drawn = self._drawn(last.poses, chosen)
            return CapsNetOutput(last.poses, presence, drawn, primary, votes, last.couplings)

    @torch.no_grad()
    def trace(self, images: Tensor, iterations: int | None = None) -> RoutingTrace:
        """Reads a batch of pictures and returns every number on the way to the digit capsules.

        Arguments and errors as in `forward`, whose poses are exactly the trace's last ones. Without gradients.
        """
        features, primary, votes = self._votes(images)
        with full_precision_only(images):
            steps = RoutingStep(*map(torch.stack, zip(*self._routing(votes, iterations), strict=True)))
        return RoutingTrace(features, primary, votes, **steps._asdict())

    def reconstruct(self, poses: Tensor, labels: Tensor) -> Tensor:
        """Draws each picture from the pose of one capsule, all others set to zero (paper, section 4.1).

        Args:
            poses: v_j [B, J, D], of the network or of one's own making.
            labels: [B], int64 in 0..J-1: whose capsule is kept.

        Returns:
            Pictures in 0..1, [B, 1, 28, 28].

        Raises:
            ValueError: a shape, type or range is not as said here.
        """
        config = self.config
        if poses.ndim != 3 or poses.shape[1:] != (config.digit_capsules, config.digit_pose):
            expected = f"[B, {config.digit_capsules}, {config.digit_pose}]"
            raise ValueError(f"poses must be {expected}; got shape {tuple(poses.shape)}")
        _check_labels(labels, len(poses), config.digit_capsules)
        return self._drawn(poses, labels)

    def _drawn(self, poses: Tensor, labels: Tensor) -> Tensor:
        """As `reconstruct`, of what was checked."""
        kept = labels[:, None] == torch.arange(poses.shape[1], device=poses.device)  # [B, J]
        masked = (poses * kept[:, :, None]).flatten(1)  # [B, J * D]
        pixels: Tensor = self.decoder(masked)  # [B, 784]
        return pixels.view(-1, 1, self.config.image_size, self.config.image_size)

    def _votes(
        self, images: Tensor, present: Tensor | None = None, *, check_values: bool = True
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Features [B, 256, 20, 20], primary capsules [B, I, P] and votes [B, I, J, D]."""
        check_images(images, self.config.image_size, self.convolution.weight.dtype, values=check_values)
        features = self.convolution(images).relu()
        primary = self.primary_capsules(features)
        if present is not None:
            if present.shape != primary.shape[:2] or present.dtype != torch.bool:
                expected = f"[{len(primary)}, {self.config.primary_capsules}] bool"
                raise ValueError(f"present must be {expected}; got {present.dtype} {tuple(present.shape)}")
            primary = primary * present[..., None]
        with full_precision_only(images):
            return features, primary, self.digit_capsules(primary)

    def _routing(self, votes: Tensor, iterations: int | None, *, unrolled: bool = False) -> Iterator[RoutingStep]:
        chosen = self.config.iterations if iterations is None else iterations
        return routing_steps(votes, chosen, self.config.inverse_temperature, unrolled=unrolled)


def _check_labels(labels: Tensor, count: int, classes: int, *, values: bool = True) -> None:
    if labels.shape != (count,) or labels.dtype != torch.int64:
        raise ValueError(f"labels must be [{count}] int64, one a picture; got {labels.dtype} {tuple(labels.shape)}")
    if values and count and not (int(labels.min()) >= 0 and int(labels.max()) < classes):
        raise ValueError(f"labels must lie in 0..{classes - 1}; got {int(labels.min())} to {int(labels.max())}")
