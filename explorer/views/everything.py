"""All couplings at once: the whole matrix, and what flows through it from the channels to the digits."""

from __future__ import annotations

import streamlit as st

from explorer import captions, state
from explorer.components.viewport import is_narrow
from explorer.figures.flow import flow
from explorer.figures.matrix import coupling_matrix
from explorer.measures.couplings import Sorting, flow_widths, matrix_reach, sorted_capsules
from explorer.measures.routing import LEAST_REACH
from explorer.reading import DigitReading
from explorer.text import say
from explorer.views.look import CHART, Look, dark

FIRST_ROWS = 40
"""Rows of those that moved most that are shown first: names can be read, and few more move in three iterations."""


def show(reading: DigitReading, look: Look) -> None:
    """The matrix and the flow, one above the other, each with what to look for."""
    _matrix(reading, look)
    st.markdown(captions.shared_out_sentence(reading, look.capsule, look.iteration))
    st.caption(say("closer.normalised_over"))
    widths = flow_widths(reading)
    name = reading.classes[look.digit]
    st.markdown(captions.flow_sentence(reading, widths, look.digit, look.iteration))
    figure = flow(widths, look.iteration, reading.classes, look.digit, captions.flow_words(name))
    st.plotly_chart(figure, config=CHART, key="flow", alt=say("closer.flow_alt", name=name))


def _matrix(reading: DigitReading, look: Look) -> None:
    st.markdown(captions.moved_sentence(reading))
    chosen = st.segmented_control(
        say("closer.sort"),
        list(Sorting),
        required=True,
        format_func=lambda sorting: say(f"closer.sort_{sorting.value}"),
        key=state.SORTING,
        on_change=state.restored(state.SORTING, Sorting.MOVED),
    )
    sorting, reach = Sorting(chosen), matrix_reach(reading, LEAST_REACH)
    figure = coupling_matrix(
        reading.couplings[look.iteration],
        sorted_capsules(reading, sorting),
        captions.primary_names(reading),
        reading.classes,
        reach,
        captions.matrix_words(reach),
        marks=captions.matrix_marks(reading, sorting),
        focus=look.digit,
        followed=look.capsule,
        rows=FIRST_ROWS if sorting is Sorting.MOVED else None,
        narrow=is_narrow(state.VIEWPORT),
        dark=dark(),
    )
    config = {"displayModeBar": False, "doubleClick": "reset+autosize"}
    st.plotly_chart(figure, config=config, key=state.MATRIX, alt=say("closer.matrix_alt"))
    st.caption(say("closer.matrix_zoom"))
