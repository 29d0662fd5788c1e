"""Weights, optimizer and schedule, and one step of training them.

The paper decays Adam's learning rate exponentially; here it rises and falls once.
"""

from __future__ import annotations

from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor
from torch.optim import Adam
from torch.optim.lr_scheduler import OneCycleLR

from capsnet.architectures import Architecture, Batch, architecture_of
from capsnet.network import Network, NetworkConfig
from capsnet.recipe import Recipe
from capsnet.runtime import has_bfloat16


class Learner:
    """The one place where weights, optimizer and schedule change."""

    def __init__(
        self, recipe: Recipe, config: NetworkConfig, start: Network | None, steps: int, accelerator: Accelerator
    ) -> None:
        self.accelerator = accelerator
        self.bfloat16 = has_bfloat16(accelerator.device)
        self.architecture: Architecture = architecture_of(config)
        torch.manual_seed(recipe.seed)
        self.model = self.architecture.network(config)
        if start:
            self._begin_with(start, recipe.fresh_votes)
        self.optimizer = Adam(self.model.parameters(), lr=recipe.peak_learning_rate, fused=True)
        self.schedule = OneCycleLR(
            self.optimizer,
            max_lr=recipe.peak_learning_rate,
            total_steps=steps + 1,  # it is asked once more, after the last step
            pct_start=recipe.warmup,
            cycle_momentum=False,
        )
        self.wrapped: Any = None

    def prepare(self) -> None:
        """Once the state of an earlier run is restored, if there is one: to the device, and shared among processes."""
        self.wrapped, self.optimizer = self.accelerator.prepare(self.model, self.optimizer)

    def step(self, batch: Batch) -> Tensor:
        """One step of the optimizer on this process's share of a batch; the mean loss of the whole batch, [].

        Nothing here waits for the device: what is computed on is checked once, before the first step.
        """
        options = self.architecture.options(self.model.config, batch)
        with torch.autocast(batch.images.device.type, torch.bfloat16, enabled=self.bfloat16):
            output = self.wrapped(batch.images, **options)
        loss = self.architecture.loss(output, batch)
        self.optimizer.zero_grad()
        self.accelerator.backward(loss)
        self.optimizer.step()
        self.schedule.step()
        mean: Tensor = self.accelerator.reduce(loss.detach(), "mean")
        return mean

    def is_finite(self) -> bool:
        """Whether all weights are numbers: the loss is still one in the step that spoils them."""
        return all(bool(weights.isfinite().all()) for weights in self.model.parameters())

    def _begin_with(self, start: Network, fresh_votes: bool) -> None:
        fresh = self.architecture.vote_weights if fresh_votes else ()
        kept = {name: weight for name, weight in start.state_dict().items() if name not in fresh}
        self.model.load_state_dict(kept, strict=not fresh)
