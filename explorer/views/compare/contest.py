"""What is compared: which networks, on which pictures, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from capsnet.perturbation import Perturbation
from explorer import perturbing
from explorer.arrays import Floats
from explorer.measures.answer import Doubt, doubts
from explorer.measures.held import Held, held
from explorer.networks import Network, threads
from explorer.presets import load_presets
from explorer.session import Digit, Example, MnistDigit
from explorer.session.comparison import Comparison
from explorer.views.network_names import parameters, trained_plainly
from explorer.views.visit import Visit

SMALL = 3_000_000
"""Parameters of the networks that were made to be compared, at most."""
MOST_AT_FIRST = 5


@dataclass(frozen=True)
class Wanted:
    """The class that the digit is."""

    index: int
    reason: str
    """Who says so: "meant", "example", "mnist", or "majority"."""


@dataclass(frozen=True)
class Answered:
    """What one network says at each of A stops."""

    network: Network
    scores: Floats
    """[A, J]."""
    doubts: tuple[Doubt, ...]
    """[A]."""

    def answers(self, inked: tuple[bool, ...]) -> list[int | None]:
        """The class said at each stop; None where nothing was left to be read."""
        best = self.scores.argmax(axis=1)
        return [int(j) if ink else None for j, ink in zip(best, inked, strict=True)]


@dataclass(frozen=True)
class Contest:
    """Networks on one digit over the whole range of what is varied."""

    comparison: Comparison
    stops: tuple[Perturbation, ...]
    pictures: Floats
    """[A, size, size]."""
    inked: tuple[bool, ...]
    """[A]: whether anything is left."""
    answered: tuple[Answered, ...]
    wanted: Wanted

    @property
    def stop(self) -> int:
        """The number of the stop that is set."""
        return self.stops.index(self.comparison.change)

    @property
    def neutral(self) -> int:
        """The number of the stop that changes nothing."""
        return perturbing.neutral(self.comparison.varied)

    @cached_property
    def held(self) -> list[Held | None]:
        """How far each network says the class that the digit is."""
        return [held(one.answers(self.inked), self.wanted.index, self.neutral) for one in self.answered]


def chosen(offered: list[Network], at_work: Network, beside: tuple[str, ...] | None) -> list[Network]:
    """The networks that take part: those that were switched on, or at first the small ones alike in training.

    Args:
        offered: all that can.
        at_work: the one chosen in the header, which is among them.
        beside: names; None: none were chosen yet.
    """
    if beside is not None:
        return [network for network in offered if network.name in beside]
    small = [one for one in offered if trained_plainly(one.card) and parameters(one) <= SMALL]
    first = small if len(small) > 1 else offered
    kept = [network for network in first if network.name != at_work.name][: MOST_AT_FIRST - 1]
    return [network for network in offered if network in kept or network.name == at_work.name]


def contest(visit: Visit, compared: list[Network], comparison: Comparison) -> Contest:
    """Has networks read a digit at all stops of what is varied."""
    image = visit.reading.image
    stops = perturbing.stops(comparison.change, comparison.varied)
    with threads(1):
        pictures, inked = perturbing.pictures(image, stops, renormalised=comparison.renormalised)
    answered = tuple(_answered(network, pictures) for network in compared)
    return Contest(comparison, stops, pictures, inked, answered, wanted(visit, compared))


def wanted(visit: Visit, compared: list[Network]) -> Wanted:
    """Which class the digit is: as the person says, as it is labelled, or as most networks answer."""
    if visit.session.look.meant is not None:
        return Wanted(visit.session.look.meant, "meant")
    classes, label = visit.network.classes, _label(visit.session.digit)
    if label and label[0] in classes:
        return Wanted(classes.index(label[0]), label[1])
    image = visit.reading.image[None]
    said = [int(network.answers(image).scores[0].argmax()) for network in compared or [visit.network]]
    return Wanted(max(said, key=said.count), "majority")


def _label(digit: Digit) -> tuple[str, str] | None:
    match digit.origin:
        case Example(identity):
            label = next((preset.label for preset in load_presets() if preset.id == identity), None)
            return (label, "example") if label else None
        case MnistDigit(_, label):
            return label, "mnist"
    return None


def _answered(network: Network, pictures: Floats) -> Answered:
    given = network.answers(pictures)
    return Answered(network, given.scores, doubts(given, pictures, network.thresholds))
