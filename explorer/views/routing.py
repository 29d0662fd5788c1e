"""The routing page: how the votes of the primary capsules find agreement, iteration by iteration."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from explorer import measures, state
from explorer.figures.theatre import Scene, Words, theatre
from explorer.listener import listen, narrow
from explorer.measures import routing
from explorer.reading import DigitReading, Floats
from explorer.text import say
from explorer.views import closer
from explorer.views.look import CHART, dark

MOST_ITERATIONS = 10


def show(reading: DigitReading | None) -> None:
    """Lays the page out for a reading, or says how to get one."""
    if reading is None:
        st.header(say("overview.empty_title"))
        st.write(say("routing.empty"))
        return
    listen(state.LISTENER, lambda chart, value: _clicked(reading, chart, value))
    maps = routing.coupling_maps(reading)
    told, chosen = st.columns([5, 2], gap="medium", vertical_alignment="center")
    with told, st.container(key="routing-summary"):
        st.markdown(_summary(reading, maps))
    with chosen:
        _iterations(reading)
    with st.container(key="routing"):
        _theatre(reading, maps)
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


def _theatre(reading: DigitReading, maps: Floats) -> None:
    result, meant = measures.verdict(reading), state.meant()
    rival = result.rival if meant is None or meant == result.winner else meant
    evidence = routing.evidence_maps(reading)
    scene = Scene(
        maps,
        evidence,
        reading.lengths,
        routing.total_agreements(reading),
        routing.entropies(reading),
        (routing.coupling_reach(maps), routing.evidence_reach(evidence)),
        reading.classes,
        result.winner,
        rival,
    )
    figure = theatre(scene, _words(scene), narrow=narrow(state.LISTENER), dark=dark())
    alt = say("routing.theatre_alt", name=reading.classes[result.winner], rival=reading.classes[rival])
    st.plotly_chart(figure, config=CHART, key=state.THEATRE, alt=alt)
    st.caption(say("routing.theatre"))


def _summary(reading: DigitReading, maps: Floats) -> str:
    """What routing did for this digit, in two sentences worked out from its numbers."""
    winner = measures.verdict(reading).winner
    name, path = reading.classes[winner], routing.answers(reading)
    first, last = float(reading.lengths[0, winner]), float(reading.lengths[-1, winner])
    if reading.iterations == 1:
        return say("routing.unrouted", name=name, length=last)
    if path[0] == winner:
        decided = say("routing.sharpened", name=name, first=first, last=last)
    else:
        since = routing.settled(path)
        decided = say(
            "routing.changed", before=reading.classes[path[0]], name=name, since=since, first=first, last=last
        )
    gain = routing.greatest_gain(maps, winner)
    sentences = [decided, say("routing.gained", region=say(f"routing.{gain.region}"), shares=gain.shares)]
    if reading.iterations > reading.trained_iterations:
        sentences.append(say("routing.beyond", trained=reading.trained_iterations))
    return " ".join(sentences)


def _words(scene: Scene) -> Words:
    share, winner, rival = 2 ** scene.reaches[0], scene.classes[scene.winner], scene.classes[scene.rival]
    cell = {name: f"{{{name}}}" for name in ("name", "row", "column", "values")}
    return Words(
        player=(say("routing.play"), say("routing.slowly"), say("routing.pause")),
        layers=(say("routing.coupling"), say("routing.evidence")),
        coupling_scale=(say("routing.less", share=share), say("routing.equal"), say("routing.more", share=share)),
        evidence_scale=(say("routing.against"), "0", say("routing.for")),
        agreement=say("routing.agreement", winner=winner, rival=rival),
        entropy=say("routing.entropy"),
        iteration=say("routing.iteration", step="{step}", steps="{steps}"),
        between=say("routing.between", step="{step}", next="{next}"),
        coupling_place=say("routing.coupling_place", **cell),
        evidence_place=say("routing.evidence_place", **cell),
    )


def _clicked(reading: DigitReading, chart: str, value: Any) -> None:
    """A cell of the theatre chooses its digit and follows its strongest capsule; other marks are capsules."""
    if chart != state.THEATRE:
        state.set_followed(int(value))
        return
    _, rows, columns = reading.grid
    capsule, row, column = (int(part) for part in np.unravel_index(int(value), (len(reading.classes), rows, columns)))
    state.set_focus(capsule)
    state.set_followed(routing.strongest_at(reading, capsule, row, column))
