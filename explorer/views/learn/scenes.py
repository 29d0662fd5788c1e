"""The view of a step: parts of other pages, set up as the step needs them, and pictures that only the lesson has."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.figures.exchanged import Exchanged, ExchangedLabels, exchanged
from explorer.lesson.answer import Given
from explorer.lesson.capsules import exchanged_lengths, picture_exchanged
from explorer.lesson.scenes import Anatomy, Picture
from explorer.lesson.steps import Step
from explorer.networks import threads
from explorer.reading import CapsuleReading
from explorer.views.charts import CHART
from explorer.views.learn import pictures
from explorer.views.overview.page import stages
from explorer.views.pose import instrument
from explorer.views.visit import Visit


def render(visit: Visit, given: Given, step: Step, *, predicting: bool) -> None:
    """What a step shows; while a prediction is open, without what would give the answer away."""
    reading = given.reading
    match step.scene:
        case Anatomy(stage, parts):
            stages(visit, reading, stage, parts=parts.value, locked=predicting, key=f"lesson-anatomy-{step.name}")
        case Picture.EXCHANGED:
            _exchanged(visit, reading, hidden=predicting)
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
