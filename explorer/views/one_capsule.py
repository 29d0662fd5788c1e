"""What one part does: a primary capsule's votes, couplings and agreements, with its own numbers in the formulas."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from explorer import state
from explorer.figures.base import plain
from explorer.figures.vectors import VectorLabels, VoteAndPose, two_vectors
from explorer.measures.capsule_story import CapsuleStory, capsule_story
from explorer.reading import DigitReading
from explorer.text import say
from explorer.views.look import CHART, Look, colours


def show(reading: DigitReading, look: Look) -> None:
    """The capsule's numbers, its four steps, two agreements as arrows, and the table for all digits."""
    story = capsule_story(reading, look.capsule, look.iteration)
    _choose(reading.grid, story)
    name = reading.classes[look.digit]
    st.markdown(say("closer.capsule", name=name, channel=story.channel, row=story.row, column=story.column))
    st.caption(say("closer.seen", pose=", ".join(f"{number:+.2f}" for number in story.pose)))
    _steps(reading, look, story)
    for column, j, rival in zip(st.columns(2), (look.digit, look.rival), (False, True), strict=True):
        with column:
            _arrows(reading, look.iteration, j, story, rival=rival)
    _table(reading.classes, story)


def _choose(grid: tuple[int, int, int], story: CapsuleStory) -> None:
    """Channel, row and column, by number."""
    keys, position = state.CAPSULE_INPUTS, (story.channel, story.row, story.column)
    st.session_state.update(zip(keys, position, strict=True))
    for column, label, key, count in zip(st.columns(3), ("channel", "row", "column"), keys, grid, strict=True):
        column.number_input(
            say(f"closer.number_{label}"), 0, count - 1, step=1, key=key, on_change=lambda: _follow(grid)
        )


def _follow(grid: tuple[int, int, int]) -> None:
    place = tuple(st.session_state[key] for key in state.CAPSULE_INPUTS)
    state.set_followed(int(np.ravel_multi_index(place, grid)))


def _steps(reading: DigitReading, look: Look, story: CapsuleStory) -> None:
    """The four steps of the textbook, each formula with this capsule's own numbers put in."""
    j, name = look.digit, reading.classes[look.digit]
    length = float(reading.lengths[look.iteration, j])
    # a_ij of the iteration before: it is what brought b to where it is.
    added = 0.0 if look.iteration == 0 else float(reading.agreements[look.iteration - 1, story.index, j])
    values: dict[str, Any] = {
        "seen": float(np.linalg.norm(story.pose)),
        "vote": float(story.vote_lengths[j]),
        "old": float(story.logits[j]) - added,
        "added": added,
        "logit": float(story.logits[j]),
        "coupling": float(story.couplings[j]),
        "shares": float(story.couplings[j]) * len(reading.classes),
        "along": float(story.couplings[j] * story.agreements[j]) / length if length > 0 else 0.0,
        "total": float(np.linalg.norm(reading.sums[look.iteration, j])),
        "length": length,
        "iteration": look.iteration + 1,
    }
    for column, step in zip(st.columns(4), ("transform", "weigh", "sum", "squash"), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{say(f'closer.title_{step}')}**")
            for formula in say(f"closer.formula_{step}", name=rf"\text{{{name}}}", **values).splitlines():
                st.markdown(f"${formula}$")
            st.caption(say(f"closer.words_{step}", name=name, **values))


def _arrows(reading: DigitReading, iteration: int, j: int, story: CapsuleStory, *, rival: bool) -> None:
    """Why agreement is a dot product, on this capsule's own vote."""
    name, agreement = reading.classes[j], float(story.agreements[j])
    sentence = say("closer.arrows", name=name, agreement=agreement)
    if story.next_couplings is not None:
        now, then = float(story.couplings[j]), float(story.next_couplings[j])
        sentence += " " + say(f"closer.arrows_{'up' if then > now else 'down'}", now=now, then=then)
    info = VoteAndPose(float(story.vote_lengths[j]), float(reading.lengths[iteration, j]), agreement, rival)
    labels = VectorLabels(say("closer.vote"), say("closer.pose", name=plain(name)))
    figure = two_vectors(info, labels, colours())
    st.markdown(sentence)
    st.plotly_chart(figure, config=CHART, key=f"arrows-{'rival' if rival else 'first'}", alt=sentence)


def _table(classes: tuple[str, ...], story: CapsuleStory) -> None:
    """b, c and a for every digit: the row of couplings makes 1."""
    st.table(
        {
            say("closer.table_digit"): list(classes),
            say("closer.table_vote"): [f"{value:.2f}" for value in story.vote_lengths],
            say("closer.table_logit"): [f"{value:+.2f}" for value in story.logits],
            say("closer.table_coupling"): [f"{value:.3f}" for value in story.couplings],
            say("closer.table_agreement"): [f"{value:+.2f}" for value in story.agreements],
            say("closer.table_next"): [f"{value:+.2f}" for value in story.next_logits],
        }
    )
