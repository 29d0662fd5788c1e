"""How to train: the recipe, and what it draws at random.

All randomness of an epoch is a function of (seed, epoch); a run that was stopped and resumed therefore sees the same
batches, shifted and distorted alike, as one that was not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from capsnet.data import TORCHVISION_SETS, Dataset
from capsnet.distortion import Distortions, Ranges, sample
from capsnet.fields import option
from capsnet.losses import TermWeights


@dataclass(frozen=True)
class Recipe:
    """How to train; the defaults are those of the shipped MNIST weights.

    They differ from the paper, which has Adam with TensorFlow's defaults and an exponentially decaying learning rate,
    and whose authors' code differentiates through all routing iterations (here: `unrolled`).

    Raises:
        ValueError: a number is out of its range.
    """

    dataset: str = option("mnist", f"{', '.join(TORCHVISION_SETS)}, or a folder with a folder of pictures a class.")
    epochs: int = option(20, "How often all training pictures are seen.")
    batch_size: int = option(128, "Pictures a step, over all processes.")
    peak_learning_rate: float = option(0.002, "Reached after warm-up; then falls to near zero.")
    """Adam's learning rate after warm-up; from there it falls along a cosine to near zero."""
    warmup: float = 0.15
    """Share of all batches until the peak is reached."""
    shift: int = option(2, "Shift training images by up to this many pixels.")
    """Training pictures are moved by up to so many pixels each way (paper, section 5)."""
    seed: int = option(1, "Sets the first weights, the order and the shifts.")
    held_out: int = option(0, "Hold out this many training images and report on them instead of on the test set.")
    """Training pictures kept for comparing recipes: with any, the test set is not looked at."""
    start: str = ""
    """Name of the checkpoint whose weights are trained further; empty: random weights."""
    start_digest: str = ""
    """`Checkpoint.digest` of the same."""
    start_share: float = option(0.0, "Share of the start's weights in the final ones: less is forgotten.")
    """Share of those weights in the final ones, which then lie between start and end of the training: less is forgotten
    of what was known before (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models")."""
    fresh_votes: bool = option(False, "With --start: begin with random matrices that make the votes.")
    """Begin with random matrices W_ij in place of the start's: all else is kept, agreement is learnt anew."""
    unrolled: bool = option(False, "Gradients flow through all routing iterations, as in the authors' code.")
    """Gradients flow through all routing iterations, not only through the last weighted sum (`routing_steps`)."""
    agreement: float = option(0.0, "At first, weight of the loss that asks couplings to gather.")
    """Weight of `losses.agreement_loss` in the first step; from there it moves in a straight line to the next."""
    agreement_last: float = option(0.0, "The same weight at the end.")
    """The same weight in the last step."""
    long_votes: float = option(0.0, "Weight of the loss on votes longer than 1.")
    """Weight of `losses.long_votes`."""
    capsule_dropout: float = option(0.0, "Share of primary capsules left out at each step.")
    """Share of the primary capsules that take no part in a training picture, drawn anew each time. What is left is not
    made larger: the network shall do with fewer."""
    pen: int = option(0, "Add this many digits of the synthetic pen.")
    """So many digits of the synthetic pen (`capsnet.pen`) join the training pictures."""
    others: int = option(0, "Add this many pen drawings that are not digits, to be rejected.")
    """So many pictures that are no digit (`capsnet.pen.non_digits`) join them: all capsules shall be short on these."""
    plain: float = option(0.0, "Share of training pictures that are not distorted.")
    """Share of the training pictures that are not distorted, whatever the ranges below."""
    rotation: float = option(0.0, "Rotate training images by up to this many degrees.")
    """This and the next four: how far training pictures are distorted, see `distortion.Ranges`."""
    shear: float = option(0.0, "Slant them by up to this share of their height.")
    scale: float = option(0.0, "Resize each axis by up to this share.")
    elastic: float = option(0.0, "Warp them by up to this many pixels.")
    thickness: float = option(0.0, "Thicker or thinner by up to this share of a pixel.")

    @property
    def distortion(self) -> Ranges:
        """How far training pictures are distorted."""
        return Ranges(self.rotation, self.shear, self.scale, self.elastic, self.thickness)

    def __post_init__(self) -> None:
        least_values = {"epochs": 1, "batch_size": 1, "shift": 0, "seed": 0, "held_out": 0, "pen": 0, "others": 0}
        for name, least in least_values.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}; got {getattr(self, name)}")
        if not self.peak_learning_rate > 0:
            raise ValueError(
                f"peak_learning_rate must be above 0 (0.002 is a good start); got {self.peak_learning_rate}"
            )
        if not 0 < self.warmup < 1:
            raise ValueError(f"warmup must be a share between 0 and 1; got {self.warmup}")
        if not 0 <= self.plain <= 1:
            raise ValueError(f"plain must be a share, 0 to 1; got {self.plain}")
        if not 0 <= self.capsule_dropout < 1:
            raise ValueError(f"capsule_dropout must be a share below 1; got {self.capsule_dropout}")
        for name in ("agreement", "agreement_last", "long_votes"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} must be at least 0 (0 is the paper's); got {getattr(self, name)}")
        if (self.agreement or self.agreement_last) and not self.unrolled:
            raise ValueError("agreement needs gradients through all iterations: train with unrolled, too")
        if bool(self.start) != bool(self.start_digest):
            raise ValueError(f"start and its digest belong together; got '{self.start}' and '{self.start_digest}'")
        if not 0 <= self.start_share < 1 or (self.start_share and not self.start):
            raise ValueError(f"start_share must be a share below 1, and needs a start; got {self.start_share}")
        if self.fresh_votes and (not self.start or self.start_share):
            raise ValueError("fresh_votes needs a start, and no start_share: two networks' votes can't be mixed")
        _ = self.distortion  # checks the ranges

    def terms(self, progress: float) -> TermWeights:
        """Weights of the loss's further terms when a share of all steps, 0 to 1, is done."""
        return TermWeights(self.agreement + progress * (self.agreement_last - self.agreement), self.long_votes)


class Plan(NamedTuple):
    """What an epoch draws at random."""

    order: Tensor  # indices of the pictures, int64        [N]
    shifts: Tensor  # rows and columns to move each by      [N, 2]
    distortions: Distortions | None  # of each; None where the recipe has none

    def take(self, positions: slice) -> Plan:
        """The part of the epoch at these positions."""
        distortions = self.distortions and self.distortions.take(positions)
        return Plan(self.order[positions], self.shifts[positions], distortions)

    def to(self, device: torch.device) -> Plan:
        """The same on a device."""
        distortions = self.distortions and self.distortions.to(device)
        return Plan(self.order.to(device), self.shifts.to(device), distortions)


def plan(recipe: Recipe, epoch: int, count: int) -> Plan:
    """The order of the pictures in an epoch and how each is changed: a function of recipe and epoch alone."""
    generator = torch.Generator().manual_seed(recipe.seed * 1_000_003 + epoch)
    order = torch.randperm(count, generator=generator)
    shifts = torch.randint(-recipe.shift, recipe.shift + 1, (count, 2), generator=generator)
    if recipe.distortion == Ranges():
        return Plan(order, shifts, None)
    distortions = sample(recipe.distortion, count, generator)
    changed = torch.rand(count, generator=generator) >= recipe.plain  # [N]
    kept = (values * changed.view(-1, *[1] * (values.dim() - 1)) for values in distortions)
    return Plan(order, shifts, Distortions(*kept))


def kept_units(recipe: Recipe, epoch: int, step: int, shape: tuple[int, int], dropout: float) -> Tensor | None:
    """Which units (primary capsules, features) take part in each picture of a batch, bool; None: all do.

    A function of recipe, epoch and step alone, like `plan`.

    Args:
        recipe: whose seed is used.
        epoch: of the training, from 0.
        step: of the epoch, from 0.
        shape: pictures of the whole batch, and units.
        dropout: the share that is left out, 0 to below 1.
    """
    if not dropout:
        return None
    generator = torch.Generator().manual_seed((recipe.seed * 1_000_003 + epoch) * 1_000_003 + step)
    return torch.rand(shape, generator=generator) >= dropout


def hold_out(data: Dataset, count: int, seed: int = 0) -> tuple[Dataset, Dataset]:
    """Splits training pictures at random into those to train on and `count` to compare recipes by.

    Raises:
        ValueError: nothing would be left to train on.
    """
    if count >= len(data):
        raise ValueError(f"held_out must leave pictures to train on; got {count} of {len(data)}")
    order = torch.randperm(len(data), generator=torch.Generator().manual_seed(seed))
    return data.take(order[count:]), data.take(order[:count])
