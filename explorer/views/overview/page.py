"""The first page: what the network makes of the digit, from its input to what it draws."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import streamlit as st
from PIL import Image

from explorer.arrays import Floats
from explorer.components.anatomy import Extras, Handlers, Look, anatomy
from explorer.measures.answer import looked_at, two_longest, verdict
from explorer.measures.couplings import movement
from explorer.presets import render as rendered
from explorer.reading import CapsuleReading
from explorer.session import Digit
from explorer.session.strokes import strokes_of
from explorer.text.say import escaped
from explorer.views.frame import link
from explorer.views.overview.dial import dial, directions, empty
from explorer.views.visit import Visit

DEFAULT_STAGE = 4
"""The digit capsules: what a capsule is."""
STROKES = 112
"""Height and width of what was drawn, in pixels."""


def render(visit: Visit) -> None:
    """The whole of a capsule network; of any other, what it says."""
    if isinstance(visit.reading, CapsuleReading):
        _anatomy(visit, visit.reading)
    else:
        _scores(visit)


@st.fragment
def _anatomy(visit: Visit, reading: CapsuleReading) -> None:
    session = visit.session
    stage = DEFAULT_STAGE if session.page.stage is None else session.page.stage
    with st.container(key="anatomy"):
        stages(visit, reading, stage, key="anatomy-component")
    link.keep(session, "overview")


def stages(
    visit: Visit, reading: CapsuleReading, stage: int, *, parts: str = "all", locked: bool = False, key: str
) -> None:
    """The stages of the network, one of which is open; `parts` and `locked` as in the component's `Look`."""
    session, network = visit.session, visit.network
    focus, rival = looked_at(reading, session.look.focus, session.look.rival, session.look.meant)
    look = Look(
        stage=stage,
        winner=two_longest(reading)[0],
        focus=focus,
        rival=rival,
        meant=session.look.meant,
        followed=session.look.followed,
        doubt=verdict(reading, network.thresholds).doubt.value,
        moved=movement(reading).count,
        parts=parts,
        locked=locked,
    )
    handlers = Handlers(
        stage=lambda stage: session.set_up(stage=stage),
        follow=lambda primary: session.look_at(followed=primary),
        focus=lambda capsule: session.look_at(focus=capsule),
    )
    extras = Extras(_strokes(session.digit), directions(network), empty(network), dial(network, reading, focus))
    words = visit.say.section("anatomy")
    anatomy(network.checkpoint, reading, extras, look, handlers, words, visit.palette, key=key)


@lru_cache(maxsize=64)
def _strokes(digit: Digit) -> Floats:
    """What was drawn, 0..1, [STROKES, STROKES]; [0, 0] where it was not drawn."""
    found = strokes_of(digit.drawing) if digit.drawing else None
    if found is None:
        return np.zeros((0, 0), np.float32)
    grey = Image.fromarray(rendered(*found)[..., 0]).resize((STROKES, STROKES), Image.Resampling.BOX)
    return np.asarray(grey, np.float32) / np.float32(255)


def _scores(visit: Visit) -> None:
    """The score of each class, where scores are no lengths."""
    scores, classes = visit.reading.scores, visit.reading.classes
    st.markdown(visit.say("overview.scores"))
    for name, score in zip(classes, scores, strict=True):
        st.progress(min(1.0, max(0.0, float(score))), text=f"{escaped(name)} · {score:.2f}")
