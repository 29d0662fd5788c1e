"""How far digits can be changed before they are misread, and whether they are doubted then.

    python -m tools.experiments.robustness --save explorer/measured/robustness.json
    python -m tools.experiments.robustness --count 2000 --plot robustness.png

The first test digits of MNIST are changed as they lie in the 28 x 28 pixels, and not normalised again
(`capsnet.perturbation`): turned, moved, resized, made thicker or thinner, faded, with noise over them or a square
hidden in the middle, each alone; and with their quarters displaced, where no digit is left and a reading should be
doubted.
Each network doubts by the thresholds of its own card.

What was measured of a network stays in the file and is not measured again, unless its thresholds changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import torch
import typer
from torch import Tensor

from capsnet import checkpoint
from capsnet.card import DoubtThresholds
from capsnet.checkpoint import Checkpoint
from capsnet.data import Dataset, load_dataset, to_float
from capsnet.evaluation import BATCH
from capsnet.network import Network
from capsnet.perturbation import Perturbation, perturbed
from explorer.measures.answer import Doubt, doubts
from explorer.perturbing import ARRANGEMENTS
from explorer.reading import read_answers
from tools.experiments.kept import Kept
from tools.experiments.plots import Panel, curves, save_png

FORMAT = "capsnet-robustness-1"
WAYS = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Right and down: where a quarter of the pictures each is moved."""
PLAIN = (Perturbation(),)


def _alone(name: str) -> Callable[[float], Sequence[Perturbation]]:
    def change(amount: float) -> Sequence[Perturbation]:
        own: dict[str, Any] = {name: amount}
        return (Perturbation(**own),)

    return change


def _moved(pixels: float) -> Sequence[Perturbation]:
    return [Perturbation(right=pixels * right, down=pixels * down) for right, down in WAYS]


KINDS: dict[str, tuple[Callable[[float], Sequence[Perturbation]], tuple[float, ...]]] = {
    "rotation": (_alone("rotation"), (-90, -75, -60, -45, -30, -20, -10, 0, 10, 20, 30, 45, 60, 75, 90)),
    "shift": (_moved, (0, 1, 2, 3, 4, 5, 6, 8)),
    "scale": (_alone("scale"), (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6)),
    "thickness": (_alone("thickness"), (-1, -0.5, 0, 0.5, 1, 1.5, 2)),
    "noise": (_alone("noise"), (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)),
    "hidden": (_alone("hidden"), (0, 4, 6, 8, 10, 12, 14, 16)),
    "contrast": (_alone("contrast"), (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1)),
}
"""What is tried, by how much; several perturbations take turns among the pictures."""
QUARTERS = {name: Perturbation(quarters=quarters) for name, quarters in ARRANGEMENTS.items()}
"""Where quarters are laid."""
WORDS = {
    "rotation": "rotation, degrees to the right",
    "shift": "shift, pixels",
    "scale": "scale",
    "thickness": "thickness, pixels a side",
    "noise": "noise, standard deviation",
    "hidden": "hidden square, pixels",
    "contrast": "contrast",
    "quarters": "quarters",
}
"""What tables and curves call them."""


class Count(NamedTuple):
    """Of the pictures read."""

    right: int  # the digit's own class scores highest
    doubted: int  # by the thresholds of the network's card
    right_doubted: int  # both


def counted(model: Network, doubt: DoubtThresholds, data: Dataset, changes: Sequence[Perturbation]) -> Count:
    """Reads pictures that are changed, the first by the first perturbation, the next by the next, and so on in turn."""
    total = [0, 0, 0]
    for images, labels in zip(data.images.split(BATCH), data.labels.split(BATCH), strict=True):
        changed = in_turn(to_float(images), changes)[:, 0].numpy()
        answers = read_answers(model, changed)
        right = (answers.scores.argmax(axis=1) == labels.numpy()).tolist()
        doubted = [one is not Doubt.NONE for one in doubts(answers, changed, doubt)]
        both = [one and other for one, other in zip(right, doubted, strict=True)]
        total = [so_far + sum(found) for so_far, found in zip(total, (right, doubted, both), strict=True)]
    return Count(*total)


def in_turn(images: Tensor, changes: Sequence[Perturbation]) -> Tensor:
    """Pictures [B, 1, H, W], each changed by one of the perturbations."""
    changed = images.clone()
    for number, change in enumerate(changes):
        mine = images[number :: len(changes)]
        if len(mine):
            changed[number :: len(changes)] = perturbed(mine, change)
    return changed


def measured(found: Checkpoint, data: Dataset) -> dict[str, Any]:
    """All kinds of changes, as the file has them: [amount or name, right, doubted, both]."""
    doubt, known = found.card.doubt, {}

    def count(changes: Sequence[Perturbation]) -> Count:
        key = tuple(changes)
        if all(change == Perturbation() for change in changes):
            key = PLAIN  # the pictures as they are, read once
        if key not in known:
            known[key] = counted(found.model, doubt, data, key)
        return known[key]

    kinds = {kind: [[amount, *count(how(amount))] for amount in amounts] for kind, (how, amounts) in KINDS.items()}
    return {"kinds": kinds, "quarters": [[name, *count([change])] for name, change in QUARTERS.items()]}


def panels(networks: Sequence[Mapping[str, Any]]) -> dict[str, Panel]:
    """By what is done to the digits and by network, shares that are read rightly, 0..1."""
    return {
        WORDS[kind]: {one["name"]: [(row[0], row[1] / one["count"]) for row in one["kinds"][kind]] for one in networks}
        for kind in KINDS
    }


def table(networks: Sequence[Mapping[str, Any]]) -> str:
    """In Markdown: for each change a line for each network, in percent; those that are doubted behind a stroke."""
    lines = []
    for kind, words in WORDS.items():
        rows = {one["name"]: one["quarters"] if kind == "quarters" else one["kinds"][kind] for one in networks}
        amounts = [str(row[0]) for row in next(iter(rows.values()))]
        lines += ["", f"| {words} | {' | '.join(amounts)} |", "|---" * (len(amounts) + 1) + "|"]
        for one in networks:
            cells = [
                f"{100 * row[1] / one['count']:.1f} / {100 * row[2] / one['count']:.1f}" for row in rows[one["name"]]
            ]
            lines.append(f"| {one['name']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(
    weights: Annotated[
        list[Path] | None, typer.Option("--checkpoint", help="May be said several times. Default: all shipped ones.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="So many test digits, the first ones.")] = 1000,
    save: Annotated[
        Path | None, typer.Option(help="Keep the counts in this file; what is there is not done again.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw the curves into this PNG.")] = None,
) -> None:
    """Change digits in many ways, and say how many are still classified correctly, and how many are doubted."""
    data = load_dataset("mnist", "test").take(torch.arange(count))
    kept, shown = Kept(save, FORMAT, {"dataset": "mnist", "test_md5": data.md5, "count": count}, "networks"), []
    for file in weights or checkpoint.shipped():
        found = checkpoint.read(file)
        doubt = asdict(found.card.doubt)
        what = {"name": file.stem, "weights": found.weights_digest, "count": count, "doubt": doubt}
        if not kept.has(weights=found.weights_digest, doubt=doubt):
            kept.measure(what, lambda: measured(found, data), replaces=("name",))  # noqa: B023 - called at once
        shown += [one for one in kept.found if one["weights"] == found.weights_digest and one["doubt"] == doubt]
    print(f"Correct / doubted, of {count} test digits of MNIST, in %:\n{table(shown)}")
    if plot:
        save_png(curves(panels(shown), "correct").update_yaxes(tickformat=".0%"), plot, 2000, 420)


if __name__ == "__main__":
    typer.run(main)
