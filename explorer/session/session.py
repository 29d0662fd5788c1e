"""One person's session. What is forgotten together stands together: lifetimes are types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from explorer.session.comparison import AT_FIRST, Comparison
from explorer.session.digit import Digit
from explorer.session.digit_text import digit_text
from explorer.session.digits import Digits
from explorer.session.poses import Poses, PoseSet
from explorer.text import DEFAULT

STAGES = 6
"""Of the network, as the overview shows it: from its input to its decoder."""
LESSON_STEPS = 14
"""Of the lesson."""


@dataclass(frozen=True)
class Look:
    """What is looked at of one digit: forgotten with the digit, and with the network."""

    focus: int | None = None
    """The digit capsule j looked at on all pages; None: the winner."""
    rival: int | None = None
    """The one it is compared with; None: the one meant, or the runner-up."""
    followed: int | None = None
    """The primary capsule i that is followed; None: the one that routing moved most."""
    meant: int | None = None
    """The class that the person says the digit is."""
    turned: bool = False
    """Whether the server was asked to read the digit at many angles."""
    predicted: Mapping[str, int] = field(default_factory=dict)
    """By the name of a step of the lesson, which of its options was chosen."""


@dataclass(frozen=True)
class NetworkChoices:
    """What was chosen for one network: forgotten when another one is."""

    iterations: int | None = None
    """Routing iterations that are run; None: as many as the network was trained with."""
    step: int | None = None
    """The iteration looked at, from 1; None: the last one."""
    mistaken: tuple[int, int] | None = None
    """The class, and the one that it was read as, whose hardest test digits are shown; None: the hardest of all."""


@dataclass(frozen=True)
class PageChoices:
    """How pages are set up: never forgotten."""

    stage: int | None = None
    """The stage of the network that is open on the overview, from 0; None: the digit capsules."""
    code: str | None = None
    """The file of the network's code that is shown; None: routing."""
    plain_sliders: bool = False
    """Whether Streamlit's own sliders are shown in place of the live ones."""
    maps: bool = False
    """Whether all maps of couplings are open on the routing page."""
    live: bool | None = None
    """Whether the network reads while the pen moves; None: where the browser is fast enough."""
    mnist_number: int | None = None
    """The digit of MNIST's test set that was shown last."""
    lesson: int = 0
    """The step of the lesson, from 0."""
    practice: int = 0
    """Number of the sheet of practice pictures that is shown."""
    present: bool = False
    """Whether pages are shown to a room: in larger type, without what only the person at the keyboard needs."""
    run: str | None = None
    """The training run that is watched; None: the newest."""
    comparison: Comparison = AT_FIRST
    """What networks are compared on: it stays for the next digit."""
    measured: str = "rotation"
    """The change of the test digits whose curves are shown."""
    counted: str = "right"
    """What is counted of them."""


@dataclass(frozen=True)
class Notice:
    """Something to be said once; the words are found where it is shown."""

    key: str
    """Of the text."""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Session:
    """All that one person made and chose."""

    digits: Digits
    network: str = ""
    """`Network.name` of the one at work."""
    digest: str = ""
    """Its `Network.digest`."""
    language: str = DEFAULT
    look: Look = Look()
    choices: NetworkChoices = NetworkChoices()
    page: PageChoices = PageChoices()
    poses: Poses = field(default_factory=Poses)
    notices: list[Notice] = field(default_factory=list)

    @property
    def digit(self) -> Digit:
        """The digit that all pages look at."""
        return self.digits.current

    def replace_digit(self, newest: Digit) -> None:
        """Makes a digit that did not come from the canvas the current one."""
        self.digits.replace(newest)
        self._forget_look()

    def take_drawing(self, newest: Digit, objects: list[Any]) -> None:
        """Makes what is on the canvas, strokes of Fabric.js, the current digit.

        Where it is the current one already, as after the page was loaded anew, nothing is forgotten.
        """
        same = digit_text(newest) == digit_text(self.digit)
        self.digits.take(self.digit if same else newest, objects)
        if not same:
            self._forget_look()

    def show_again(self, known: Digit) -> None:
        """Makes a digit to which the canvas went back the current one."""
        self.digits.show(known)
        self._forget_look()

    def use(self, name: str, digest: str) -> None:
        """Puts a network to work; what was chosen with another one means nothing to it."""
        if self.digest and digest != self.digest:
            self._forget_look()
            self.choices = NetworkChoices()
        self.network, self.digest = name, digest

    def look_at(self, **changes: Any) -> None:
        """Changes fields of `look`."""
        self.look = replace(self.look, **changes)

    def choose(self, **changes: Any) -> None:
        """Changes fields of `choices`; with other iterations the lesson's answers are others, too."""
        self.choices = replace(self.choices, **changes)
        if "iterations" in changes:
            self.look_at(predicted={})

    def predict(self, step: str, option: int) -> None:
        """Chooses an option of a step of the lesson, where none was chosen: the answer is seen from then on."""
        if step not in self.look.predicted:
            self.look_at(predicted={**self.look.predicted, step: option})

    def set_up(self, **changes: Any) -> None:
        """Changes fields of `page`."""
        self.page = replace(self.page, **changes)

    def notify(self, key: str, **values: object) -> None:
        """Has something said once."""
        self.notices.append(Notice(key, values))

    def take_notices(self, *, of: str = "") -> list[Notice]:
        """What is to be said now, each once: notices whose key begins so; with nothing, all."""
        taken = [notice for notice in self.notices if notice.key.startswith(of)]
        self.notices = [notice for notice in self.notices if notice not in taken]
        return taken

    def pose(self, capsule: int) -> tuple[float, ...] | None:
        """The pose set last for a capsule of the current digit; None: as the network found it."""
        found = self.poses.of(self.digit, self.digest, capsule)
        return found.pose if found else None

    def pose_set(self, capsule: int, pose: tuple[float, ...]) -> PoseSet:
        """A pose of a capsule of the current digit, as the network at work finds it."""
        return PoseSet(self.digit, self.digest, capsule, pose)

    def return_to(self, earlier: PoseSet) -> None:
        """Shows the digit of a pose again, and with it the pose."""
        self.replace_digit(earlier.digit)
        self.look_at(focus=earlier.capsule)

    def _forget_look(self) -> None:
        self.look = Look()
        self.poses.version += 1  # the same digit chosen again has its own pose again
