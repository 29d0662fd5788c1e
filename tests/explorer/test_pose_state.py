"""What the app keeps of poses that people set."""

from __future__ import annotations

import numpy as np
import pytest
import streamlit as st

from explorer import state
from explorer.state import Digit

FIRST = Digit("first", np.ones((28, 28), np.float32), {"objects": [1]})
SECOND = Digit("second", np.ones((28, 28), np.float32), {"objects": [2]})


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    state.begin(FIRST, "a network")


def test_nothing_is_set_at_first() -> None:
    assert state.pose(4) is None
    assert not state.can_undo_pose(4)
    assert state.pose_aside() is None


def test_a_pose_belongs_to_one_capsule_of_one_digit() -> None:
    state.set_pose(4, (0.1, 0.2))
    assert state.pose(4) == (0.1, 0.2)
    assert state.pose(9) is None
    state.show(SECOND)
    assert state.pose(4) is None
    state.undo()
    assert state.pose(4) == (0.1, 0.2)


def test_undo_goes_back_one_pose_of_this_capsule_and_says_that_it_moved() -> None:
    state.set_pose(4, (0.1,))
    state.set_pose(9, (0.7,))
    state.set_pose(4, (0.3,))
    version = state.pose_version()
    state.undo_pose(4)
    assert state.pose(4) == (0.1,)
    assert state.pose(9) == (0.7,)
    assert state.pose_version() != version
    state.undo_pose(4)
    assert state.pose(4) is None
    version = state.pose_version()
    state.undo_pose(4)
    assert state.pose_version() == version


def test_the_same_digit_chosen_again_has_its_own_pose_again() -> None:
    state.set_pose(4, (0.1,))
    version = state.pose_version()
    state.show(Digit(FIRST.source, FIRST.image, FIRST.drawing))
    assert state.pose(4) is None
    assert state.pose_version() != version


def test_a_new_digit_puts_the_pose_aside_and_there_is_a_way_back() -> None:
    state.set_pose(9, (0.1,))
    assert state.pose_aside() is None
    state.drawn(SECOND)
    aside = state.pose_aside()
    assert aside is not None
    assert aside.digit is FIRST
    state.return_to_pose(aside)
    assert state.digit() is FIRST
    assert state.canvas()[1] == FIRST.drawing
    assert state.focus() == 9
    assert state.pose(9) == (0.1,)
    assert state.pose_aside() is None


def test_a_pose_of_the_new_digit_ends_the_notice() -> None:
    state.set_pose(9, (0.1,))
    state.drawn(SECOND)
    state.set_pose(9, (0.2,))
    assert state.pose_aside() is None


def test_poses_mean_nothing_to_another_network() -> None:
    state.set_pose(4, (0.1,))
    state.keep_morph_start(4, (0.1,))
    state.begin(FIRST, "another network")
    assert state.pose(4) is None
    assert state.pose_aside() is None
    assert state.morph_start() is None
    state.begin(FIRST, "a network")
    assert state.pose(4) == (0.1,)
    assert state.morph_start() is not None


def test_poses_are_bounded() -> None:
    for number in range(2 * state.HISTORY_LENGTH):
        state.set_pose(4, (float(number),))
    undone = 0
    while state.can_undo_pose(4):
        state.undo_pose(4)
        undone += 1
    assert undone == state.HISTORY_LENGTH


def test_a_pose_put_back_moves_the_sliders() -> None:
    version = state.pose_version()
    state.set_pose(4, (0.1,))
    assert state.pose_version() == version
    state.replace_pose(4, (0.0,))
    assert state.pose_version() != version
