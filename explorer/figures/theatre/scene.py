"""What the theatre is given: the numbers of a reading, and words."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.arrays import Floats

Ticks = tuple[tuple[float, str], ...]
"""Values on a bar of colours, each with what is written there."""


@dataclass(frozen=True)
class Scene:
    """What the theatre shows, for each iteration.

    Raises:
        ValueError: the layers of maps differ in shape, or are not of one picture.
    """

    couplings: Floats
    """log2 of the couplings against an equal share, [R, J, rows, columns]."""
    evidence: Floats
    """What each place says for each digit, [R, J, rows, columns]."""
    lengths: Floats
    """|v_j|, [R, J]."""
    agreements: Floats
    """How far the votes for each digit point the same way (resultant length), 0..1, [R, J]."""
    entropies: Floats
    """Mean entropy of the couplings, 0..1, [R]."""
    coupling_limit: float
    """Where the colours of the couplings end on both sides, in log2."""
    evidence_limit: float
    """Where the colours of the evidence end on both sides."""
    classes: tuple[str, ...]
    winner: int
    rival: int

    def __post_init__(self) -> None:
        if self.couplings.ndim != 4 or self.couplings.shape != self.evidence.shape:
            shapes = f"{self.couplings.shape} and {self.evidence.shape}"
            raise ValueError(f"both layers must be [R, J, rows, columns], of one picture; got {shapes}")


@dataclass(frozen=True)
class TheatreLabels:
    """What is written in the theatre; class names within are as `explorer.figures.base.plain` makes them."""

    play: str
    slowly: str
    play_slowly: str
    """The whole name of `slowly`, for screen readers."""
    pause: str
    back: str
    on: str
    """To the iteration before and to the next one."""
    slider: str
    """The name of the slider over the iterations."""
    layers: str
    """The name of the choice between the two layers of maps."""
    coupling: str
    evidence: str
    """The two layers of maps."""
    coupling_ticks: Ticks
    evidence_ticks: Ticks
    agreement: str
    entropy: str
    """What stands above the two charts."""
    iteration: str
    """With {step} and {steps}."""
    between: str
    """With {step} and {next}."""
    spoken: tuple[str, ...]
    """What screen readers say of each iteration, [R]."""
    coupling_place: str
    evidence_place: str
    """What a cell says where it is pointed at, with {name}, {row}, {column} and {values}."""
