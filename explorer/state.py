"""The app's only state: what the person made and chose, under keys that stand nowhere else.

A digit once made is never lost: digits form a history, and Undo goes one back, whatever made the newest one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.reading import Floats

HISTORY_LENGTH = 60
_DIGITS, _CANVAS_VERSION, _CANVAS_START, _CANVAS_SEEN = "digits", "canvas_version", "canvas_start", "canvas_seen"
_FOCUS, _PROBLEM, _COUNT, _NETWORK = "focus", "problem", "digit_count", "network"
_ITERATIONS, _STEP, _RIVAL, _FOLLOWED = "iterations", "step", "rival", "followed"
_QUESTION = "question"

PEN, SOURCES, UPLOAD = "pen", "sources", "upload"
MNIST_NUMBER, MNIST_CLASS, CHECKPOINT = "mnist_number", "mnist_class", "checkpoint"
FEATURE, PRIMARY = "feature", "primary"
VIEWPORT, CHART_CLICKS = "viewport", "chart_clicks"
THEATRE, PLACES, MATRIX = "theatre", "places", "matrix"
VOTES = ("votes_digit", "votes_rival")
COLOURING, SORTING = "colouring", "sorting"
ITERATIONS_INPUT, STEP_INPUT, FOCUS_INPUT, RIVAL_INPUT = "iterations_input", "step_input", "focus_input", "rival_input"
QUESTION_INPUT = "question_input"
STORY = "one"
"""The question that the story of the primary capsule followed answers."""
CAPSULE_INPUTS = ("channel_input", "row_input", "column_input")

_POSES, _POSE_VERSION, _MORPH_START = "poses", "pose_version", "morph_start"
POSE_CAPSULE, POSE_SWING, POSE_PLAIN = "pose_capsule", "pose_swing", "pose_plain"


@dataclass(frozen=True)
class Digit:
    """A digit that can be read, and where it came from."""

    source: str
    """Said to the person, as "Your drawing"."""
    image: Floats | None
    """As the network gets it, [28, 28]; None: nothing is drawn."""
    drawing: dict[str, Any] | None
    """Strokes in the canvas's own JSON, to be drawn on; None: not drawn on the canvas."""


def begin(first: Digit, digest: str) -> None:
    """Sets up the state of a session with the digit it opens with; later, forgets what another network's classes were.

    `digest` names the network: a class that was chosen means nothing to another one.
    """
    if _DIGITS not in st.session_state:
        st.session_state[_CANVAS_VERSION] = st.session_state[_COUNT] = 0
        st.session_state[_DIGITS] = []
        show(first)
    elif st.session_state[_NETWORK] != digest:
        _forget_choices()
        set_iterations(None)
        st.session_state[FEATURE] = st.session_state[PRIMARY] = None
    st.session_state[_NETWORK] = digest


def digit() -> Digit:
    """The digit all pages look at."""
    newest: Digit = st.session_state[_DIGITS][-1]
    return newest


def show(newest: Digit) -> None:
    """Makes a digit that did not come from the canvas the current one, and puts its strokes on the canvas."""
    _remember(newest)
    _restart_canvas()


def drawn(newest: Digit) -> None:
    """Makes what is on the canvas the current digit; the canvas stays as it is."""
    _remember(newest)


def undo() -> None:
    """Goes back to the digit before the current one."""
    if can_undo():
        st.session_state[_DIGITS].pop()
        _forget_choices()
        _restart_canvas()


def can_undo() -> bool:
    """Whether there is a digit to go back to."""
    return len(st.session_state[_DIGITS]) > 1


def canvas() -> tuple[str, dict[str, Any] | None]:
    """The key of the canvas and the drawing it starts with; both change only when the app redraws it."""
    return f"canvas-{st.session_state[_CANVAS_VERSION]}", st.session_state[_CANVAS_START]


def canvas_changed(objects: list[Any]) -> bool:
    """Whether the canvas holds other strokes than when it was last looked at."""
    changed: bool = objects != st.session_state[_CANVAS_SEEN]
    st.session_state[_CANVAS_SEEN] = objects
    return changed


def meant() -> int | None:
    """The class that the person says the digit is."""
    label: int | None = st.session_state.get(meant_key())
    return label


def focus() -> int | None:
    """The capsule looked at on all pages; None: the winner."""
    return st.session_state.get(_FOCUS)


def set_focus(capsule: int | None) -> None:
    """Looks at a capsule on all pages, until there is another digit."""
    st.session_state[_FOCUS] = capsule


def rival() -> int | None:
    """The capsule compared with the one looked at; None: the one meant, or the next longest."""
    return st.session_state.get(_RIVAL)


def set_rival(capsule: int | None) -> None:
    """Compares with another capsule on all pages, until there is another digit."""
    st.session_state[_RIVAL] = capsule


def followed() -> int | None:
    """The primary capsule whose story is told, as an index i; None: the one that routing moved most."""
    return st.session_state.get(_FOLLOWED)


def set_followed(primary: int) -> None:
    """Follows another primary capsule, until there is another digit, and tells its story."""
    st.session_state[_FOLLOWED] = primary
    set_question(STORY)


def question() -> str | None:
    """What the routing page looks at closely; None: the first question."""
    return st.session_state.get(_QUESTION)


def set_question(chosen: str) -> None:
    """Answers another question on the routing page."""
    st.session_state[_QUESTION] = chosen


def iterations() -> int | None:
    """How many routing iterations are run, on all pages; None: as many as the network was trained with."""
    return st.session_state.get(_ITERATIONS)


def set_iterations(count: int | None) -> None:
    """Runs another number of iterations from now on; the last one is looked at."""
    st.session_state[_ITERATIONS] = count
    st.session_state[_STEP] = None


def step() -> int | None:
    """The iteration looked at, from 1; None: the last one."""
    return st.session_state.get(_STEP)


def set_step(chosen: int | None) -> None:
    """Looks at another iteration."""
    st.session_state[_STEP] = chosen


def problem() -> str | None:
    """What went wrong with the newest action, said once."""
    found: str | None = st.session_state.pop(_PROBLEM, None)
    return found


def set_problem(sentence: str) -> None:
    """Keeps what went wrong until it is said; the digit stays as it is."""
    st.session_state[_PROBLEM] = sentence


def restored(widget: str, first: Any = None) -> Callable[[], None]:
    """Puts back what was chosen last in a widget, `first` at first: Streamlit forgets it while the widget is not shown.

    Returns:
        What keeps the next choice, for the widget's `on_change`.
    """
    st.session_state[widget] = st.session_state.get(_kept(widget), first)
    return lambda: keep(widget, st.session_state[widget])


def keep(widget: str, choice: Any) -> None:
    """Chooses for a widget, shown or not."""
    st.session_state[_kept(widget)] = choice


def kept(widget: str) -> Any:
    """What was chosen last in a widget; None: nothing yet."""
    return st.session_state.get(_kept(widget))


def _kept(widget: str) -> str:
    return f"kept-{widget}"


def close_sources() -> None:
    """Closes what opened to choose a digit from, so that the digit is seen."""
    st.session_state[SOURCES] = False


def tile(key: str) -> int | None:
    """The map of a sheet that was chosen to be enlarged, if any was."""
    chosen: int | None = st.session_state.get(key)
    return chosen


def choose_tile(key: str, chosen: int) -> None:
    """Enlarges another map of a sheet."""
    st.session_state[key] = chosen


def meant_key() -> str:
    """The key of the choice of the class meant: each digit has one of its own, nothing chosen at first."""
    return f"meant-{st.session_state[_COUNT]}"


def _remember(newest: Digit) -> None:
    st.session_state[_DIGITS] = [*st.session_state[_DIGITS], newest][-HISTORY_LENGTH:]
    _forget_choices()


def _forget_choices() -> None:
    st.session_state[_FOCUS] = st.session_state[_RIVAL] = st.session_state[_FOLLOWED] = None
    st.session_state[_COUNT] += 1
    st.session_state[_POSE_VERSION] = pose_version() + 1  # the same digit chosen again has its own pose again


def _restart_canvas() -> None:
    drawing = digit().drawing
    st.session_state[_CANVAS_VERSION] += 1
    st.session_state[_CANVAS_START] = drawing
    st.session_state[_CANVAS_SEEN] = (drawing or {}).get("objects", [])


@dataclass(frozen=True)
class PoseSet:
    """A pose that the person set, and what it is a pose of."""

    digit: Digit
    network: str
    capsule: int
    pose: tuple[float, ...]


def pose(capsule: int) -> tuple[float, ...] | None:
    """The pose set last for a capsule of the current digit; None: as the network found it."""
    mine = _poses_of(capsule)
    return mine[-1].pose if mine else None


def set_pose(capsule: int, pose: tuple[float, ...]) -> None:
    """Keeps a pose for a capsule of the current digit."""
    newest = PoseSet(digit(), st.session_state[_NETWORK], capsule, pose)
    st.session_state[_POSES] = [*_poses(), newest][-HISTORY_LENGTH:]


def undo_pose(capsule: int) -> None:
    """Goes back to the pose that was set before the last one."""
    if mine := _poses_of(capsule):
        st.session_state[_POSES] = [kept for kept in _poses() if kept is not mine[-1]]
        st.session_state[_POSE_VERSION] = pose_version() + 1


def can_undo_pose(capsule: int) -> bool:
    """Whether a pose was set for this capsule of the current digit."""
    return bool(_poses_of(capsule))


def replace_pose(capsule: int, pose: tuple[float, ...]) -> None:
    """Keeps a pose that sliders have to move to."""
    set_pose(capsule, pose)
    st.session_state[_POSE_VERSION] = pose_version() + 1


def pose_version() -> int:
    """Another number whenever a pose did not come from the sliders, so that they take it over."""
    version: int = st.session_state.get(_POSE_VERSION, 0)
    return version


def pose_aside() -> PoseSet | None:
    """The pose set last, where the digit has changed since; None: it is the current digit's, or there is none."""
    mine = [kept for kept in _poses() if kept.network == st.session_state[_NETWORK]]
    return None if not mine or any(kept.digit is digit() for kept in mine) else mine[-1]


def return_to_pose(aside: PoseSet) -> None:
    """Shows the digit of a pose again, and with it the pose."""
    show(aside.digit)
    set_focus(aside.capsule)


def morph_start() -> PoseSet | None:
    """The digit that morphing starts from; None: not chosen with this network."""
    start: PoseSet | None = st.session_state.get(_MORPH_START)
    return start if start and start.network == st.session_state[_NETWORK] else None


def keep_morph_start(capsule: int, pose: tuple[float, ...]) -> None:
    """Starts morphing from a pose of the current digit."""
    st.session_state[_MORPH_START] = PoseSet(digit(), st.session_state[_NETWORK], capsule, pose)


def plain_sliders() -> bool:
    """Whether Streamlit's own sliders are shown in place of the live ones."""
    return bool(kept(POSE_PLAIN))


def use_plain_sliders() -> None:
    """The browser can't decode: Streamlit's own sliders take over."""
    keep(POSE_PLAIN, True)


def _poses() -> list[PoseSet]:
    kept: list[PoseSet] = st.session_state.get(_POSES, [])
    return kept


def _poses_of(capsule: int) -> list[PoseSet]:
    of = (digit(), st.session_state[_NETWORK], capsule)
    return [kept for kept in _poses() if kept.digit is of[0] and (kept.network, kept.capsule) == of[1:]]
