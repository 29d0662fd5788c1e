"""All couplings at once: the whole matrix, and what flows through it from the channels to the digits."""

from __future__ import annotations

import streamlit as st

from explorer import captions
from explorer.figures.flow import Flow, flow
from explorer.figures.matrix import Couplings, coupling_matrix
from explorer.measures.couplings import Sorting, flow_widths, matrix_colour_limit, sorted_capsules
from explorer.measures.over_iterations import LEAST_COLOUR_LIMIT
from explorer.reading import CapsuleReading
from explorer.views.charts import CHART
from explorer.views.routing.selection import Selection
from explorer.views.visit import Visit

MATRIX, SORTING = "matrix", "sorting"
"""Keys of the matrix and of the choice how it is sorted."""
FIRST_ROWS = 40
"""Rows of those that moved most that are shown first: names can be read, and few more move in three iterations."""


def sorting() -> Sorting:
    """How the rows of the matrix are sorted now."""
    return Sorting(st.session_state.get(SORTING) or Sorting.MOVED)


def render(visit: Visit, reading: CapsuleReading, selection: Selection) -> None:
    """The matrix and the flow, one above the other, each with what to look for."""
    say, name = visit.say, reading.classes[selection.digit]
    _matrix(visit, reading, selection)
    st.markdown(captions.coupling_sums_sentence(reading, selection.primary, say, selection.iteration))
    st.caption(say("closer_look.normalised_over"))
    widths = flow_widths(reading)
    st.markdown(captions.flow_sentence(reading, widths, selection.digit, say, selection.iteration))
    info = Flow(widths, selection.iteration, reading.classes, selection.digit)
    figure = flow(info, captions.flow_labels(name, say), visit.palette)
    st.plotly_chart(figure, config=CHART, key="flow", alt=say("closer_look.flow_alt", name=name))


def _matrix(visit: Visit, reading: CapsuleReading, selection: Selection) -> None:
    say = visit.say
    st.markdown(captions.moved_sentence(reading, say))
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
