"""Where the votes come from: the digit, and what each place brings along the capsule's output."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.arrays import Floats
from explorer.components.digit_places import Places, digit_places
from explorer.measures.capsule_story import capsule_story
from explorer.measures.evidence import evidence_colour_limit, evidence_over_iterations
from explorer.measures.over_iterations import strongest_at
from explorer.reading import CapsuleReading
from explorer.views.routing.selection import Selection, follow
from explorer.views.visit import Visit


def render(visit: Visit, reading: CapsuleReading, selection: Selection) -> None:
    """The digit with its marks, and the sum that they make."""
    say, name = visit.say, reading.classes[selection.digit]
    evidence = evidence_over_iterations(reading)[:, selection.digit]  # [R, rows, columns]
    places = evidence[selection.iteration]
    picture, words = st.columns([2, 3], gap="large", vertical_alignment="center")
    with picture:
        _picture(visit, reading, selection, places, evidence_colour_limit(evidence))
    with words:
        st.markdown(say.markdown("closer_look.places", name=name))
        st.markdown(
            say.markdown(
                "closer_look.evidence_sum",
                name=name,
                positive=float(places.clip(min=0).sum()),
                negative=float(-places.clip(max=0).sum()),
                total=float(places.sum()),
                length=float(reading.lengths[selection.iteration, selection.digit]),
            )
        )
        st.caption(say("closer_look.patches", patch=reading.patch, last=reading.image.shape[0] - 1))


def _picture(visit: Visit, reading: CapsuleReading, selection: Selection, places: Floats, colour_limit: float) -> None:
    say, name = visit.say, reading.classes[selection.digit]
    followed = capsule_story(reading, selection.primary, selection.iteration)
    names = [
        say("closer_look.place", name=name, row=row, column=column, value=float(value))
        for (row, column), value in np.ndenumerate(places)
    ]

    def choose(row: int, column: int) -> None:
        strongest = strongest_at(reading, selection.digit, row, column, selection.iteration)
        follow(visit.session, strongest)

    digit_places(
        reading.image,
        Places(places, names, colour_limit, reading.places, reading.patch, (followed.row, followed.column)),
        say("closer_look.places_alt", name=name),
        palette=visit.palette,
        key="places",
        choose=choose,
    )
