"""All couplings at once: the whole matrix, and what flows through it from the channels to the digits."""

from __future__ import annotations

import streamlit as st

from explorer import captions, state
from explorer.figures.flow import Flow, flow
from explorer.figures.matrix import Couplings, coupling_matrix
from explorer.listener import narrow
from explorer.measures.couplings import Sorting, flow_widths, matrix_colour_limit, sorted_capsules
from explorer.measures.over_iterations import LEAST_COLOUR_LIMIT
from explorer.reading import DigitReading
from explorer.text import say
from explorer.views.look import CHART, Look, colours

FIRST_ROWS = 40
"""Rows of those that moved most that are shown first: names can be read, and few more move in three iterations."""


def show(reading: DigitReading, look: Look) -> None:
    """The matrix and the flow, one above the other, each with what to look for."""
    _matrix(reading, look)
    st.markdown(captions.coupling_sums_sentence(reading, look.capsule, say, look.iteration))
    st.caption(say("closer.normalised_over"))
    widths = flow_widths(reading)
    name = reading.classes[look.digit]
    st.markdown(captions.flow_sentence(reading, widths, look.digit, say, look.iteration))
    info = Flow(widths, look.iteration, reading.classes, look.digit)
    figure = flow(info, captions.flow_labels(name, say), colours())
    st.plotly_chart(figure, config=CHART, key="flow", alt=say("closer.flow_alt", name=name))


def _matrix(reading: DigitReading, look: Look) -> None:
    st.markdown(captions.moved_sentence(reading, say))
    chosen = st.segmented_control(
        say("closer.sort"),
        list(Sorting),
        required=True,
        format_func=lambda sorting: say(f"closer.sort_{sorting.value}"),
        key=state.SORTING,
        on_change=state.restored(state.SORTING, Sorting.MOVED),
    )
    sorting, colour_limit = Sorting(chosen), matrix_colour_limit(reading, LEAST_COLOUR_LIMIT)
    info = Couplings(
        reading.couplings[look.iteration],
        sorted_capsules(reading, sorting),
        reading.classes,
        colour_limit,
        focus=look.digit,
        followed=look.capsule,
        rows=FIRST_ROWS if sorting is Sorting.MOVED else None,
    )
    labels = captions.matrix_labels(reading, sorting, colour_limit, say)
    figure = coupling_matrix(info, labels, colours(), narrow=narrow(state.LISTENER))
    config = {"displayModeBar": False, "doubleClick": "reset+autosize"}
    st.plotly_chart(figure, config=config, key=state.MATRIX, alt=say("closer.matrix_alt"))
    st.caption(say("closer.matrix_zoom"))
