"""Whether the pose follows: a capsule network's numbers while the digit turns."""

from __future__ import annotations

import streamlit as st

from explorer import networks
from explorer.measures.answer import two_longest
from explorer.reading import CapsuleReading
from explorer.views.network_names import named
from explorer.views.pose import turned
from explorer.views.visit import Visit


def render(visit: Visit) -> None:
    """Of the network at work, or of the first that has capsules; nothing where there is none."""
    found = _with_capsules(visit)
    if found is None:
        return
    network, reading = found
    st.header(visit.say("compare.follows"), anchor=False)
    name = named(network, visit.say)
    st.markdown(visit.say.markdown("compare.follows_lead", network=name.kind, training=name.training))
    focus = visit.session.look.focus
    _turned(visit, network, reading, two_longest(reading)[0] if focus is None else focus)


@st.fragment
def _turned(visit: Visit, network: networks.Network, reading: CapsuleReading, capsule: int) -> None:
    turned.render(visit, network, reading, capsule, at_once=network.name != visit.network.name)


def _with_capsules(visit: Visit) -> tuple[networks.Network, CapsuleReading] | None:
    """A network that has capsules, and what it reads of the digit."""
    if isinstance(visit.reading, CapsuleReading):
        return visit.network, visit.reading
    for network in networks.comparable(visit.network)[0]:
        if issubclass(network.reads, CapsuleReading):
            return network, network.capsule_reading(visit.reading.image)
    return None
