from __future__ import annotations

import numpy as np
import pytest
import streamlit as st
import torch

from capsnet.data import Dataset
from explorer import state
from explorer.state import Digit
from explorer.views import mnist

EMPTY = Digit("empty", None, None)
PATHS = {"objects": [{"type": "Path", "path": [["M", 1, 2], ["L", 3, 5]]}]}
EXAMPLE = Digit("example", np.ones((28, 28), np.float32), PATHS)


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    state.begin(EXAMPLE, "a network")


def test_a_session_opens_with_its_first_digit_and_nothing_to_undo() -> None:
    assert state.digit() is EXAMPLE
    assert not state.can_undo()
    state.undo()
    assert state.digit() is EXAMPLE


def test_beginning_again_changes_nothing() -> None:
    state.show(EMPTY)
    state.begin(EXAMPLE, "a network")
    assert state.digit() is EMPTY


def test_the_canvas_is_redrawn_for_what_did_not_come_from_it() -> None:
    key, start = state.canvas()
    assert start is PATHS
    state.drawn(Digit("drawing", None, {"objects": []}))
    assert state.canvas() == (key, PATHS)
    state.show(EMPTY)
    assert state.canvas()[0] != key
    assert state.canvas()[1] is None


def test_undo_brings_back_strokes_and_digit() -> None:
    drawing = Digit("drawing", None, {"objects": [1, 2]})
    state.drawn(drawing)
    state.show(EMPTY)
    state.undo()
    assert state.digit() is drawing
    assert state.canvas()[1] == {"objects": [1, 2]}
    state.undo()
    assert state.digit() is EXAMPLE


def test_the_canvas_has_changed_when_it_holds_other_strokes() -> None:
    assert not state.canvas_changed(PATHS["objects"])
    assert state.canvas_changed([*PATHS["objects"], {"type": "Path"}])
    assert not state.canvas_changed([*PATHS["objects"], {"type": "Path"}])
    assert state.canvas_changed([])


def test_history_is_bounded() -> None:
    for number in range(2 * state.HISTORY_LENGTH):
        state.drawn(Digit(str(number), None, None))
    undone = 0
    while state.can_undo():
        state.undo()
        undone += 1
    assert undone == state.HISTORY_LENGTH - 1


def test_choices_belong_to_one_digit_and_one_network() -> None:
    key = state.meant_key()
    state.set_focus(3)
    state.begin(EXAMPLE, "a network")
    assert state.focus() == 3
    state.begin(EXAMPLE, "another network")
    assert state.focus() is None
    assert state.meant_key() != key
    state.set_focus(3)
    state.drawn(EMPTY)
    assert state.focus() is None


def test_a_problem_is_said_once() -> None:
    state.set_problem("too large")
    assert state.problem() == "too large"
    assert state.problem() is None


def test_a_widgets_choice_outlives_the_widget() -> None:
    keep = state.restored("sorting", "first")
    assert st.session_state["sorting"] == "first"
    st.session_state["sorting"] = "chosen"
    keep()
    del st.session_state["sorting"]  # as Streamlit does while the widget is not shown
    state.restored("sorting", "first")
    assert st.session_state["sorting"] == "chosen"
    state.keep("sorting", "set")
    assert state.kept("sorting") == "set"


def test_digits_of_a_class_come_one_after_the_other_from_the_first_on() -> None:
    digits = Dataset("mnist", torch.zeros(7, 28, 28, dtype=torch.uint8), torch.zeros(7, dtype=torch.int64), ("0",))
    for expected in (0, 3, 5, 0):
        mnist._show_next(digits, torch.tensor([0, 3, 5]))
        assert state.kept(state.MNIST_NUMBER) == expected
        assert f"digit {expected}," in state.digit().source
