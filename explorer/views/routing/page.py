"""The routing page: how the votes of the primary capsules find agreement, iteration by iteration."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.components.chart_clicks import Click, listen_to_clicks
from explorer.components.theatre_controls import theatre_controls
from explorer.measures import over_iterations
from explorer.measures.couplings import sorted_capsules
from explorer.reading import CapsuleReading
from explorer.session import Session
from explorer.views.charts import CHART
from explorer.views.routing import closer_look, couplings, race, theatre
from explorer.views.routing.selection import pair_shown
from explorer.views.visit import Visit
from explorer.views.widgets import bound

MAPS = "all-maps"
"""Key of the part of the page that holds the theatre."""


def render(visit: Visit) -> None:
    """The race, all maps, and questions below them."""
    reading = visit.capsules
    race.render(visit, reading)
    maps, iterations = st.columns([5, 2], gap="medium")
    with iterations:
        race.iterations(visit, reading)
    with maps, st.container(key="routing"):
        _maps(visit, reading)
    closer_look.render(visit, reading)
    listen_to_clicks("chart-clicks", lambda click: _clicked(visit.session, reading, click))


def _maps(visit: Visit, reading: CapsuleReading) -> None:
    """The theatre: made only where it is looked at, since that takes longer than all else on the page."""
    say, session = visit.say, visit.session
    box = bound(
        st.expander,
        say("race.maps_title"),
        key=MAPS,
        value=session.page.maps,
        chosen=lambda is_open: session.set_up(maps=is_open),
    )
    if not box.open:
        return
    with box:
        scene = theatre.scene(reading, pair_shown(visit.session, reading))
        theatre_controls(theatre.KEY, theatre.controls(scene, say), visit.palette, key="theatre-controls")
        figure = theatre.figure(scene, say, visit.palette, narrow=visit.narrow)
        st.plotly_chart(figure, config=CHART, key=theatre.KEY, alt=theatre.alt(scene, say))
        st.caption(say("routing.theatre", channels=reading.grid[0]))


def _clicked(session: Session, reading: CapsuleReading, click: Click) -> None:
    """A cell of the theatre chooses its digit and follows its strongest capsule there; a row is a capsule."""
    _, rows, columns = reading.grid
    cells = len(reading.classes) * rows * columns
    if click.chart == theatre.KEY and click.value is not None and 0 <= click.value < cells:
        place = np.unravel_index(click.value, (len(reading.classes), rows, columns))
        digit, row, column = (int(part) for part in place)
        session.look_at(focus=digit, followed=over_iterations.strongest_at(reading, digit, row, column))
    elif click.chart == couplings.MATRIX and click.index[0] < len(reading.primary):
        session.look_at(followed=int(sorted_capsules(reading, couplings.sorting())[click.index[0]]))
