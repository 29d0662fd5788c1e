"""The poses that a person set by hand, each of one capsule of one digit as one network found it."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.session.digit import Digit

HISTORY_LENGTH = 60


@dataclass(frozen=True)
class PoseSet:
    """A pose that was set, and what it is a pose of."""

    digit: Digit
    network: str
    """`Network.digest`."""
    capsule: int
    pose: tuple[float, ...]


class Poses:
    """The history of poses set, the newest last, and where a morph starts."""

    def __init__(self) -> None:
        self._history: list[PoseSet] = []
        self._morph_start: PoseSet | None = None
        self.version = 0
        """Another number whenever a pose did not come from the sliders, so that they take it over."""

    def of(self, digit: Digit, network: str, capsule: int) -> PoseSet | None:
        """The pose set last for a capsule; None: it is as the network found it."""
        mine = [found for found in self._of_digit(digit, network) if found.capsule == capsule]
        return mine[-1] if mine else None

    def newest_of(self, digit: Digit, network: str) -> PoseSet | None:
        """The pose set last for any capsule of a digit."""
        return next(reversed(self._of_digit(digit, network)), None)

    def turn(self, newest: PoseSet) -> None:
        """Keeps a pose that the sliders were moved to."""
        self._history = [*self._history, newest][-HISTORY_LENGTH:]

    def replace(self, newest: PoseSet) -> None:
        """Keeps a pose that the sliders have to move to."""
        self.turn(newest)
        self.version += 1

    def undo(self, digit: Digit, network: str, capsule: int) -> None:
        """Goes back to the pose that was set before the last one, where one was set."""
        if last := self.of(digit, network, capsule):
            self._history = [kept for kept in self._history if kept is not last]
            self.version += 1

    def of_earlier_digit(self, digit: Digit, network: str) -> PoseSet | None:
        """The pose set last with this network, where none of its poses is the current digit's."""
        mine = [kept for kept in self._history if kept.network == network]
        return None if not mine or any(kept.digit is digit for kept in mine) else mine[-1]

    def morph_start(self, network: str) -> PoseSet | None:
        """The pose that morphing starts from; None: not chosen with this network."""
        start = self._morph_start
        return start if start and start.network == network else None

    def start_morph(self, start: PoseSet) -> None:
        """Starts morphing from a pose."""
        self._morph_start = start

    def _of_digit(self, digit: Digit, network: str) -> list[PoseSet]:
        return [kept for kept in self._history if kept.digit is digit and kept.network == network]
