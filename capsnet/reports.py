"""What the command line prints and writes: results as text, JSON or NPZ."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from capsnet.agreement import Agreement
from capsnet.architectures import architecture
from capsnet.card import Card
from capsnet.checkpoint import Checkpoint
from capsnet.config import CapsNetConfig
from capsnet.data import DataError, picture_ink
from capsnet.evaluation import SHOWN, Evaluation
from capsnet.ink import Frame
from capsnet.routing import RoutingTrace, coupling_entropy


def evaluation_text(result: Evaluation, card: Card, agreement: Agreement | None = None) -> str:
    """The report of `evaluate`."""
    classes = card.config.classes
    misread = result.count - int(result.confusion.trace())
    lines = [
        f"accuracy {100 * result.accuracy:.2f}%   error {result.error_percent:.2f}%   "
        f"({misread} of {result.count} pictures misread)",
        *_reconstruction_lines(result),
        "",
        "Rows are the right class, columns what was read:",
        *_aligned(
            [["", *classes], *([name, *row] for name, row in zip(classes, _dotted(result.confusion), strict=True))]
        ),
        "",
        "Hardest pictures (right class's score less the highest other's; a capsule's score is its length):",
        *_aligned(
            [["number", "class", "read", "margin"]]
            + [[str(h.position), classes[h.label], classes[h.read], f"{h.margin:+.3f}"] for h in result.hardest[:SHOWN]]
        ),
        *(_agreement_lines(agreement) if agreement else []),
    ]
    return "\n".join(lines)


def evaluation_json(result: Evaluation, agreement: Agreement | None = None) -> str:
    """The same for programs."""
    values = {
        "count": result.count,
        "accuracy": result.accuracy,
        "error_percent": result.error_percent,
        "reconstruction_error": result.reconstruction_error,
        "confusion": result.confusion.tolist(),
        "hardest": [hard._asdict() for hard in result.hardest[:SHOWN]],
        "agreement": asdict(agreement) if agreement else None,
    }
    return json.dumps(values)


def card_text(checkpoint: Checkpoint) -> str:
    """The report of `info`."""
    card, config = checkpoint.card, checkpoint.card.config
    parameters = sum(weight.numel() for weight in checkpoint.model.parameters())
    recipe = {name: value for name, value in card.recipe.items() if name != "command"}
    tried_on = "held-out accuracy" if card.recipe.get("held_out") else "test accuracy"
    lines = [
        f"{parameters:,} parameters: {architecture(card.architecture).summary(config)}",
        f"architecture     {card.architecture}",
        f"classes          {', '.join(config.classes)}",
        f"{tried_on:<16} {100 * card.test_accuracy:.2f}%",
        f"trained by       {card.recipe['command']}",
        f"                 {', '.join(f'{name} {value}' for name, value in recipe.items())}",
        f"on data          md5 {card.data_md5}",
        f"with             {', '.join(f'{name} {value}' for name, value in card.versions.items())}",
        f"doubted          {_doubt_words(card)}",
        f"digest           {checkpoint.digest}",
        *(_agreement_lines(card.agreement) if card.agreement else ()),
        "",
        *_aligned(
            [["epoch", "loss", "learning rate", tried_on, "images/s"]]
            + [
                [
                    f"{entry['epoch']:.0f}",
                    f"{entry['loss']:.4f}",
                    f"{entry['learning_rate']:.2e}",
                    f"{100 * entry['test_accuracy']:.2f}%",
                    f"{entry['images_per_second']:.0f}",
                ]
                for entry in card.history
            ]
        ),
    ]
    return "\n".join(lines)


def read_picture(file: Path, frame: Frame) -> Tensor:
    """A picture file as the network takes it, [1, 1, size, size].

    Raises:
        DataError: it is missing, no picture, or empty.
    """
    ink = picture_ink(file, frame)
    if not ink.any():
        message = f"{file} shows no ink: the digit must differ from the border of the picture."
        raise DataError(message, "no_ink", file=file)
    return torch.from_numpy(ink)[None, None]


def trace_text(trace: RoutingTrace, classes: tuple[str, ...]) -> str:
    """Lengths and coupling entropy per iteration of the first picture of a trace."""
    final = trace.lengths[-1, 0]
    order = final.argsort(descending=True)[: min(5, len(classes))].tolist()
    entropy = coupling_entropy(trace.couplings[:, 0]).mean(dim=-1)  # [R]
    winner = order[0]
    header = ["iteration", *(f"|v| of {classes[j]}" for j in order), f"couplings into {classes[winner]}", "entropy"]
    rows = []
    for r in range(trace.iterations):
        into = trace.couplings[r, 0, :, winner]
        rows.append(
            [
                str(r + 1),
                *(f"{float(trace.lengths[r, 0, j]):.3f}" for j in order),
                f"{float(into.min()):.3f} to {float(into.max()):.3f}",
                f"{float(entropy[r]):.3f}",
            ]
        )
    note = "Lengths need not sum to 1. Entropy is the mean over primary capsules, 1 where all couplings are equal."
    return "\n".join([f"read as {classes[winner]}", "", *_aligned([header, *rows]), "", note])


def write_npz(file: Path, image: Tensor, trace: RoutingTrace) -> None:
    """Writes the picture and every array of its trace, the batch axis left out."""
    arrays = {name: value.numpy() for name, value in asdict(trace).items()}
    single = {
        name: value[0] if name in ("features", "primary", "votes") else value[:, 0] for name, value in arrays.items()
    }
    with file.open("wb") as handle:  # given a name, NumPy would add a suffix to it
        np.savez_compressed(handle, image=image[0, 0].numpy(), **single)


def agreement_rows(agreement: Agreement) -> list[tuple[str, str]]:
    """What each measure of agreement is called, and its value in words."""

    def percents(shares: Iterable[float]) -> str:
        return ", ".join(f"{100 * share:.2f}%" for share in shares)

    numbers = ", ".join(map(str, agreement.accuracy_without))
    return [
        ("primary capsules that moved a tenth of their output", percents([agreement.moved])),
        ("entropy of couplings, weighted by length of vote; 1 where all are equal", f"{agreement.entropy:.4f}"),
        (
            "effective number of capsules behind the winner, mean and median",
            f"{agreement.effective_mean:.1f}, {agreement.effective_median:.1f}",
        ),
        ("share of the winner's |s| that the strongest brings", percents([agreement.strongest])),
        (
            "resultant |s| / sum c |u_hat| of winner and runner-up",
            f"{agreement.winner_resultant:.3f}, {agreement.runner_up_resultant:.3f}",
        ),
        ("correct after each iteration", percents(agreement.accuracy_after)),
        (f"correct without the {numbers} strongest", percents(agreement.accuracy_without.values())),
        (
            "routing changes the answer: at all, to the right one, to a wrong one",
            percents([agreement.changed, agreement.changed_to_right, agreement.changed_to_wrong]),
        ),
    ]


def _agreement_lines(agreement: Agreement) -> list[str]:
    rows = agreement_rows(agreement)
    width = max(len(words) for words, _ in rows)
    title = f"Agreement in routing, over the first {agreement.count} pictures:"
    return ["", title, *(f"{words:<{width}}  {values}" for words, values in rows)]


def _doubt_words(card: Card) -> str:
    doubt = card.doubt
    if not isinstance(card.config, CapsNetConfig):
        return f"no score above {doubt.length:g}, or a lead below {doubt.lead:g}"
    return f"no length above {doubt.length:g}, a lead below {doubt.lead:g}, or a misfit above {doubt.misfit:g}"


def _reconstruction_lines(result: Evaluation) -> list[str]:
    if result.reconstruction_error is None:
        return []
    error = f"reconstruction error {result.reconstruction_error:.2f}"
    return [f"{error}  (sum of squared pixel differences, mean of pictures)"]


def _dotted(confusion: Tensor) -> list[list[str]]:
    """Numbers as text, zeros as dots, so that confusions stand out."""
    return [[str(count) if count else "." for count in row] for row in confusion.tolist()]


def _aligned(rows: list[list[str]]) -> list[str]:
    """Lines of a table, its columns flush right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
