"""The view of a step: parts of other pages, set up as the step needs them, and pictures that only the lesson has."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.components.race import Stand
from explorer.figures.drawn_votes import DrawnVotes, DrawnVotesLabels, drawn_votes
from explorer.figures.exchanged import Exchanged, ExchangedLabels, exchanged
from explorer.lesson import votes
from explorer.lesson.answer import Given
from explorer.lesson.capsules import exchanged_lengths, picture_exchanged
from explorer.lesson.scenes import Anatomy, ByHand, Picture, Race
from explorer.lesson.steps import Step
from explorer.networks import threads
from explorer.reading import CapsuleReading
from explorer.views.charts import CHART
from explorer.views.learn import pictures
from explorer.views.overview.page import stages
from explorer.views.pose import instrument
from explorer.views.routing import by_hand, race
from explorer.views.routing.selection import Selection
from explorer.views.visit import Visit

PARTS, NARROW_PARTS = 6, 4
"""Primary capsules whose votes are drawn, and on a phone."""


def render(visit: Visit, given: Given, step: Step, *, predicting: bool) -> None:
    """What a step shows; while a prediction is open, without what would give the answer away."""
    reading = given.reading
    match step.scene:
        case Anatomy(stage, parts):
            stages(visit, reading, stage, parts=parts.value, locked=predicting, key=f"lesson-anatomy-{step.name}")
        case Race(moment, then):
            race.show(visit, reading, Stand(moment if predicting else then, predicting), key=f"lesson-race-{step.name}")
        case ByHand(iteration, hidden):
            key = f"lesson-by-hand-{step.name}"
            looked = Selection(iteration - 1, *given.pair, given.followed)
            by_hand.show(visit, reading, looked, hidden if predicting else (), key=key)
        case Picture.EXCHANGED:
            _exchanged(visit, reading, hidden=predicting)
        case Picture.VOTES:
            _votes(visit, given)
        case Picture.SUMS:
            pictures.sums(visit, given, hidden=predicting)
        case Picture.MEMORY:
            pictures.memory(visit, given, hidden=predicting)
        case Picture.LOSS:
            pictures.loss(visit, given, hidden=predicting)
        case Picture.SLIDERS:
            instrument.sliders(visit, instrument.turned(visit, reading, given.pair[0]))
        case Picture.NETWORKS:
            pictures.compared(visit, given, hidden=predicting)


def _exchanged(visit: Visit, reading: CapsuleReading, *, hidden: bool) -> None:
    say, pooled = visit.say, reading.features.max(axis=(1, 2))
    with threads(1):
        other = exchanged_lengths(reading, visit.network.checkpoint.model)
    info = Exchanged(
        np.stack([reading.image, picture_exchanged(reading)]),
        np.stack([pooled, pooled]),
        np.stack([reading.lengths[-1], other]),
        reading.classes,
        hidden,
    )
    labels = ExchangedLabels(
        (say("learn_pooling.own"), say("learn_pooling.exchanged")),
        say("learn_pooling.strongest", filters=len(pooled)),
        say("learn_pooling.lengths"),
        say("learn_pooling.hidden"),
    )
    figure = exchanged(info, labels, visit.palette, narrow=visit.narrow)
    st.plotly_chart(figure, config=CHART, key="lesson-exchanged", alt=say("learn_pooling.alt"))


def _votes(visit: Visit, given: Given) -> None:
    say, reading, model, pair = visit.say, given.reading, given.model, given.pair
    parts = votes.strongest(reading, pair[0], NARROW_PARTS if visit.narrow else PARTS)
    with threads(1):
        drawn = np.stack([votes.drawn_votes(reading, model, capsule, parts) for capsule in pair])
    info = DrawnVotes(
        np.stack([votes.patch(reading, part) for part in parts]),
        drawn,
        np.stack([reading.image, *(reading.reconstructions[capsule] for capsule in pair)]),
    )
    for_each = [say("learn_votes.vote", name=reading.classes[capsule]) for capsule in pair]
    labels = DrawnVotesLabels(
        (say("learn_votes.sees", count=len(parts)), for_each[0], for_each[1]), say("learn_votes.together")
    )
    figure = drawn_votes(info, labels, visit.palette, narrow=visit.narrow)
    st.plotly_chart(figure, config=CHART, key="lesson-votes-drawn", alt=say("learn_votes.alt"))
