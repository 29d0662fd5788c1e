"""What `python -m capsnet` offers: train, evaluate, pen, info, card and trace. Words and numbers, no arithmetic."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from capsnet import reports
from capsnet.card import Card
from capsnet.checkpoint import read, write
from capsnet.config import DIGITS, CapsNetConfig
from capsnet.data import TORCHVISION_SETS, DataError, dataset_name, load_dataset
from capsnet.errors import CapsNetError
from capsnet.model import CapsNet
from capsnet.pen import pen_digits
from capsnet.pen.others import pen_others
from capsnet.pen.skeletons import Skeleton, skeletons, ways_to_write
from capsnet.recipe import Recipe, hold_out
from capsnet.resume import TrainingStopped

app = typer.Typer(
    help="A capsule network whose routing can be looked at (Sabour, Frosst, Hinton 2017).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="Folder with torchvision's files, such as DATA/MNIST/raw. Left out: CAPSNET_DATA, else a cache folder, "
        "into which the data is downloaded.",
    ),
]

CheckpointOption = Annotated[
    Path | None, typer.Option("--checkpoint", help="A .safetensors file. Left out: the shipped MNIST network.")
]
IterationsOption = Annotated[
    int | None, typer.Option("--iterations", help="Routing iterations, from 1. Left out: as many as in training.")
]


@app.command()
def train(
    out: Annotated[Path, typer.Option(help="Where the trained weights go; the run's state is kept beside them.")],
    dataset: Annotated[
        str, typer.Option(help=f"{', '.join(TORCHVISION_SETS)}, or a folder with a folder of pictures a class.")
    ] = "mnist",
    data: DataOption = None,
    epochs: Annotated[int, typer.Option(help="How often all training pictures are seen.")] = 20,
    batch_size: Annotated[int, typer.Option(help="Pictures a step, over all processes.")] = 128,
    peak_learning_rate: Annotated[float, typer.Option(help="Reached after warm-up; then falls to near zero.")] = 0.002,
    shift: Annotated[int, typer.Option(help="Move training pictures by up to so many pixels.")] = 2,
    seed: Annotated[int, typer.Option(help="Sets the first weights, the order and the shifts.")] = 1,
    held_out: Annotated[
        int, typer.Option(help="Keep so many training pictures and report on them instead of on the test set.")
    ] = 0,
    start: Annotated[Path | None, typer.Option(help="Train these weights further. Left out: random ones.")] = None,
    start_share: Annotated[float, typer.Option(help="Share of these in the final weights: less is forgotten.")] = 0.0,
    fresh_votes: Annotated[
        bool, typer.Option("--fresh-votes", help="With --start: begin with random matrices that make the votes.")
    ] = False,
    inverse_temperature: Annotated[
        float | None,
        typer.Option(help="Factor of the logits in routing's softmax. Left out: the start's, else the paper's 1."),
    ] = None,
    image_size: Annotated[
        int | None,
        typer.Option(help="Height and width of what the network reads. Left out: the start's, else MNIST's 28."),
    ] = None,
    unrolled: Annotated[
        bool, typer.Option("--unrolled", help="Gradients flow through all routing iterations, as in the authors' code.")
    ] = False,
    agreement: Annotated[float, typer.Option(help="At first, weight of the loss that asks couplings to gather.")] = 0.0,
    agreement_last: Annotated[float, typer.Option(help="The same weight at the end.")] = 0.0,
    long_votes: Annotated[float, typer.Option(help="Weight of the loss on votes longer than 1.")] = 0.0,
    capsule_dropout: Annotated[float, typer.Option(help="Share of primary capsules left out at each step.")] = 0.0,
    pen: Annotated[int, typer.Option(help="Add so many digits of the synthetic pen.")] = 0,
    others: Annotated[int, typer.Option(help="Add so many pen drawings that are no digit, to be read as none.")] = 0,
    plain: Annotated[float, typer.Option(help="Share of training pictures that are not distorted.")] = 0.0,
    rotation: Annotated[float, typer.Option(help="Turn training pictures by up to so many degrees.")] = 0.0,
    shear: Annotated[float, typer.Option(help="Slant them by up to this share of their height.")] = 0.0,
    scale: Annotated[float, typer.Option(help="Resize each axis by up to this share.")] = 0.0,
    elastic: Annotated[float, typer.Option(help="Warp them by up to so many pixels.")] = 0.0,
    thickness: Annotated[float, typer.Option(help="Thicker or thinner by up to this share of a pixel.")] = 0.0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that was stopped.")] = False,
    cpu: Annotated[bool, typer.Option("--cpu", help="Don't use a GPU.")] = False,
) -> None:
    """Train a network. Ctrl-C saves, and --resume goes on.

    Several GPUs or machines: accelerate launch -m capsnet train --out FILE.safetensors
    """
    try:
        from accelerate import PartialState  # takes a second to import

        from capsnet.training import train
    except ModuleNotFoundError as error:
        raise ValueError(f"Training needs {error.name}, which `pip install -e '.[train]'` brings.") from error

    begun = read(start) if start else None
    recipe = Recipe(
        dataset=dataset_name(dataset),
        epochs=epochs,
        batch_size=batch_size,
        peak_learning_rate=peak_learning_rate,
        shift=shift,
        seed=seed,
        held_out=held_out,
        start=start.name if start else "",
        start_digest=begun.digest if begun else "",
        start_share=start_share,
        fresh_votes=fresh_votes,
        unrolled=unrolled,
        agreement=agreement,
        agreement_last=agreement_last,
        long_votes=long_votes,
        capsule_dropout=capsule_dropout,
        pen=pen,
        others=others,
        plain=plain,
        rotation=rotation,
        shear=shear,
        scale=scale,
        elastic=elastic,
        thickness=thickness,
    )
    config = begun.model.config if begun else CapsNetConfig()
    changes: dict[str, Any] = {"image_size": image_size, "inverse_temperature": inverse_temperature}
    config = replace(config, **{name: value for name, value in changes.items() if value is not None})
    with PartialState(cpu=cpu).local_main_process_first():  # one process downloads, the others find it there
        training = load_dataset(dataset, "train", data, config.frame)
        test = training if held_out else load_dataset(dataset, "test", data, config.frame)
    if held_out:
        training, test = hold_out(training, held_out)
    if pen:
        training = training.joined(pen_digits(pen, seed, config.frame))
    if others:
        training = training.joined(pen_others(others, seed, config.frame))
    model = begun.model if begun else None
    config = config if model else replace(config, classes=training.classes)
    asked = {"image_size": config.image_size, "inverse_temperature": config.inverse_temperature}
    command = _train_command(out, start, {**asdict(recipe), **asked})
    card = train(recipe, training, test, out, config=config, start=model, resume=resume, cpu=cpu, command=command)
    if card:
        tried_on = "held-out" if held_out else "test"
        typer.echo(f"{out}: {100 * card.test_accuracy:.2f}% of the {tried_on} pictures read rightly.")


def _train_command(out: Path, start: Path | None, recipe: dict[str, object]) -> str:
    """The command that trains with this recipe, for the card: every option said, but not the data's folder."""
    skipped = ("warmup", "start", "start_digest")  # no options of the command, or said with their folder
    options = {f"--{name.replace('_', '-')}": value for name, value in recipe.items() if name not in skipped}
    said = [(name, *([] if value is True else [str(value)])) for name, value in options.items() if value is not False]
    files = ["--out", str(out), *(["--start", str(start)] if start else [])]
    return shlex.join(["python", "-m", "capsnet", "train", *files, *chain(*said)])


@app.command()
def evaluate(
    checkpoint: CheckpointOption = None,
    dataset: Annotated[str | None, typer.Option(help="Left out: what the network was trained on.")] = None,
    data: DataOption = None,
    iterations: IterationsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print numbers for programs instead of a report.")] = False,
) -> None:
    """Read a test set: accuracy, who is taken for whom, and the hardest pictures."""
    from capsnet.evaluation import evaluate

    chosen = read(checkpoint)
    tested = load_dataset(dataset or _trained_on(chosen.card), "test", data, chosen.model.config.frame)
    result = evaluate(chosen.model, tested, iterations)
    typer.echo(reports.evaluation_json(result) if as_json else reports.evaluation_text(result, chosen.card))


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


@app.command()
def pen(
    sheets: Annotated[Path, typer.Option(help="The folder that the sheets go to.")],
    count: Annotated[int, typer.Option(help="Pictures of each way.")] = 20,
    seed: Annotated[int, typer.Option(help="Sets how they vary.")] = 0,
) -> None:
    """Draw contact sheets of the synthetic pen: how people write each digit, what is none, and what training sees."""
    from capsnet.pen.sheet import contact_sheet

    ways: dict[str, Sequence[Skeleton]] = {
        **{label: ways_to_write(label) for label in DIGITS},
        "others": skeletons("others.toml"),
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
    doubt_length: Annotated[float | None, typer.Option(help="Doubt readings with no capsule longer than this.")] = None,
    doubt_lead: Annotated[
        float | None, typer.Option(help="Doubt them when the two longest capsules differ by less than this.")
    ] = None,
    doubt_misfit: Annotated[
        float | None,
        typer.Option(help="Doubt them when the reconstruction differs from the picture by more than this."),
    ] = None,
) -> None:
    """Change what a model card says about doubt. The file gets a new digest."""
    found = read(file)
    asked = {"length": doubt_length, "lead": doubt_lead, "misfit": doubt_misfit}
    changes = {name: value for name, value in asked.items() if value is not None}
    if not changes:
        raise ValueError("Nothing to change: give --doubt-length, --doubt-lead or --doubt-misfit.")
    changed = replace(found.card, doubt=replace(found.card.doubt, **changes))
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
