"""Which of the networks that are compared were measured, and how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import streamlit as st

from explorer import networks
from explorer.measured import Measured
from explorer.networks import Network
from explorer.views.compare.sentences import listed
from explorer.views.network_names import all_named, kind
from explorer.views.visit import Visit


class Shown(NamedTuple):
    """A network that can be compared, in words."""

    network: Network
    name: str
    training: str
    kind: str


def of_all(visit: Visit) -> list[Shown]:
    """The networks that the page compares."""
    offered, _ = networks.comparable(visit.network)
    named = all_named(offered, visit.say)
    return [
        Shown(network, name.kind, name.training, kind(network)) for network, name in zip(offered, named, strict=True)
    ]


def matched(
    found: Measured[Any], shown: Sequence[Shown]
) -> tuple[list[tuple[Shown, Any]], list[tuple[str, list[str]]]]:
    """The measurements of networks that are here, and who is left out: key of the note, and names."""
    entries = {entry.weights: entry for entry in found.entries}
    both = [(one, entries[one.network.weights_digest]) for one in shown if one.network.weights_digest in entries]
    here = {one.network.weights_digest for one in shown}
    unmeasured = [f"{one.name}, {one.training}" for one in shown if one.network.weights_digest not in entries]
    elsewhere = [entry.name for entry in found.entries if entry.weights not in here]
    notes = [("measured.unmeasured", unmeasured), ("measured.other_weights", elsewhere)]
    return both, [(key, names) for key, names in notes if names]


def notes(visit: Visit, found: Measured[Any], left_out: Iterable[tuple[str, Sequence[str]]]) -> None:
    """How a file was made, and who is not in it."""
    say, made = visit.say, found.made
    for key, names in left_out:
        st.caption(say.markdown(key, networks=listed(say, list(names))))
    told = {"machine": made.machine, "date": made.date, "minutes": max(1.0, made.seconds / 60)}
    st.caption(f"{say.markdown('measured.made', **told)} `{made.command.replace('`', '')}`")
