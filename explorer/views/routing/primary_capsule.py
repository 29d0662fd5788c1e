"""What one primary capsule does: its votes, couplings and agreements, with its own numbers in the formulas."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from explorer.figures.base import plain
from explorer.figures.vectors import VectorLabels, VoteAndPose, two_vectors
from explorer.measures.capsule_story import CapsuleStory, capsule_story
from explorer.reading import CapsuleReading
from explorer.text import Say
from explorer.text.say import escaped
from explorer.views.charts import CHART
from explorer.views.routing import formulas
from explorer.views.routing.selection import Selection, follow
from explorer.views.visit import Visit
from explorer.views.widgets import bound


def render(visit: Visit, reading: CapsuleReading, selection: Selection) -> None:
    """The capsule's numbers, its four steps, two agreements as arrows, and the table for all digits."""
    say, name = visit.say, reading.classes[selection.digit]
    story = capsule_story(reading, selection.primary, selection.iteration)
    _choose(visit, reading.grid, story)
    place = {"channel": story.channel, "row": story.row, "column": story.column}
    st.markdown(say.markdown("closer_look.capsule", name=name, **place))
    st.caption(say("closer_look.seen", pose=", ".join(f"{number:+.2f}" for number in story.pose)))
    _steps(visit, reading, selection, story)
    for column, j, rival in zip(st.columns(2), (selection.digit, selection.rival), (False, True), strict=True):
        with column:
            _arrows(visit, reading, selection.iteration, j, story, rival=rival)
    _table(say, reading.classes, story)


def _choose(visit: Visit, grid: tuple[int, int, int], story: CapsuleStory) -> None:
    """Channel, row and column, by number."""
    position = {"channel": story.channel, "row": story.row, "column": story.column}

    def moved_to(axis: str, number: int) -> None:
        follow(visit.session, int(np.ravel_multi_index(tuple({**position, axis: number}.values()), grid)))

    for column, (axis, here), count in zip(st.columns(3), position.items(), grid, strict=True):
        with column:
            bound(
                st.number_input,
                visit.say(f"closer_look.number_{axis}"),
                0,
                count - 1,
                step=1,
                key=f"primary-{axis}",
                value=here,
                chosen=partial(moved_to, axis),
            )


def _steps(visit: Visit, reading: CapsuleReading, selection: Selection, story: CapsuleStory) -> None:
    """The four steps of the textbook, each formula with this capsule's own numbers put in."""
    j, name, say = selection.digit, reading.classes[selection.digit], visit.say
    length = float(reading.lengths[selection.iteration, j])
    # a_ij of the iteration before: it is what brought b to where it is.
    added = 0.0 if selection.iteration == 0 else float(reading.agreements[selection.iteration - 1, story.index, j])
    values: dict[str, Any] = {
        "seen": float(np.linalg.norm(story.pose)),
        "vote": float(story.vote_lengths[j]),
        "old": float(story.logits[j]) - added,
        "added": added,
        "logit": float(story.logits[j]),
        "coupling": float(story.couplings[j]),
        "shares": float(story.couplings[j]) * len(reading.classes),
        "along": float(story.couplings[j] * story.agreements[j]) / length if length > 0 else 0.0,
        "total": float(np.linalg.norm(reading.sums[selection.iteration, j])),
        "length": length,
        "iteration": selection.iteration + 1,
        "inverse_temperature": reading.inverse_temperature,
    }
    for column, (step, formula) in zip(st.columns(4), formulas.STEPS.items(), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{say(f'closer_look.title_{step}')}**")
            for line in formula(name=name, **values):
                st.markdown(f"${line}$")
            st.caption(say.markdown(f"closer_look.words_{step}", name=name, **values))


def _arrows(visit: Visit, reading: CapsuleReading, iteration: int, j: int, story: CapsuleStory, *, rival: bool) -> None:
    """Why agreement is a dot product, on this capsule's own vote."""
    say, agreement = visit.say, float(story.agreements[j])
    text, values = "closer_look.arrows", {"name": reading.classes[j], "agreement": agreement}
    if story.next_couplings is not None:
        now, then = float(story.couplings[j]), float(story.next_couplings[j])
        text = "closer_look.arrows_up" if then > now else "closer_look.arrows_down"
        values |= {"now": now, "then": then}
    info = VoteAndPose(float(story.vote_lengths[j]), float(reading.lengths[iteration, j]), agreement, rival)
    labels = VectorLabels(say("closer_look.vote"), say("closer_look.pose", name=plain(reading.classes[j])))
    figure = two_vectors(info, labels, visit.palette)
    st.markdown(say.markdown(text, **values))
    st.plotly_chart(figure, config=CHART, key=f"arrows-{'rival' if rival else 'first'}", alt=say(text, **values))


def _table(say: Say, classes: tuple[str, ...], story: CapsuleStory) -> None:
    """b, c and a for every digit: the row of couplings makes 1."""
    st.table(
        {
            say("closer_look.table_digit"): [escaped(name) for name in classes],
            say("closer_look.table_vote"): [f"{value:.2f}" for value in story.vote_lengths],
            say("closer_look.table_logit"): [f"{value:+.2f}" for value in story.logits],
            say("closer_look.table_coupling"): [f"{value:.3f}" for value in story.couplings],
            say("closer_look.table_agreement"): [f"{value:+.2f}" for value in story.agreements],
            say("closer_look.table_next"): [f"{value:+.2f}" for value in story.next_logits],
        }
    )
