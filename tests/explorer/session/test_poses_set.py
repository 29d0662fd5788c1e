"""Poses that people set, each of one capsule of one digit as one network found it."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.session import Digit, Drawing, Example, Session
from explorer.session.digits import Digits
from explorer.session.poses import HISTORY_LENGTH

FIRST = Digit(Example("school-1"), np.ones((28, 28), np.float32), {"objects": [1]})
SECOND = Digit(Drawing(), np.ones((28, 28), np.float32), {"objects": [2]})


@pytest.fixture
def session() -> Session:
    begun = Session(Digits(FIRST))
    begun.use("small", "digest")
    return begun


def turn(session: Session, capsule: int, *pose: float) -> None:
    session.poses.turn(session.pose_set(capsule, pose))


def undo(session: Session, capsule: int) -> None:
    session.poses.undo(session.digit, session.digest, capsule)


def test_nothing_is_set_at_first(session: Session) -> None:
    assert session.pose(4) is None
    assert session.poses.newest_of(FIRST, "digest") is None
    assert session.poses.of_earlier_digit(FIRST, "digest") is None
    assert session.poses.morph_start("digest") is None


def test_a_pose_belongs_to_one_capsule_of_one_digit_of_one_network(session: Session) -> None:
    turn(session, 4, 0.1, 0.2)
    assert session.pose(4) == (0.1, 0.2)
    assert session.pose(9) is None
    session.replace_digit(SECOND)
    assert session.pose(4) is None
    session.show_again(FIRST)
    assert session.pose(4) == (0.1, 0.2)
    session.use("other", "another digest")
    assert session.pose(4) is None


def test_undo_goes_back_one_pose_of_this_capsule_and_says_that_it_moved(session: Session) -> None:
    turn(session, 4, 0.1)
    turn(session, 9, 0.7)
    turn(session, 4, 0.3)
    version = session.poses.version
    undo(session, 4)
    assert (session.pose(4), session.pose(9)) == ((0.1,), (0.7,))
    assert session.poses.version != version
    undo(session, 4)
    assert session.pose(4) is None
    version = session.poses.version
    undo(session, 4)
    assert session.poses.version == version


def test_the_same_digit_chosen_again_has_its_own_pose_again(session: Session) -> None:
    turn(session, 4, 0.1)
    version = session.poses.version
    session.replace_digit(Digit(FIRST.origin, FIRST.image, FIRST.drawing))
    assert session.pose(4) is None
    assert session.poses.version != version


def test_a_pose_of_an_earlier_digit_can_be_gone_back_to(session: Session) -> None:
    turn(session, 4, 0.1)
    assert session.poses.of_earlier_digit(session.digit, "digest") is None
    session.replace_digit(SECOND)
    earlier = session.poses.of_earlier_digit(session.digit, "digest")
    assert earlier is not None
    turn(session, 7, 0.2)
    assert session.poses.of_earlier_digit(session.digit, "digest") is None
    session.return_to(earlier)
    assert (session.digit, session.look.focus, session.pose(4)) == (FIRST, 4, (0.1,))
    assert session.poses.of_earlier_digit(session.digit, "another digest") is None


def test_history_is_bounded(session: Session) -> None:
    for step in range(2 * HISTORY_LENGTH):
        turn(session, 4, step / 100)
    undone = 0
    while session.pose(4) is not None:
        undo(session, 4)
        undone += 1
    assert undone == HISTORY_LENGTH


def test_a_morph_starts_from_a_pose_of_the_same_network(session: Session) -> None:
    start = session.pose_set(4, (0.1,))
    session.poses.start_morph(start)
    assert session.poses.morph_start("digest") is start
    assert session.poses.morph_start("another digest") is None
