"""Which lines of the network's code are explained, by what equation, and with which numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import ModuleType

from capsnet import losses, model, routing
from explorer.annotations import formulas as math
from explorer.annotations import numbers as live
from explorer.annotations.source import Source, anchored


@dataclass(frozen=True)
class Annotation:
    """What is said of one line."""

    name: str
    """Its words: `code.<name>`, what the line does, and `code.<name>_now`, with the numbers of the digit."""
    anchor: str
    """A fragment of the line, which its function has once."""
    formula: str
    """MathML."""
    numbers: live.Numbers
    paper: tuple[str, str] = ("", "")
    """Where it stands in the paper: "equation" or "line" of Procedure 1, and the number."""
    phase: str = ""
    """What pointing at it lights in the race: c, s, v or b."""
    leads: bool = False
    """Whether it is lit in its turn when the race comes to that phase."""

    @property
    def symbol(self) -> str:
        """What its bars show, in the paper's letters."""
        return SYMBOLS.get(self.numbers, "L")

    @property
    def of_one(self) -> bool:
        """Whether its numbers are of the primary capsule that is followed."""
        return self.numbers in OF_ONE


@dataclass(frozen=True)
class Annotated:
    """A function or class with its annotations."""

    source: Source
    lines: tuple[Annotation, ...]

    @property
    def module(self) -> ModuleType:
        """Where it stands."""
        return next(file for file in FILES.values() if file.__name__ == self.source.__module__)

    @property
    def by_number(self) -> dict[int, Annotation]:
        """Its annotations by the number of their line in the file."""
        return {anchored(self.source, annotation.anchor): annotation for annotation in self.lines}


SYMBOLS: dict[live.Numbers, str] = {
    live.sum_lengths: "|s|",
    live.poses: "|v|",
    live.start: "b",
    live.couplings: "c",
    live.sums: "|s|",
    live.agreements: "û · v",
    live.update: "b",
    live.primary: "u",
    live.votes: "|û|",
    live.presence: "|v|",
    live.chosen: "|v|",
    live.masked: "v",
    live.pixels: "Σ x̂",
}
"""Of those whose bars are no losses, "L"."""

OF_ONE = (live.couplings, live.agreements, live.update, live.primary, live.votes)
"""The numbers of these are of the primary capsule that is followed."""

FILES = {"routing": routing, "model": model, "losses": losses}
"""The files that are shown whole, by name."""

ANNOTATED: dict[str, Annotated] = {
    "squash": Annotated(
        routing.squash,
        (
            Annotation("length", "length = lengths(vectors)", math.LENGTH, live.sum_lengths, phase="s"),
            Annotation("squash", "return vectors * (", math.SQUASH, live.poses, ("equation", "1"), "v"),
        ),
    ),
    "routing_steps": Annotated(
        routing.routing_steps,
        (
            Annotation("start", "logits = votes.new_zeros(", math.START, live.start, ("line", "2")),
            Annotation("repeat", "for _ in range(iterations):", math.REPEAT, live.repeat, ("line", "3")),
            Annotation("couplings", "couplings = (", math.COUPLINGS, live.couplings, ("equation", "3"), "c", True),
            Annotation("sums", "sums = einsum(", math.SUMS, live.sums, ("equation", "2"), "s", True),
            Annotation("poses", "poses = squash(sums)", math.POSES, live.poses, ("line", "6"), "v", True),
            Annotation(
                "agreements", "agreements = einsum(", math.AGREEMENTS, live.agreements, ("line", "7"), "b", True
            ),
            Annotation("update", "logits = logits + (", math.UPDATE, live.update, ("line", "7"), "b"),
        ),
    ),
    "PrimaryCapsules": Annotated(
        model.PrimaryCapsules,
        (
            Annotation("maps", "maps = ", math.MAPS, live.maps),
            Annotation("capsules", "capsules = maps.unflatten(", math.CAPSULES, live.capsules),
            Annotation("primary", "return squash(", math.CAPSULE, live.primary, ("equation", "1")),
        ),
    ),
    "DigitCapsules": Annotated(
        model.DigitCapsules,
        (
            Annotation("matrices", "self.transforms = nn.Parameter(", math.MATRIX, live.matrices),
            Annotation("votes", "return einsum(", math.VOTES, live.votes, ("equation", "2")),
        ),
    ),
    "Decoder": Annotated(
        model.Decoder,
        (
            Annotation("masked", "nn.Linear(config.digit_capsules * config.digit_pose", math.MASKED, live.masked),
            Annotation("pixels", "nn.Sigmoid()", math.PIXEL, live.pixels),
        ),
    ),
    "CapsNet.forward": Annotated(
        model.CapsNet.forward,
        (
            Annotation("presence", "presence = lengths(last.poses)", math.PRESENCE, live.presence),
            Annotation("chosen", "chosen = presence.argmax(", math.CHOSEN, live.chosen),
        ),
    ),
    "margin_loss": Annotated(
        losses.margin_loss,
        (
            Annotation("missed", "missed = present *", math.MISSED, live.missed, ("equation", "4")),
            Annotation("imagined", "imagined = ABSENT_WEIGHT *", math.IMAGINED, live.imagined, ("equation", "4")),
            Annotation("margin", "return (missed + imagined)", math.MARGIN, live.margin, ("equation", "4")),
        ),
    ),
    "reconstruction_error": Annotated(
        losses.reconstruction_error,
        (Annotation("reconstruction", "return (reconstructions - images)", math.RECONSTRUCTION, live.reconstruction),),
    ),
    "agreement_loss": Annotated(
        losses.agreement_loss,
        (Annotation("gathered", "return known * (", math.AGREEMENT_LOSS, live.gathered),),
    ),
    "long_votes": Annotated(
        losses.long_votes,
        (Annotation("long", "return (lengths(votes)", math.LONG_VOTES, live.long),),
    ),
    "total_loss": Annotated(
        losses.total_loss,
        (Annotation("weighted", "losses = margin_loss(", math.TOTAL, live.weighted),),
    ),
}
"""By the name of the function or class in its module."""


@cache
def annotations_of(file: str) -> dict[int, Annotation]:
    """All annotations of a file, by the number of their line."""
    parts = [part for part in ANNOTATED.values() if part.module is FILES[file]]
    return {number: annotation for part in parts for number, annotation in part.by_number.items()}
