"""The learning curves of the network at work, beside those of another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from explorer.figures.curves import Curve, CurveLabels, learning_curves
from explorer.networks import Network
from explorer.runs import losses_within
from explorer.views.charts import CHART
from explorer.views.visit import Visit


def render(visit: Visit, other: Network | None) -> None:
    """Curves from the cards, or a sentence where the network's card has no history."""
    say = visit.say
    if not visit.network.card.history:
        st.markdown(say("training.no_history"))
        return
    shown = [visit.network, *([other] if other and other.card.history else [])]
    chart(visit, [curve(network.name, network.card.history) for network in shown], key="learning-curves")
    st.caption(say("training.curves_note") if len(shown) > 1 else say("training.curves_note_one"))


def curve(name: str, history: Iterable[Mapping[str, Any]], running: Mapping[str, Any] | None = None) -> Curve:
    """A history as a curve; `running` is an epoch that is not done, of which losses are known alone."""
    entries = list(history)
    epochs, accuracies, losses, rates = (
        tuple(float(entry[name]) for entry in entries) for name in ("epoch", "test_accuracy", "loss", "learning_rate")
    )
    within = [pair for entry in (*entries, *([running] if running else [])) for pair in losses_within(entry)]
    return Curve(name, epochs, accuracies, losses, rates, tuple(within))


def chart(visit: Visit, curves: list[Curve], key: str) -> None:
    """The figure of some curves, of which the first is the one looked at."""
    say = visit.say
    labels = CurveLabels(*(say(f"training.{name}") for name in ("accuracy", "loss", "rate", "epoch")))
    figure = learning_curves(curves, labels, visit.palette, narrow=visit.narrow)
    names = ", ".join(curve.name for curve in curves)
    st.plotly_chart(figure, config=CHART, key=key, alt=say("training.curves_alt", names=names))
