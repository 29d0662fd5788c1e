"""Where the votes come from: the digit, and what each place says for or against it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer import state
from explorer.digit_places import digit_places
from explorer.measures.capsule_story import capsule_story
from explorer.measures.evidence import evidence_colour_limit, evidence_over_iterations
from explorer.measures.over_iterations import strongest_at
from explorer.reading import DigitReading, Floats
from explorer.text import say
from explorer.views.look import Look


def show(reading: DigitReading, look: Look) -> None:
    """The digit with its marks, and the sum that they make."""
    evidence = evidence_over_iterations(reading)[:, look.digit]  # [R, rows, columns]
    places = evidence[look.iteration]
    picture, words = st.columns([2, 3], gap="large", vertical_alignment="center")
    with picture:
        _picture(reading, look, places, evidence_colour_limit(evidence))
    with words:
        total = float(places.sum())
        st.markdown(say("closer.places", name=reading.classes[look.digit]))
        st.markdown(
            say(
                "closer.evidence_sum",
                name=reading.classes[look.digit],
                positive=float(places.clip(min=0).sum()),
                negative=float(-places.clip(max=0).sum()),
                total=total,
                length=float(reading.lengths[look.iteration, look.digit]),
            )
        )
        st.caption(say("closer.patches", patch=reading.patch, last=reading.image.shape[0] - 1))


def _picture(reading: DigitReading, look: Look, places: Floats, reach: float) -> None:
    name = reading.classes[look.digit]
    told = capsule_story(reading, look.capsule, look.iteration)
    names = [
        say("closer.place", name=name, row=row, column=column, value=float(value))
        for (row, column), value in np.ndenumerate(places)
    ]
    digit_places(
        reading.image,
        places,
        names,
        say("closer.places_alt", name=name),
        key=state.PLACES,
        reach=reach,
        places=reading.places,
        patch=reading.patch,
        selected=(told.row, told.column),
        choose=lambda row, column: state.set_followed(strongest_at(reading, look.digit, row, column, look.iteration)),
    )
