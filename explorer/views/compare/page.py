"""The page of comparisons: every network on the same changed digit, and who held longest."""

from __future__ import annotations

import numpy as np
import streamlit as st

from capsnet.perturbation import IN_PLACE
from explorer import networks
from explorer.components.compare import Answers, Board, Row, compare
from explorer.measures.answer import Doubt
from explorer.perturbing import PARTS
from explorer.session.comparison import AT_FIRST, KINDS, Comparison
from explorer.views.compare import measured, sentences
from explorer.views.compare.contest import Contest, chosen, contest
from explorer.views.compare.follows import render as follows
from explorer.views.frame import link
from explorer.views.network_names import all_named
from explorer.views.visit import Visit


def render(visit: Visit) -> None:
    """Sliders and networks; below, whether the pose follows, and what was measured."""
    with st.container(key="compare", gap="medium"):
        _side_by_side(visit)
        follows(visit)
        measured.render(visit)


@st.fragment
def _side_by_side(visit: Visit) -> None:
    session, say = visit.session, visit.say
    offered, broken = networks.comparable(visit.network)
    if broken:
        st.warning(say.markdown("compare.broken", networks=", ".join(broken)))
    if len(offered) < 2:
        st.info(say("compare.alone"))
    compared = chosen(offered, visit.network, session.page.comparison.beside) or [visit.network]
    found = contest(visit, compared, _possible(session.page.comparison, visit))
    compare(
        _board(visit, found, offered),
        _answers(found),
        lambda comparison: session.set_up(comparison=comparison),
        say,
        visit.palette,
        key="compare-component",
    )
    with st.expander(say("compare.how")):
        st.markdown(say("compare.notes", size=visit.network.frame.size))
    link.keep(session, "compare")


def _possible(comparison: Comparison, visit: Visit) -> Comparison:
    """What can be compared: pictures of odd size have no four quarters."""
    displaces = comparison.varied == PARTS or comparison.change.quarters != IN_PLACE
    return AT_FIRST if visit.network.frame.size % 2 and displaces else comparison


def _answers(found: Contest) -> Answers:
    doubted = np.array([[doubt is not Doubt.NONE for doubt in one.doubts] for one in found.answered], np.uint8)
    return Answers(found.pictures, found.inked, np.stack([one.scores for one in found.answered]), doubted)


def _board(visit: Visit, found: Contest, offered: list[networks.Network]) -> Board:
    say, comparison, classes = visit.say, found.comparison, visit.network.classes
    words = all_named(offered, say)
    taking = {one.network.name for one in found.answered}
    rows = tuple(
        Row(network.name, name.kind, name.training, _measure(network, visit), network.name in taking)
        for network, name in zip(offered, words, strict=True)
    )
    name = classes[found.wanted.index]
    return Board(
        comparison=comparison,
        stop=found.stop,
        labels=tuple(sentences.setting(say, comparison.varied, stop) for stop in found.stops),
        settings={kind: sentences.setting(say, kind, comparison.change) for kind in KINDS},
        classes=classes,
        wanted=found.wanted.index,
        rows=rows,
        ranges=tuple((one.first, one.last) if one else None for one in found.held),
        finding=_finding(visit, found, _short([row for row in rows if row.on])),
        reason=say(f"compare.as_{found.wanted.reason}", name=name),
    )


def _short(rows: list[Row]) -> list[str]:
    """Names in sentences: what each network is, and what it learned from, where that tells two apart."""
    kinds = [row.kind for row in rows]
    return [row.kind if kinds.count(row.kind) == 1 else f"{row.kind} ({row.training})" for row in rows]


def _measure(network: networks.Network, visit: Visit) -> str:
    capsules = network.reads is not networks.SCORES.reads
    return visit.say("compare.length" if capsules else "compare.probability")


def _finding(visit: Visit, found: Contest, names: list[str]) -> str:
    """What the numbers of the whole range say."""
    say, name, wanted = visit.say, visit.network.classes[found.wanted.index], found.wanted.index
    if found.comparison.varied != PARTS:
        return sentences.who_held(say, found.comparison.varied, name, names, found.held)
    displaced = slice(found.neutral + 1, None)
    said = [[j == wanted for j in one.answers(found.inked)[displaced]] for one in found.answered]
    return sentences.who_was_fooled(say, name, names, said, [one.doubts[displaced] for one in found.answered])
