"""What one person made and chose, without Streamlit: plain objects."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.session import Digit, Drawing, Example, Look, NetworkChoices, PageChoices, Session
from explorer.session.digit import EMPTY
from explorer.session.digits import HISTORY_LENGTH, Digits

PATHS = {"objects": [{"type": "Path", "path": [["M", 1, 2], ["L", 3, 5]]}]}
EXAMPLE = Digit(Example("school-4"), np.ones((28, 28), np.float32), PATHS)


@pytest.fixture
def session() -> Session:
    begun = Session(Digits(EXAMPLE))
    begun.use("small", "digest")
    return begun


def test_a_session_opens_with_its_first_digit_and_nothing_to_undo(session: Session) -> None:
    assert session.digit is EXAMPLE
    assert not session.digits.can_undo
    session.undo()
    assert session.digit is EXAMPLE


def test_the_canvas_is_redrawn_for_what_did_not_come_from_it(session: Session) -> None:
    key, start = session.digits.canvas
    assert start is PATHS
    session.take_drawing(Digit(Drawing(), None, {"objects": []}))
    assert session.digits.canvas == (key, PATHS)
    session.replace_digit(EMPTY)
    assert session.digits.canvas[0] != key
    assert session.digits.canvas[1] is None


def test_undo_brings_back_strokes_and_digit(session: Session) -> None:
    drawing = Digit(Drawing(), None, {"objects": [1, 2]})
    session.take_drawing(drawing)
    session.replace_digit(EMPTY)
    session.undo()
    assert session.digit is drawing
    assert session.digits.canvas[1] == {"objects": [1, 2]}
    session.undo()
    assert session.digit is EXAMPLE


def test_the_canvas_has_changed_when_it_holds_other_strokes(session: Session) -> None:
    digits = session.digits
    assert not digits.canvas_changed(PATHS["objects"])
    assert digits.canvas_changed([*PATHS["objects"], {"type": "Path"}])
    assert not digits.canvas_changed([*PATHS["objects"], {"type": "Path"}])
    assert digits.canvas_changed([])


def test_history_is_bounded(session: Session) -> None:
    for _ in range(2 * HISTORY_LENGTH):
        session.take_drawing(Digit(Drawing(), None))
    undone = 0
    while session.digits.can_undo:
        session.undo()
        undone += 1
    assert undone == HISTORY_LENGTH - 1


def set_everything(session: Session) -> None:
    session.look_at(focus=3, rival=5, followed=7, meant=2)
    session.choose(iterations=9, step=2, filter_map=11, primary_map=13)
    session.set_up(question="agree", plain_sliders=True, mnist_number=17)


@pytest.mark.parametrize("change", ["drawn", "replaced", "undone"])
def test_with_the_digit_goes_what_was_looked_at_and_nothing_else(session: Session, change: str) -> None:
    session.take_drawing(Digit(Drawing(), None))
    set_everything(session)
    {
        "drawn": lambda: session.take_drawing(Digit(Drawing(), None)),
        "replaced": lambda: session.replace_digit(EMPTY),
        "undone": session.undo,
    }[change]()
    assert session.look == Look()
    assert session.choices == NetworkChoices(iterations=9, step=2, filter_map=11, primary_map=13)
    assert session.page == PageChoices(question="agree", plain_sliders=True, mnist_number=17)


def test_with_the_network_goes_what_was_chosen_for_it_too(session: Session) -> None:
    set_everything(session)
    session.use("renamed", "digest")
    assert session.look.focus == 3  # the same weights under another name
    session.use("renamed", "another digest")
    assert (session.look, session.choices) == (Look(), NetworkChoices())
    assert session.page == PageChoices(question="agree", plain_sliders=True, mnist_number=17)


def test_who_follows_a_capsule_is_told_of_it(session: Session) -> None:
    session.follow(31, "one")
    assert (session.look.followed, session.page.question) == (31, "one")


def test_a_notice_is_said_once_and_where_it_belongs(session: Session) -> None:
    session.notify("panel.no_ink", name="a.png")
    session.notify("link.broken", fields="digit")
    assert [notice.values for notice in session.take_notices(of="panel.")] == [{"name": "a.png"}]
    assert session.take_notices(of="panel.") == []
    assert [notice.key for notice in session.take_notices()] == ["link.broken"]
