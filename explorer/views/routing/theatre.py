"""The theatre of one reading: what it shows and what is written in it."""

from __future__ import annotations

import plotly.graph_objects as go

from explorer.figures.theatre import Scene, Words, theatre
from explorer.measures import routing
from explorer.reading import CapsuleReading
from explorer.text import Say


def scene(reading: CapsuleReading, pair: tuple[int, int]) -> Scene:
    """What the theatre shows of a capsule and its rival."""
    couplings, evidence = routing.coupling_maps(reading), routing.evidence_maps(reading)
    return Scene(
        couplings,
        evidence,
        reading.lengths,
        routing.total_agreements(reading),
        routing.entropies(reading),
        (routing.coupling_reach(couplings), routing.evidence_reach(evidence)),
        reading.classes,
        *pair,
    )


def figure(shown: Scene, say: Say, *, narrow: bool = False, dark: bool = False) -> go.Figure:
    """The theatre, for a wide page or a phone's, light or dark."""
    return theatre(shown, _words(shown, say), narrow=narrow, dark=dark)


def alt(shown: Scene, say: Say) -> str:
    """What the theatre shows, for screen readers."""
    names = shown.classes
    return say("routing.theatre_alt", count=len(names), name=names[shown.winner], rival=names[shown.rival])


def _words(shown: Scene, say: Say) -> Words:
    share, winner, rival = 2 ** shown.reaches[0], shown.classes[shown.winner], shown.classes[shown.rival]
    cell = {name: f"{{{name}}}" for name in ("name", "row", "column", "values")}
    return Words(
        player=(say("routing.play"), say("routing.slowly"), say("routing.pause")),
        layers=(say("routing.coupling"), say("routing.evidence")),
        coupling_scale=(say("routing.less", share=share), say("routing.equal"), say("routing.more", share=share)),
        evidence_scale=(say("routing.against"), "0", say("routing.for")),
        agreement=say("routing.agreement", winner=winner, rival=rival),
        entropy=say("routing.entropy"),
        iteration=say("routing.iteration", step="{step}", steps="{steps}"),
        between=say("routing.between", step="{step}", next="{next}"),
        coupling_place=say("routing.coupling_place", **cell),
        evidence_place=say("routing.evidence_place", **cell),
    )
