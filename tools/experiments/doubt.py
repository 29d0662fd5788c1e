"""How well the network knows when it doesn't know: digits rejected against non-digits accepted, a table and a curve.

    python -m tools.experiments.doubt --plot doubt.png

A reading is rejected when the highest score (a capsule's length, a probability) is low or hardly above the next, or
when what a capsule network draws is far from the picture; the thresholds are those of the network's card, or such as
reject a share of the digits. Digits are test digits of MNIST and of the synthetic pen; non-digits are the pen's
(`capsnet.pen.non_digits`), and letters, blots and grey noise as no training has. All are other ones than those of
training.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import torch
import typer
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from capsnet import checkpoint
from capsnet.card import DoubtThresholds
from capsnet.data import load_dataset, to_float
from capsnet.evaluation import BATCH
from capsnet.ink import MNIST_FRAME, FloatImage, normalise
from capsnet.losses import reconstruction_error
from capsnet.model import CapsNet
from capsnet.network import Network
from capsnet.pen import non_digits, pen_digits
from capsnet.pen.hand import inked, written
from capsnet.pen.skeletons import PenPath, choice, read_skeletons
from tools.experiments.plots import curves, save_png

LETTERS = read_skeletons((Path(__file__).parent / "letters.toml").read_text("utf-8"))
DOUBT = DoubtThresholds()
SIGNS = ("length", "reconstruction", "both")
"""By what a reading can be rejected; a short lead always rejects it."""
PEN_SEED = 1_000_003
"""Far from the seeds that training uses."""


def blot(random: Generator) -> FloatImage:
    """A filled ellipse."""
    rows, columns = np.mgrid[-1:1:80j, -1:1:80j]
    wide, high = random.uniform(0.3, 0.9, 2)
    inside: FloatImage = ((rows / high) ** 2 + (columns / wide) ** 2 < 1).astype(np.float32)
    return inside


def noise(random: Generator) -> FloatImage:
    """Grey pixels, each on its own."""
    return random.random((MNIST_FRAME.size, MNIST_FRAME.size)).astype(np.float32)


def penned(kind: Callable[[Generator], list[PenPath]]) -> Callable[[Generator], FloatImage]:
    """A kind of non-digit of the pen, as ink."""
    return lambda random: inked(kind(random), random)


NON_DIGITS: dict[str, Callable[[Generator], FloatImage]] = {
    "letters and pictures": penned(non_digits.picture),
    "two digits": penned(non_digits.two_digits),
    "scribbles": penned(non_digits.scribble),
    "tangles": penned(non_digits.tangle),
    "hatchings": penned(non_digits.hatching),
    "other letters": penned(lambda random: written(choice(LETTERS, random), random)),
    "blots": blot,
    "noise": noise,
}


class Signs(NamedTuple):
    """What speaks for and against a reading, for N pictures."""

    length: NDArray[np.float32]  # of the longest capsule, or the highest score          [N]
    lead: NDArray[np.float32]  # by which it is above the second                         [N]
    misfit: NDArray[np.float32]  # see `explorer.measures.pictures.misfit`; 0 of a network that draws nothing  [N]


@torch.no_grad()
def signs(model: Network, images: Tensor) -> Signs:
    """Reads pictures [N, 1, 28, 28]."""
    found = []
    for batch in images.split(BATCH):
        output = model(batch)
        longest = output.scores.topk(2, dim=1).values  # [B, 2]
        misfit = torch.zeros(len(batch))
        if isinstance(model, CapsNet):
            ink = batch.square().sum(dim=(1, 2, 3)).clamp(min=1)
            misfit = reconstruction_error(output.reconstructions, batch) / ink
        found.append(torch.stack([longest[:, 0], longest[:, 0] - longest[:, 1], misfit]))
    return Signs(*torch.cat(found, dim=1).numpy())


def accepted(found: Signs, short: float = DOUBT.length, close: float = DOUBT.lead, far: float = np.inf) -> float:
    """Share of readings that are believed."""
    return float(((found.length >= short) & (found.lead >= close) & (found.misfit <= far)).mean())


def made(draw: Callable[[Generator], FloatImage], count: int) -> Tensor:
    """So many pictures as the network gets them, [count, 1, 28, 28]."""
    pictures = [normalise(draw(np.random.default_rng([PEN_SEED, number]))) for number in range(count)]
    return torch.from_numpy(np.stack([picture for picture in pictures if picture is not None]))[:, None]


def limits(digits: Signs, share: float, by: str) -> dict[str, float]:
    """Thresholds that each reject this share of the digits: of the length, of the misfit, or of both."""
    short = {"short": float(np.quantile(digits.length, share))}
    far = {"far": float(np.quantile(digits.misfit, 1 - share))}
    return {"length": short, "reconstruction": {"short": 0.0} | far, "both": short | far}[by]


def trade_off(digits: Signs, others: Signs, by: str, close: float) -> list[tuple[float, float]]:
    """Digits rejected (x) against non-digits accepted (y), for the thresholds worth choosing at this least lead."""
    rules = [limits(digits, float(share), by) | {"close": close} for share in np.linspace(0, 0.1, 41)]
    points = sorted((1 - accepted(digits, **rule), accepted(others, **rule)) for rule in rules)
    return [point for place, point in enumerate(points) if all(point[1] < earlier[1] for earlier in points[:place])]


def joined(groups: list[Signs]) -> Signs:
    """Several groups as one."""
    return Signs(*(np.concatenate(values) for values in zip(*groups, strict=True)))


def report(name: str, groups: dict[str, Signs], digits: Signs, card: DoubtThresholds) -> str:
    """Markdown: what is accepted of each group, with the thresholds of a network's card and stricter ones."""
    near = {"short": card.length, "close": card.lead}
    stricter = [limits(digits, share, "both") | {"close": card.lead} for share in (0.01, 0.02)]
    rules = [near, near | {"far": card.misfit}, *stricter]
    titles = [", ".join(f"{sign} {limit:.2f}" for sign, limit in rule.items()) for rule in rules]
    lines = [f"| {name}: accepted, in % | {' | '.join(titles)} |", "|---" * (len(titles) + 1) + "|"]
    for group, found in groups.items():
        lines.append(f"| {group} | {' | '.join(f'{100 * accepted(found, **rule):.1f}' for rule in rules)} |")
    return "\n".join(lines)


def main(
    weights: Annotated[
        list[Path] | None, typer.Option("--checkpoint", help="May be said several times. Default: all shipped ones.")
    ] = None,
    count: Annotated[int, typer.Option(help="Pictures of each kind.")] = 500,
    plot: Annotated[Path | None, typer.Option(help="Draw the curve into this PNG.")] = None,
) -> None:
    """Show digits and non-digits to networks, and say how many of them are taken for digits."""
    real = {
        "MNIST's test digits": to_float(load_dataset("mnist", "test").images[:count]),
        "pen digits": to_float(pen_digits(count, PEN_SEED).images),
    }
    false = {name: made(draw, count) for name, draw in NON_DIGITS.items()}
    panel: dict[str, list[tuple[float, float]]] = {}
    for file in weights or checkpoint.shipped():
        found = checkpoint.read(file)
        model, doubt = found.model, found.card.doubt
        groups = {name: signs(model, images) for name, images in (real | false).items()}
        digits, rest = (joined([groups[name] for name in names]) for names in (real, false))
        print(report(file.stem, groups, digits, doubt), end="\n\n")
        panel |= {f"{file.stem}, by {by}": trade_off(digits, rest, by, doubt.lead) for by in SIGNS}
    if plot:
        figure = curves({"digits rejected": panel}, "non-digits accepted")
        save_png(figure.update_xaxes(tickformat=".0%").update_yaxes(tickformat=".0%"), plot, 900, 520)


if __name__ == "__main__":
    typer.run(main)
