"""The routing page: how the votes of the primary capsules find agreement, iteration by iteration."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer import captions
from explorer.components.chart_clicks import Click, listen_to_clicks
from explorer.components.live import follow_pen
from explorer.components.theatre_controls import theatre_controls
from explorer.measures import over_iterations
from explorer.measures.couplings import sorted_capsules
from explorer.networks import threads
from explorer.reading import CapsuleReading
from explorer.session import Session
from explorer.views.charts import CHART
from explorer.views.routing import closer_look, couplings, theatre
from explorer.views.routing.selection import pair_shown
from explorer.views.visit import Visit
from explorer.views.widgets import bound

MOST_ITERATIONS = 10


def render(visit: Visit) -> None:
    """What routing did, in words and as an animation, and questions below it."""
    reading, say = visit.capsules, visit.say
    listen_to_clicks("chart-clicks", lambda click: _clicked(visit.session, reading, click))
    scene = theatre.scene(reading, pair_shown(visit.session, reading))
    summary, iterations = st.columns([5, 2], gap="medium", vertical_alignment="center")
    with summary, st.container(key="routing-summary"):
        st.markdown(captions.routing_summary(reading, scene.couplings, visit.network.thresholds, say))
    with iterations:
        _iterations(visit, reading)
    with st.container(key="routing-facts"):
        _facts(visit, reading)
    with st.container(key="routing"):
        theatre_controls(theatre.KEY, theatre.controls(scene, say), visit.palette, key="theatre-controls")
        figure = theatre.figure(scene, say, visit.palette, narrow=visit.narrow)
        st.plotly_chart(figure, config=CHART, key=theatre.KEY, alt=theatre.alt(scene, say))
        st.caption(say("routing.theatre", channels=reading.grid[0]))
    closer_look.render(visit, reading)
    follow_pen("routing", visit.network.checkpoint, {}, visit.palette)


def _facts(visit: Visit, reading: CapsuleReading) -> None:
    """What the answer rests on, in the numbers of this digit."""
    with threads(1):
        facts = captions.routing_facts(reading, visit.network.thresholds, visit.say)
    for place, (column, fact) in enumerate(zip(st.columns(len(facts)), facts, strict=True)):
        with column:
            st.markdown(fact, help=visit.say("routing.facts_help") if place == len(facts) - 1 else None)


def _iterations(visit: Visit, reading: CapsuleReading) -> None:
    """How many iterations are run, in all of the app."""
    bound(
        st.number_input,
        visit.say("routing.iterations", trained=reading.trained_iterations),
        1,
        MOST_ITERATIONS,
        step=1,
        key="iterations",
        value=reading.iterations,
        chosen=lambda count: visit.session.choose(iterations=count, step=None),
        help=visit.say("routing.iterations_help"),
    )


def _clicked(session: Session, reading: CapsuleReading, click: Click) -> None:
    """A cell of the theatre chooses its digit and follows its strongest capsule there; a row is a capsule."""
    if click.chart == theatre.KEY and click.value is not None:
        _, rows, columns = reading.grid
        place = np.unravel_index(int(click.value), (len(reading.classes), rows, columns))
        digit, row, column = (int(part) for part in place)
        session.look_at(focus=digit, followed=over_iterations.strongest_at(reading, digit, row, column))
    elif click.chart == couplings.MATRIX:
        session.look_at(followed=int(sorted_capsules(reading, couplings.sorting())[click.index[0]]))
