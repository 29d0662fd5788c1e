"""Whether the votes agree: those for the digit looked at and those for its rival, in a plane each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from explorer.arrays import Floats
from explorer.captions import primary_names
from explorer.figures.vote_plane import Frame, VoteLabels, Votes, channel_colours, place_colours, vote_plane
from explorer.measures import plane
from explorer.measures.plane import VotePlane
from explorer.reading import CapsuleReading
from explorer.views.charts import CHART
from explorer.views.routing.selection import Selection
from explorer.views.visit import Visit

CHARTS = ("votes_digit", "votes_rival")
"""Keys of the two planes."""


def render(visit: Visit, reading: CapsuleReading, selection: Selection) -> None:
    """Two planes side by side, and how routing resembles clustering."""
    say = visit.say
    names = reading.classes[selection.digit], reading.classes[selection.rival]
    st.markdown(say.markdown("closer_look.votes", name=names[0], rival=names[1]))
    colouring = st.segmented_control(
        say("closer_look.colour"),
        ["agreement", "place", "channel"],
        default="agreement",
        required=True,
        format_func=lambda choice: say(f"closer_look.colour_{choice}"),
        key="colouring",
        persist_state="session",
    )
    pair = [selection.digit, selection.rival]
    planes = [plane.vote_plane(reading, j) for j in pair]
    weights = reading.couplings[:, :, pair] * np.linalg.norm(reading.votes[:, pair], axis=-1)  # c_ij |u_hat| [R, I, 2]
    labels = VoteLabels(primary_names(reading, say), say("closer_look.plane_x"), say("closer_look.plane_y"))
    frame = _frame(planes, weights)
    for which, (column, flat) in enumerate(zip(st.columns(2), planes, strict=True)):
        with column:
            st.markdown(say.markdown("closer_look.plane", name=names[which], share=flat.share))
            info = Votes(
                flat.votes,
                weights[selection.iteration, :, which],
                reading.agreements[selection.iteration, :, pair[which]],
                flat.poses[: selection.iteration + 1],
                frame,
                rival=which == 1,
                colours=_colours(reading, str(colouring)),
            )
            figure = vote_plane(info, labels, visit.palette)
            alt = say("closer_look.plane_alt", name=names[which])
            st.plotly_chart(figure, config=CHART, key=CHARTS[which], alt=alt)
    with st.expander(say("closer_look.clustering_title")):
        st.markdown(say("closer_look.clustering"))


def _frame(planes: Sequence[VotePlane], weights: Floats) -> Frame:
    """Axes and sizes that hold for both planes and all iterations."""
    points = np.concatenate([part for flat in planes for part in (flat.votes, flat.poses)])
    low, high = float(points[:, 0].min()), float(points[:, 0].max())
    margin = 0.05 * (high - low) + 0.05
    return Frame(
        across=(low - margin, high + margin),
        up=float(np.abs(points[:, 1]).max()) + margin,
        heaviest=max(float(weights.max()), 1e-6),
    )


def _colours(reading: CapsuleReading, by: str) -> list[str] | None:
    if by == "place":
        return place_colours(reading.grid)
    if by == "channel":
        return channel_colours(reading.grid)
    return None
