"""The paper's network trained on MNIST in one plain loop, as `python -m capsnet train` does it."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from capsnet import CapsNet, CapsNetOutput
from capsnet.data import Dataset, load_dataset, shifted
from capsnet.evaluation import evaluate
from capsnet.recipe import Recipe, plan


def loss(output: CapsNetOutput, images: Tensor, labels: Tensor) -> Tensor:
    """Equation 4 of Sabour et al. (2017), and the reconstruction."""
    present, lengths = one_hot(labels, output.lengths.shape[1]), output.lengths  # [B, J]
    margin = present * (0.9 - lengths).relu() ** 2 + 0.5 * (1 - present) * (lengths - 0.1).relu() ** 2
    return (margin.sum() + 0.0005 * ((output.reconstructions - images) ** 2).sum()) / len(images)


def train(model: CapsNet, data: Dataset, recipe: Recipe) -> None:
    """Adam, its learning rate up and down once, over pictures that are moved a little."""
    optimizer = torch.optim.Adam(model.parameters(), recipe.peak_learning_rate)
    steps = recipe.epochs * -(-len(data) // recipe.batch_size) + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, recipe.peak_learning_rate, steps, pct_start=recipe.warmup, cycle_momentum=False
    )
    for epoch in range(recipe.epochs):
        order, shifts, _ = plan(recipe, epoch, len(data))
        for chosen, moves in zip(order.split(recipe.batch_size), shifts.split(recipe.batch_size), strict=True):
            images, labels = shifted(data.images[chosen], moves)[:, None].float() / 255, data.labels[chosen]
            optimizer.zero_grad()
            loss(model(images, labels), images, labels).backward()
            optimizer.step()
            schedule.step()


if __name__ == "__main__":
    network = CapsNet()
    train(network, load_dataset("mnist", "train"), Recipe())
    print(f"{100 * evaluate(network, load_dataset('mnist', 'test')).accuracy:.2f}% correct")
