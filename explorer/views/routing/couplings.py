"""All couplings at once: the whole matrix, what a row and a column sum to, and a way to a capsule by number."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from explorer import captions
from explorer.figures.matrix import Couplings, coupling_matrix
from explorer.measures.couplings import Sorting, matrix_colour_limit, sorted_capsules
from explorer.measures.over_iterations import LEAST_COLOUR_LIMIT
from explorer.reading import CapsuleReading
from explorer.views.routing.selection import Selection
from explorer.views.visit import Visit
from explorer.views.widgets import bound

MATRIX, SORTING = "matrix", "sorting"
"""Keys of the matrix and of the choice how it is sorted."""
FIRST_ROWS = 40
"""Rows of those that moved most that are shown first: names can be read, and few more move in three iterations."""


def sorting() -> Sorting:
    """How the rows of the matrix are sorted now."""
    kept = st.session_state.get(SORTING)
    return Sorting(kept) if kept in list(Sorting) else Sorting.MOVED  # browsers may send anything


def render(visit: Visit, reading: CapsuleReading, selection: Selection) -> None:
    """How far couplings moved, the matrix, and its sums."""
    say = visit.say
    st.markdown(captions.moved_sentence(reading, say))
    _matrix(visit, reading, selection)
    st.markdown(captions.coupling_sums_sentence(reading, selection.primary, say, selection.iteration))
    st.caption(say("closer_look.normalised_over"))
    _choose(visit, reading, selection.primary)


def _matrix(visit: Visit, reading: CapsuleReading, selection: Selection) -> None:
    say = visit.say
    chosen = st.segmented_control(
        say("closer_look.sort"),
        list(Sorting),
        default=Sorting.MOVED,
        required=True,
        format_func=lambda choice: say(f"closer_look.sort_{choice.value}"),
        key=SORTING,
        persist_state="session",
    )
    sorting, colour_limit = Sorting(chosen), matrix_colour_limit(reading, LEAST_COLOUR_LIMIT)
    info = Couplings(
        reading.couplings[selection.iteration],
        sorted_capsules(reading, sorting),
        reading.classes,
        colour_limit,
        focus=selection.digit,
        followed=selection.primary,
        rows=FIRST_ROWS if sorting is Sorting.MOVED else None,
    )
    labels = captions.matrix_labels(reading, sorting, colour_limit, say)
    figure = coupling_matrix(info, labels, visit.palette, narrow=visit.narrow)
    config = {"displayModeBar": False, "doubleClick": "reset+autosize"}
    st.plotly_chart(figure, config=config, key=MATRIX, alt=say("closer_look.matrix_alt"))
    st.caption(say("closer_look.matrix_zoom"))


def _choose(visit: Visit, reading: CapsuleReading, primary: int) -> None:
    """The capsule that is followed, by its channel, row and column: for who has no pointer."""
    position = captions.primary_place(reading, primary)

    def moved_to(axis: str, number: int) -> None:
        place = tuple({**position, axis: number}.values())
        visit.session.look_at(followed=int(np.ravel_multi_index(place, reading.grid)))

    for column, (axis, here), count in zip(st.columns(3), position.items(), reading.grid, strict=True):
        with column:
            bound(
                st.number_input,
                visit.say(f"closer_look.number_{axis}"),
                0,
                count - 1,
                step=1,
                key=f"primary-{axis}",
                value=here,
                chosen=partial(moved_to, axis),
            )
