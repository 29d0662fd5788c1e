"""Whether the votes agree: those for the digit looked at and those for its rival, in a plane each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from explorer import state
from explorer.captions import primary_names
from explorer.figures.vote_plane import Frame, VoteLabels, Votes, channel_colours, place_colours, vote_plane
from explorer.measures import plane
from explorer.measures.plane import VotePlane
from explorer.reading import DigitReading, Floats
from explorer.text import say
from explorer.views.look import CHART, Look, colours


def show(reading: DigitReading, look: Look) -> None:
    """Two planes side by side, and how routing resembles clustering."""
    names = reading.classes[look.digit], reading.classes[look.rival]
    st.markdown(say("closer.votes", name=names[0], rival=names[1]))
    colouring = st.segmented_control(
        say("closer.colour"),
        ["agreement", "place", "channel"],
        required=True,
        format_func=lambda choice: say(f"closer.colour_{choice}"),
        key=state.COLOURING,
        on_change=state.restored(state.COLOURING, "agreement"),
    )
    pair = [look.digit, look.rival]
    planes = [plane.vote_plane(reading, j) for j in pair]
    weights = reading.couplings[:, :, pair] * np.linalg.norm(reading.votes[:, pair], axis=-1)  # c_ij |u_hat| [R, I, 2]
    labels = VoteLabels(primary_names(reading, say), say("closer.plane_x"), say("closer.plane_y"))
    frame = _frame(planes, weights)
    for which, (column, flat) in enumerate(zip(st.columns(2), planes, strict=True)):
        with column:
            st.markdown(say("closer.plane", name=names[which], share=flat.share))
            info = Votes(
                flat.votes,
                weights[look.iteration, :, which],
                reading.agreements[look.iteration, :, pair[which]],
                flat.poses[: look.iteration + 1],
                frame,
                rival=which == 1,
                colours=_colours(reading, str(colouring)),
            )
            figure = vote_plane(info, labels, colours())
            alt = say("closer.plane_alt", name=names[which])
            st.plotly_chart(figure, config=CHART, key=state.VOTES[which], alt=alt)
    with st.expander(say("closer.clustering_title")):
        st.markdown(say("closer.clustering"))


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


def _colours(reading: DigitReading, by: str) -> list[str] | None:
    if by == "place":
        return place_colours(reading.grid)
    if by == "channel":
        return channel_colours(reading.grid)
    return None
