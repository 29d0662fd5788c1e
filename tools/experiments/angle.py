"""Does the pose follow? How well a linear fit tells the angle of a turned digit, from a pose or from a CNN's features.

    python -m tools.experiments.angle --save explorer/measured/angle.json

The first test digits of MNIST are turned about the middle by angles drawn evenly from -45 to 45 degrees, several times
each, as they lie. For each class a ridge regression predicts the angle (`tools.experiments.linear`): fitted on one half
of the digits, tried on the other. Its penalty is chosen by fitting on a half of the first half and trying on the rest.
What it predicts from:

pose         the D numbers of the true class's capsule, whether or not that is the longest;
features     of a network without capsules, the F numbers of its last hidden layer;
components   the first D principal components of these over the class, for as many numbers as a pose has.

Errors are mean absolute differences in degrees, and their standard errors those of a mean over digits. Always to say
the mean is wrong by 22.5 degrees.

How smoothly: some digits are turned in steps of 5 degrees. Of the vectors x_0, ... x_T

    roughness = sum_t |x_(t+1) - 2 x_t + x_(t-1)| / sum_t |x_(t+1) - x_t|

is 0 for a straight line at an even pace, 1.73 (the root of 3) for independent noise and 2 for going to and fro; steps
are summed where both sums have them. Mean over the digits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np
import torch
import typer
from numpy.typing import NDArray
from torch import Tensor

from capsnet import CapsNet, checkpoint
from capsnet.data import Dataset, load_dataset, to_float
from capsnet.distortion import Ranges, distorted, sample
from capsnet.evaluation import BATCH
from capsnet.network import Network
from tools.experiments.kept import Kept
from tools.experiments.linear import Values, chosen_ridge, components

FORMAT = "capsnet-angle-1"
MOST = 45
STEP = 5
COMPONENTS = 16
"""As many numbers as the shipped networks' poses have."""
SEED = 1


class Turned(NamedTuple):
    """Turned digits as a network sees them."""

    numbers: Values  # [N, F]
    angles: Values  # degrees, to the right [N]
    labels: NDArray[np.int64]  # [N]
    digits: NDArray[np.int64]  # position in the test set [N]


def turned(images: Tensor, angles: Tensor) -> Tensor:
    """Pictures [N, 1, H, W], each by its own angle in degrees."""
    return distorted(images, sample(Ranges(), len(images), torch.Generator())._replace(rotation=angles))


@torch.no_grad()
def numbers(model: Network, images: Tensor, labels: Tensor) -> Values:
    """The true class's pose [N, D], or of a network without capsules the last features [N, F]."""
    found = []
    for pictures, own in zip(images.split(BATCH), labels.split(BATCH), strict=True):
        output = model(pictures)
        if isinstance(model, CapsNet):
            found.append(output.poses[torch.arange(len(own)), own])
        else:
            found.append(output.features)
    read: Values = torch.cat(found).double().numpy()
    return read


def randomly_turned(model: Network, data: Dataset, times: int) -> Turned:
    """Each digit so many times, by angles that are the same for every network."""
    generator = torch.Generator().manual_seed(SEED)
    digits = torch.arange(len(data)).repeat(times)
    angles = MOST * (2 * torch.rand(len(digits), generator=generator) - 1)
    labels = data.labels[digits]
    read = [
        numbers(model, turned(to_float(data.images[chosen]), angle), data.labels[chosen])
        for chosen, angle in zip(digits.split(BATCH), angles.split(BATCH), strict=True)
    ]
    return Turned(np.concatenate(read), angles.double().numpy(), labels.numpy(), digits.numpy())


def errors(found: Turned, label: int, *, narrow: bool = False) -> tuple[Values, Values]:
    """Errors of the fit and of always saying the mean, in degrees, over the half of a class that was not fitted.

    narrow: from the first principal components alone.
    """
    own = found.labels == label
    fitted, tried = own & (found.digits % 2 == 0), own & (found.digits % 2 == 1)
    known, unknown = found.numbers[fitted], found.numbers[tried]
    if narrow:
        axes = components(known, COMPONENTS)
        known, unknown = known @ axes, unknown @ axes
    fit = chosen_ridge(known, found.angles[fitted], found.digits[fitted])
    return fit.predict(unknown) - found.angles[tried], fit.offset - found.angles[tried]


def told(found: Turned, classes: int, *, narrow: bool = False) -> dict[str, Any]:
    """How well the angle is told, by class and of all digits tried; R2 is the share of its variance that is told."""
    each = [errors(found, label, narrow=narrow) for label in range(classes)]
    wrong, baseline = (np.concatenate(values) for values in zip(*each, strict=True))
    tried = found.digits % 2 == 1
    digits = np.concatenate([found.digits[tried & (found.labels == label)] for label in range(classes)])
    by_digit = np.array([np.abs(wrong[digits == digit]).mean() for digit in np.unique(digits)])
    return {
        "error": rounded(np.abs(wrong).mean()),
        "standard_error": rounded(by_digit.std(ddof=1) / np.sqrt(len(by_digit))),
        "r2": rounded(1 - np.square(wrong).sum() / np.square(baseline).sum()),
        "baseline": rounded(np.abs(baseline).mean()),
        "tried": len(wrong),
        "classes": [rounded(np.abs(one).mean()) for one, _ in each],
    }


def carriers(found: Turned, classes: int) -> list[dict[str, Any]]:
    """By class, the number that goes with the angle most, from 0, and their correlation over all digits."""
    best = []
    for label in range(classes):
        own = found.labels == label
        values, angles = found.numbers[own], found.angles[own]
        spread = np.maximum(values.std(axis=0), 1e-9) * angles.std()
        together = ((values - values.mean(axis=0)) * (angles - angles.mean())[:, None]).mean(axis=0) / spread
        number = int(np.abs(together).argmax())
        best.append({"number": number, "correlation": rounded(together[number])})
    return best


def roughness(paths: Values) -> float:
    """How unevenly paths [K, T, F] go, as the module says; mean over those that move at all."""
    first = np.linalg.norm(np.diff(paths, axis=1), axis=2)  # [K, T - 1]
    second = np.linalg.norm(np.diff(paths, n=2, axis=1), axis=2)  # [K, T - 2]
    steps = (first[:, 1:] + first[:, :-1]).sum(axis=1) / 2  # as many steps as there are second differences
    moving = steps > 0
    return float((second[moving].sum(axis=1) / steps[moving]).mean())


def stepwise(model: Network, data: Dataset) -> float:
    """The roughness of digits turned step by step."""
    angles = torch.arange(-MOST, MOST + 1, STEP).float()
    paths = []
    for image, label in zip(data.images, data.labels, strict=True):
        pictures = turned(to_float(image[None]).expand(len(angles), -1, -1, -1), angles)
        paths.append(numbers(model, pictures, label.expand(len(angles))))
    return rounded(roughness(np.stack(paths)))


def measured(model: Network, data: Dataset, times: int, walked: int) -> dict[str, Any]:
    """All of one network, as the file has it."""
    found, classes = randomly_turned(model, data, times), len(data.classes)
    fits = {"pose" if isinstance(model, CapsNet) else "features": told(found, classes)}
    result: dict[str, Any] = {"width": found.numbers.shape[1], "fits": fits}
    if isinstance(model, CapsNet):
        result["carriers"] = carriers(found, classes)
    else:
        fits["components"] = told(found, classes, narrow=True)
    return result | {"roughness": stepwise(model, data.take(torch.arange(walked)))}


def rounded(value: Any) -> float:
    """For the file."""
    return round(float(value), 4)


def table(networks: Sequence[Mapping[str, Any]]) -> str:
    """In Markdown."""
    lines = ["| network | from | error, degrees | always the mean | R2 | roughness |", "|---|---|---|---|---|---|"]
    for one in networks:
        for name, fit in one["fits"].items():
            values = f"{fit['error']:.1f} | {fit['baseline']:.1f} | {fit['r2']:.3f} | {one['roughness']:.2f}"
            lines.append(f"| {one['name']} | {name} | {values} |")
    return "\n".join(lines)


def main(
    weights: Annotated[
        list[Path] | None, typer.Option("--checkpoint", help="May be said several times. Default: all shipped ones.")
    ] = None,
    count: Annotated[int, typer.Option(min=100, help="So many test digits, the first ones.")] = 2000,
    times: Annotated[int, typer.Option(min=1, help="How often each is turned.")] = 4,
    walked: Annotated[int, typer.Option(min=1, help="So many are turned step by step.")] = 100,
    save: Annotated[Path | None, typer.Option(help="Keep the measures in this file; what is there is kept.")] = None,
) -> None:
    """Turn digits, and say how well a linear fit tells by how much, and how smoothly poses go."""
    data = load_dataset("mnist", "test").take(torch.arange(count))
    settings = {
        "dataset": "mnist",
        "test_md5": data.md5,
        "count": count,
        "times": times,
        "walked": walked,
        "most": MOST,
    }
    kept, shown = Kept(save, FORMAT, settings, "networks"), []
    for file in weights or checkpoint.shipped():
        found = checkpoint.read(file)
        what = {"name": file.stem, "weights": found.weights_digest}
        if not kept.has(weights=found.weights_digest):
            kept.measure(what, lambda: measured(found.model, data, times, walked), replaces=("name",))  # noqa: B023 - called at once
        shown += [one for one in kept.found if one["weights"] == found.weights_digest]
    print(table(shown))


if __name__ == "__main__":
    typer.run(main)
