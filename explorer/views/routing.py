"""The routing page: how the votes of the primary capsules find agreement, iteration by iteration."""

from __future__ import annotations

import numpy as np
import streamlit as st

from capsnet.checkpoint import Checkpoint
from explorer import state
from explorer.figures.theatre import Scene
from explorer.listener import Click, listen, narrow
from explorer.measures import over_iterations
from explorer.measures.answer import two_longest
from explorer.measures.couplings import Sorting, sorted_capsules
from explorer.reading import DigitReading, Floats
from explorer.text import say
from explorer.views import closer, sources, stage
from explorer.views.look import CHART, colours

MOST_ITERATIONS = 10


def show(checkpoint: Checkpoint, reading: DigitReading | None) -> None:
    """Lays the page out for a reading, or says how to get one."""
    if reading is None:
        sources.invite(checkpoint, say("routing.empty"))
        return
    listen(state.LISTENER, lambda click: _clicked(reading, click))
    scene = stage.scene(reading, stage.cast(reading))
    told, chosen = st.columns([5, 2], gap="medium", vertical_alignment="center")
    with told, st.container(key="routing-summary"):
        st.markdown(_summary(reading, scene.couplings))
    with chosen:
        _iterations(reading)
    with st.container(key="routing"):
        _theatre(scene, reading.grid[0])
    closer.show(reading)


def _iterations(reading: DigitReading) -> None:
    """How many iterations are run, in all of the app."""
    st.session_state[state.ITERATIONS_INPUT] = reading.iterations
    st.number_input(
        say("routing.iterations", trained=reading.trained_iterations),
        1,
        MOST_ITERATIONS,
        step=1,
        key=state.ITERATIONS_INPUT,
        help=say("routing.iterations_help"),
        on_change=lambda: state.set_iterations(st.session_state[state.ITERATIONS_INPUT]),
    )


def _theatre(scene: Scene, channels: int) -> None:
    figure = stage.figure(scene, palette=colours(), narrow=narrow(state.LISTENER))
    st.plotly_chart(figure, config=CHART, key=state.THEATRE, alt=stage.alt(scene))
    st.caption(say("routing.theatre", channels=channels))


def _summary(reading: DigitReading, maps: Floats) -> str:
    """What routing did for this digit, in two sentences worked out from its numbers."""
    winner = two_longest(reading)[0]
    name, path = reading.classes[winner], over_iterations.answers(reading)
    first, last = float(reading.lengths[0, winner]), float(reading.lengths[-1, winner])
    if reading.iterations == 1:
        return say("routing.unrouted", name=name, length=last)
    if path[0] == winner:
        decided = say("routing.sharpened", name=name, first=first, last=last)
    else:
        since = over_iterations.settled(path)
        decided = say(
            "routing.changed", before=reading.classes[path[0]], name=name, since=since, first=first, last=last
        )
    gain = over_iterations.greatest_gain(maps, winner)
    sentences = [decided, say("routing.gained", region=say(f"routing.region_{gain.region}"), shares=gain.shares)]
    if reading.iterations > reading.trained_iterations:
        sentences.append(say("routing.beyond", trained=reading.trained_iterations))
    return " ".join(sentences)


def _clicked(reading: DigitReading, click: Click) -> None:
    """A cell of the theatre chooses its digit and follows its strongest capsule there; votes and rows are capsules."""
    if click.chart == state.THEATRE and click.value is not None:
        _, rows, columns = reading.grid
        place = np.unravel_index(int(click.value), (len(reading.classes), rows, columns))
        capsule, row, column = (int(part) for part in place)
        state.set_focus(capsule)
        state.set_followed(over_iterations.strongest_at(reading, capsule, row, column))
    elif click.chart in state.VOTES:
        state.set_followed(int(click.value))
    elif click.chart == state.MATRIX:
        state.set_followed(int(sorted_capsules(reading, Sorting(st.session_state[state.SORTING]))[click.index[0]]))
