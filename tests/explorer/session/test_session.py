"""What one person made and chose, without Streamlit: plain objects."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.session import Digit, Drawing, Example, Look, NetworkChoices, PageChoices, Session
from explorer.session.digit import EMPTY
from explorer.session.digits import MOST_KNOWN, Digits

PATHS = {"objects": [{"type": "Path", "path": [["M", 1, 2], ["L", 3, 5]]}]}
EXAMPLE = Digit(Example("school-4"), np.ones((28, 28), np.float32), PATHS)


@pytest.fixture
def session() -> Session:
    begun = Session(Digits(EXAMPLE))
    begun.use("small", "digest")
    return begun


STROKE: dict[str, Any] = {"type": "Path", "strokeWidth": 18, "path": [["M", 1, 2], ["L", 3, 5]]}


def test_a_session_opens_with_its_first_digit_on_the_canvas(session: Session) -> None:
    assert session.digit is EXAMPLE
    assert session.digits.put == (1, EXAMPLE)


def test_only_what_did_not_come_from_the_canvas_is_put_there(session: Session) -> None:
    drawing = Digit(Drawing(), None, {"objects": [STROKE]})
    session.take_drawing(drawing, [STROKE])
    assert (session.digit, session.digits.put) == (drawing, (1, EXAMPLE))
    session.replace_digit(EMPTY)
    assert (session.digit, session.digits.put) == (EMPTY, (2, EMPTY))


def test_a_digit_of_this_session_is_known_by_its_name_and_by_its_strokes(session: Session) -> None:
    drawing = Digit(Drawing(), None, {"objects": [STROKE]})
    session.take_drawing(drawing, [STROKE])
    session.replace_digit(EMPTY)
    assert session.digits.known("e.school-4") is EXAMPLE
    assert session.digits.known("e.school-5") is None
    assert session.digits.drawn([STROKE]) is drawing
    assert session.digits.drawn([STROKE, STROKE]) is None
    session.show_again(EXAMPLE)
    assert (session.digit, session.digits.put) == (EXAMPLE, (2, EMPTY))


def test_a_canvas_is_heard_once_and_not_of_what_was_before_the_last_put() -> None:
    digits = Digits(EXAMPLE)
    assert digits.is_news(digits.token, 1, 5.0)
    assert not digits.is_news(digits.token, 1, 5.0)
    assert digits.is_news(digits.token, 1, 7.0)
    digits.replace(EMPTY)
    assert not digits.is_news(digits.token, 1, 11.0)
    assert digits.is_news(digits.token, 2, 13.0)


def test_a_canvas_that_outlived_its_session_speaks_for_the_next_one_until_something_was_done() -> None:
    digits = Digits(EXAMPLE)
    assert digits.is_news("before", 3, 5.0)
    assert not digits.is_news("before", 3, 7.0)
    chosen = Digits(EXAMPLE)
    chosen.replace(EMPTY)
    assert not chosen.is_news("before", 3, 5.0)


def test_what_is_known_is_bounded(session: Session) -> None:
    for number in range(2 * MOST_KNOWN):
        session.take_drawing(Digit(Drawing(), None), [number])
    assert session.digits.drawn([0]) is None
    assert session.digits.known("e.school-4") is None
    assert session.digits.drawn([2 * MOST_KNOWN - 1])


def test_strokes_that_come_back_after_a_reload_forget_nothing(session: Session) -> None:
    ink = np.ones((28, 28), np.float32)
    opened = Digit(Drawing(), ink, {"objects": [STROKE]})
    session.replace_digit(opened)
    session.look_at(focus=3)
    session.take_drawing(Digit(Drawing(), ink, {"objects": [STROKE]}), [STROKE])
    assert session.digit is opened
    assert session.look.focus == 3


def set_everything(session: Session) -> None:
    session.look_at(focus=3, rival=5, followed=7, meant=2)
    session.choose(iterations=9, step=2)
    session.set_up(stage=3, plain_sliders=True, mnist_number=17)


@pytest.mark.parametrize("change", ["drawn", "replaced", "shown again"])
def test_with_the_digit_goes_what_was_looked_at_and_nothing_else(session: Session, change: str) -> None:
    session.take_drawing(Digit(Drawing(), None, {"objects": [STROKE]}), [STROKE])
    set_everything(session)
    {
        "drawn": lambda: session.take_drawing(Digit(Drawing(), np.ones((28, 28), np.float32)), [STROKE, STROKE]),
        "replaced": lambda: session.replace_digit(EMPTY),
        "shown again": lambda: session.show_again(EXAMPLE),
    }[change]()
    assert session.look == Look()
    assert session.choices == NetworkChoices(iterations=9, step=2)
    assert session.page == PageChoices(stage=3, plain_sliders=True, mnist_number=17)


def test_with_the_network_goes_what_was_chosen_for_it_too(session: Session) -> None:
    set_everything(session)
    session.use("renamed", "digest")
    assert session.look.focus == 3  # the same weights under another name
    session.use("renamed", "another digest")
    assert (session.look, session.choices) == (Look(), NetworkChoices())
    assert session.page == PageChoices(stage=3, plain_sliders=True, mnist_number=17)


def test_a_notice_is_said_once_and_where_it_belongs(session: Session) -> None:
    session.notify("panel.no_ink", name="a.png")
    session.notify("link.broken", fields="digit")
    assert [notice.values for notice in session.take_notices(of="panel.")] == [{"name": "a.png"}]
    assert session.take_notices(of="panel.") == []
    assert [notice.key for notice in session.take_notices()] == ["link.broken"]
