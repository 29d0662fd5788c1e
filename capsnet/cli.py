"""What `python -m capsnet` offers: train, evaluate, pen, info, card and trace. Words and numbers, no arithmetic."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from capsnet import reports
from capsnet.agreement import COUNT, measure_agreement
from capsnet.architectures import ARCHITECTURES
from capsnet.card import Card
from capsnet.checkpoint import DEFAULT, read, write
from capsnet.config import DIGITS
from capsnet.data import TORCHVISION_SETS, DataError, Dataset, load_dataset
from capsnet.errors import CapsNetError
from capsnet.model import CapsNet
from capsnet.options import CheckpointOption, DataOption, DatasetOption, IterationsOption, training_options
from capsnet.pen.skeletons import Skeleton, skeletons, ways_to_write
from capsnet.recipe import hold_out
from capsnet.resume import TrainingStopped

app = typer.Typer(
    help="A capsule network whose routing can be looked at (Sabour, Frosst, Hinton 2017).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
@training_options
def train(
    out: Annotated[Path, typer.Option(help="Where the trained weights go; the run's state is kept beside them.")],
    recipe: dict[str, Any],
    sizes: dict[str, Any],
    data: DataOption = None,
    start: Annotated[Path | None, typer.Option(help="Train these weights further. Default: random ones.")] = None,
    architecture: Annotated[
        str | None, typer.Option(help=f"{', '.join(ARCHITECTURES)}. Default: the start's, else capsnet.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that was stopped.")] = False,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Start again, even if --out names a checkpoint or a run that exists."),
    ] = False,
    cpu: Annotated[bool, typer.Option("--cpu", help="Don't use a GPU.")] = False,
) -> None:
    """Train a network. Ctrl-C saves, and --resume goes on; nothing is overwritten without --overwrite.

    Sizes of the network that are left out are the start's, else its architecture's own.

    Several GPUs or machines: accelerate launch -m capsnet train --out FILE.safetensors
    """
    try:
        from capsnet.training.command import (
            Asked,
            train_from_options,
        )  # brings accelerate, which takes a second to import
    except ModuleNotFoundError as error:
        raise ValueError(f"Training needs {error.name}, which `pip install -e '.[train]'` brings.") from error
    network = Asked(start, architecture, {name: value for name, value in sizes.items() if value is not None})
    card = train_from_options(out, recipe, data, network, resume=resume, overwrite=overwrite, cpu=cpu)
    if card:
        tried_on = "held-out" if recipe["held_out"] else "test"
        typer.echo(f"{out}: {100 * card.test_accuracy:.2f}% of the {tried_on} images classified correctly.")


@app.command()
def evaluate(
    checkpoint: CheckpointOption = None,
    dataset: DatasetOption = None,
    data: DataOption = None,
    iterations: IterationsOption = None,
    agreement: Annotated[
        int, typer.Option(help="Measure agreement in routing over this many images, the first ones; 0: don't.")
    ] = COUNT,
    as_json: Annotated[bool, typer.Option("--json", help="Print numbers for programs instead of a report.")] = False,
    save: Annotated[
        bool, typer.Option("--save", help="Keep confusions and hardest pictures beside the checkpoint, for the app.")
    ] = False,
) -> None:
    """Read a test set: accuracy, who is taken for whom, the hardest pictures, and how much parts agree."""
    from capsnet.evaluation import SHOWN, evaluate
    from capsnet.saved_evaluation import MOST_KEPT, save_evaluation

    if save and iterations is not None:
        raise ValueError("--save keeps how the network reads as it was trained: leave --iterations out.")
    chosen = read(checkpoint)
    tested = load_dataset(dataset or _trained_on(chosen.card), "test", data, chosen.model.config.frame)
    result, measured = evaluate(chosen.model, tested, iterations, hardest=MOST_KEPT if save else SHOWN), None
    if agreement and isinstance(chosen.model, CapsNet):
        measured = measure_agreement(chosen.model, tested, agreement, iterations)
    if as_json:
        typer.echo(reports.evaluation_json(result, measured))
    else:
        typer.echo(reports.evaluation_text(result, chosen.card, measured))
    if save:
        path = save_evaluation(checkpoint or DEFAULT, chosen, tested, result)
        typer.echo(f"Kept in {path}.", err=True)


def _trained_on(card: Card) -> str:
    """The data set that a network was trained on, where it can be read from here."""
    name = str(card.recipe["dataset"])
    if name not in TORCHVISION_SETS and not Path(name).is_dir():
        raise DataError(
            f"This network was trained on pictures in a folder '{name}', which is not here: say where it is, or name "
            "other data of the same classes, with --dataset.",
            "elsewhere",
            name=name,
        )
    return name


def _tried_on(card: Card, dataset: str | None, folder: Path | None) -> Dataset:
    """What the card's test accuracy is of, or the test set of another data set that was named."""
    if dataset is None and (count := card.recipe.get("held_out")):
        return hold_out(load_dataset(_trained_on(card), "train", folder, card.config.frame), count)[1]
    return load_dataset(dataset or _trained_on(card), "test", folder, card.config.frame)


@app.command()
def pen(
    sheets: Annotated[Path, typer.Option(help="The folder that the sheets go to.")],
    count: Annotated[int, typer.Option(help="Pictures of each way.")] = 20,
    seed: Annotated[int, typer.Option(help="Sets how they vary.")] = 0,
) -> None:
    """Draw contact sheets of the synthetic pen: ways to write digits, non-digits, and what training sees."""
    from capsnet.pen.sheet import contact_sheet

    ways: dict[str, Sequence[Skeleton]] = {
        **{label: ways_to_write(label) for label in DIGITS},
        "others": skeletons("non_digits.toml"),
    }
    sheets.mkdir(parents=True, exist_ok=True)
    for name, shown in ways.items():
        contact_sheet(shown, count, seed).save(sheets / f"{name}.png")
    typer.echo(f"The sheets are in {sheets}: {', '.join(f'{name}.png' for name in ways)}.")


@app.command()
def info(checkpoint: CheckpointOption = None) -> None:
    """Show the model card: what a checkpoint's network is, how it was trained, how well it reads."""
    typer.echo(reports.card_text(read(checkpoint)))


@app.command()
def card(
    file: Annotated[Path, typer.Argument(help="The .safetensors file whose card is changed; its weights stay.")],
    doubt_length: Annotated[
        float | None, typer.Option(help="Doubt readings with no capsule longer, no score above this.")
    ] = None,
    doubt_lead: Annotated[
        float | None, typer.Option(help="Doubt them when the two longest capsules, or highest scores, differ by less.")
    ] = None,
    doubt_misfit: Annotated[
        float | None,
        typer.Option(help="Doubt them when the reconstruction differs from the picture by more than this."),
    ] = None,
    agreement: Annotated[
        bool, typer.Option("--measure-agreement", help=f"Measure agreement in routing over {COUNT:,} images again.")
    ] = False,
    dataset: DatasetOption = None,
    data: DataOption = None,
) -> None:
    """Change what a model card says about doubt or agreement. The file gets a new digest."""
    found = read(file)
    asked = {"length": doubt_length, "lead": doubt_lead, "misfit": doubt_misfit}
    changes = {name: value for name, value in asked.items() if value is not None}
    if not changes and not agreement:
        raise ValueError("Nothing to change: give --doubt-length, --doubt-lead, --doubt-misfit or --measure-agreement.")
    changed = replace(found.card, doubt=replace(found.card.doubt, **changes))
    if agreement:
        if not isinstance(found.model, CapsNet):
            raise ValueError(f"{file} is no capsule network, so there is no agreement to measure: leave this out.")
        changed = replace(changed, agreement=measure_agreement(found.model, _tried_on(changed, dataset, data)))
    typer.echo(f"{file} now has the digest {write(file, found.model, changed)}.")


@app.command()
def trace(
    image: Annotated[
        Path, typer.Argument(help="A picture of one digit: light on dark, dark on light, or transparent.")
    ],
    checkpoint: CheckpointOption = None,
    iterations: IterationsOption = None,
    npz: Annotated[Path | None, typer.Option(help="Write every array of the routing to this NumPy file.")] = None,
) -> None:
    """Read a picture and show what routing did, iteration by iteration."""
    chosen = read(checkpoint)
    if not isinstance(chosen.model, CapsNet):
        raise ValueError(f"{checkpoint} is no capsule network, so there is no routing to trace: choose another.")
    if npz and not npz.parent.is_dir():
        raise ValueError(f"There is no folder {npz.parent} for {npz.name}: make it, or name another place with --npz.")
    digit = reports.read_picture(image, chosen.model.config.frame)
    traced = chosen.model.trace(digit, iterations)
    typer.echo(reports.trace_text(traced, chosen.card.config.classes))
    if npz:
        reports.write_npz(npz, digit, traced)
        typer.echo(f"All arrays are in {npz}.")


def main() -> None:
    """Runs the command line; what a person can mend ends in one sentence and exit code 1."""
    try:
        app()
    except (CapsNetError, TrainingStopped, ValueError, OSError) as error:
        typer.echo(f"\n{error}", err=True)
        sys.exit(1)
