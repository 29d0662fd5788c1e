"""Pictures that only the lesson has; while a prediction is open, without what would give the answer away."""

from __future__ import annotations

import numpy as np
import streamlit as st

from capsnet.checkpoint import CheckpointError
from capsnet.losses import ABSENT, PRESENT
from explorer import networks
from explorer.digit_library import fitted
from explorer.figures.lengths import (
    LengthRows,
    LengthRuns,
    MarginCurves,
    MarginLabels,
    length_rows,
    length_runs,
    margin_curves,
)
from explorer.lesson import routing, training
from explorer.lesson.answer import Given
from explorer.lesson.variants import routed_otherwise
from explorer.measures.couplings import movement
from explorer.networks import Network, threads
from explorer.reading import CapsuleReading
from explorer.text.say import escaped
from explorer.views.charts import CHART
from explorer.views.visit import Visit


def sums(visit: Visit, given: Given, *, hidden: bool) -> None:
    """The lengths with the softmax over the right capsules, and over the wrong ones."""
    reading, say = given.reading, visit.say
    with threads(1):
        mistaken = routed_otherwise(reading, reading.iterations, over_primary=True)[-1]
    info = LengthRows(np.stack([reading.lengths[-1], mistaken]), reading.classes, given.pair, hidden)
    titles = (say("learn_sums.row_right"), say("learn_sums.row_mistaken"))
    chart = length_rows(info, titles, say("learn_sums.hidden"), visit.palette)
    st.plotly_chart(chart, config=CHART, key="lesson-chart-sums", alt=say("learn_sums.alt"))


def memory(visit: Visit, given: Given, *, hidden: bool) -> None:
    """How lengths go where agreements add up, and where they are forgotten."""
    reading, say, pair = given.reading, visit.say, list(given.pair)
    with threads(1):
        adding, forgetting = (
            routed_otherwise(reading, routing.LONG_RUN, forgets=forgets)[:, pair] for forgets in (False, True)
        )
    names = (reading.classes[pair[0]], reading.classes[pair[1]])
    labels = (say("learn_memory.adding"), say("learn_memory.forgetting"))
    chart = length_runs(LengthRuns(adding, forgetting, names, hidden), labels, say("learn_memory.axis"), visit.palette)
    st.plotly_chart(chart, config=CHART, key="lesson-chart-memory", alt=say("learn_memory.alt"))


def loss(visit: Visit, given: Given, *, hidden: bool) -> None:
    """The margin loss of all lengths; while it is hidden, the curves without the capsules."""
    reading, say = given.reading, visit.say
    names = ("present", "absent", "length_axis", "loss_axis")
    labels = MarginLabels(*(say(f"learn_loss.{name}") for name in names))
    lengths = np.full_like(reading.lengths[-1], np.nan) if hidden else reading.lengths[-1]
    along, costs = np.linspace(0, 1, 101, dtype=np.float32), training.imagined(lengths)
    meant = given.pair[0]
    costs[meant] = training.missed(lengths)[meant]
    info = MarginCurves(
        along,
        training.missed(along),
        training.imagined(along),
        lengths,
        costs,
        reading.classes,
        meant,
        (ABSENT, PRESENT),
    )
    chart = margin_curves(info, labels, visit.palette)
    st.plotly_chart(chart, config=CHART, key="lesson-chart-loss", alt=say("learn_loss.alt"))


def compared(visit: Visit, given: Given, *, hidden: bool) -> None:
    """All capsule networks that there are with this digit, in a table; below it, what became of their idea."""
    say = visit.say
    found = {} if hidden else readings(visit)
    found[visit.network.name] = (visit.network, given.reading)
    columns = ("network", "answer", "answer_length", "moved", "needed", "left_over")
    count = len(routing.strongest_of(given))
    head = [say(f"learn_strongest.{column}", count=count) for column in columns]
    rows = [head, ["---"] * len(head)]
    rows += [_row(visit, network, reading, hidden=hidden) for network, reading in found.values()]
    st.markdown("\n".join(f"| {' | '.join(row)} |" for row in rows))
    if not hidden:
        st.markdown(f"**{say('learn_limits.title')}**")
        st.markdown(say("learn_limits.text"))


def readings(visit: Visit) -> dict[str, tuple[Network, CapsuleReading]]:
    """What each capsule network makes of the session's digit, by name; one whose file is broken is left out."""
    found: dict[str, tuple[Network, CapsuleReading]] = {}
    for name in networks.available():
        try:
            network = networks.load(name)
        except CheckpointError:
            continue
        image = visit.session.digit.image
        if image is None or not issubclass(network.reads, CapsuleReading):
            continue
        fitting = fitted(image, network.frame)
        reading = None if fitting is None else network.reading(fitting)
        if isinstance(reading, CapsuleReading):
            found[name] = (network, reading)
    return found


def _row(visit: Visit, network: Network, reading: CapsuleReading, *, hidden: bool) -> list[str]:
    model = network.checkpoint.model
    answer = routing.strongest(Given(reading, model, 0, visit.session.look.meant)).values
    left = visit.say("learn_strongest.hidden") if hidden else f"{answer['left']:.2f}"
    numbers = [f"{answer['length']:.2f}", f"{movement(reading).count:,}", f"{answer['half']:,}", left]
    return [escaped(network.name), escaped(str(answer["name"])), *numbers]
