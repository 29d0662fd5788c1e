"""The history of a run: a line of JSON for each epoch, for the card, for people, and for who looks on meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from capsnet.data import Dataset
from capsnet.evaluation import evaluate
from capsnet.film import film_entry
from capsnet.recipe import Recipe
from capsnet.resume import Progress
from capsnet.stored import replacing
from capsnet.training.files import history_path
from capsnet.training.learner import Learner


def epoch_entry(
    progress: Progress, recipe: Recipe, learner: Learner, count: int, test: Dataset, film: Dataset
) -> dict[str, Any]:
    """The line of an epoch that is done, but not yet counted in `progress`: see `write_history`.

    `count` pictures were trained on; `test` is what the network is tried on, `film` what it draws.
    """
    return {
        "epoch": progress.epoch + 1,
        "loss": progress.loss_sum / count,
        "learning_rate": float(learner.schedule.get_last_lr()[0]),
        "test_accuracy": evaluate(learner.model, test).accuracy,
        "images_per_second": count / progress.seconds,
        "epochs": recipe.epochs,
        "seconds": progress.seconds,
        "losses": losses_within(progress, recipe, count),
        **film_entry(learner.model, film, first=not progress.history),
    }


def running_entry(progress: Progress, recipe: Recipe, count: int) -> dict[str, Any]:
    """The line of an epoch that is not done."""
    return {
        "epoch": progress.epoch + 1,
        "epochs": recipe.epochs,
        "losses": losses_within(progress, recipe, count),
    }


def losses_within(progress: Progress, recipe: Recipe, count: int) -> list[list[float]]:
    """Of each look at the current epoch: the share of it that was done, and the mean loss since the look before.

    The last of an epoch's batches may not be full.
    """
    seen = [(min(step * recipe.batch_size, count), loss_sum) for step, loss_sum in progress.looks]
    return [
        [round(now / count, 4), round((total - before) / (now - then), 6)]  # as JSON has it
        for (then, before), (now, total) in pairwise([(0, 0.0), *seen])
    ]


def write_history(out: Path, history: Iterable[Mapping[str, Any]], running: Mapping[str, Any] | None = None) -> None:
    """Writes the history of the run that makes `out`: a line of JSON for each epoch.

    Each line has the numbers `card.IN_HISTORY`, further

    - `epochs`: how many the run will have;
    - `seconds`: spent training in the epoch;
    - `losses`: the loss within the epoch, pairs of the share of it that was done (0..1) and the mean loss since the
      pair before;
    - what `capsnet.film` keeps.

    `running`, of an epoch that is not done, is the last line: it has `epoch`, `epochs` and `losses` alone. The file is
    replaced whole, since it is read meanwhile.
    """
    lines = [*history, running] if running else history
    with replacing(history_path(out)) as temporary:
        temporary.write_text("".join(json.dumps(entry) + "\n" for entry in lines), encoding="utf-8")


def epoch_line(entry: Mapping[str, float], epochs: int) -> str:
    """An entry of the history for people, of a run of so many epochs."""
    return (
        f"epoch {entry['epoch']:.0f}/{epochs}: loss {entry['loss']:.4f}, accuracy {100 * entry['test_accuracy']:.2f}%, "
        f"learning rate {entry['learning_rate']:.2g}, {entry['images_per_second']:.0f} images/s"
    )
