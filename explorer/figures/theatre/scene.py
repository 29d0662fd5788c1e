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
        ValueError: the maps are not of one picture.
    """

    couplings: Floats
    """log2 of the couplings against an equal share, [R, J, rows, columns]."""
    lengths: Floats
    """|v_j|, [R, J]."""
    coupling_limit: float
    """Where the colours of the couplings end on both sides, in log2."""
    classes: tuple[str, ...]
    winner: int
    rival: int

    def __post_init__(self) -> None:
        if self.couplings.ndim != 4:
            raise ValueError(f"couplings must be [R, J, rows, columns], of one picture; got {self.couplings.shape}")


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
    coupling_ticks: Ticks
    iteration: str
    """With {step} and {steps}."""
    between: str
    """With {step} and {next}."""
    spoken: tuple[str, ...]
    """What screen readers say of each iteration, [R]."""
    coupling_place: str
    """What a cell says where it is pointed at, with {name}, {row}, {column} and {values}."""
