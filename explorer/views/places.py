"""Where the votes come from: the digit, and what each place says for or against it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer import state
from explorer.components.digit_places import Places, digit_places
from explorer.measures import capsule, routing
from explorer.palette import palette
from explorer.reading import DigitReading, Floats
from explorer.text import say
from explorer.views.look import Look, dark


def show(reading: DigitReading, look: Look) -> None:
    """The digit with its marks, and the sum that they make."""
    evidence = routing.evidence_maps(reading)[:, look.digit]  # [R, rows, columns]
    places = evidence[look.iteration]
    picture, words = st.columns([2, 3], gap="large", vertical_alignment="center")
    with picture:
        _picture(reading, look, places, routing.evidence_reach(evidence))
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


def _picture(reading: DigitReading, look: Look, places: Floats, colour_limit: float) -> None:
    name = reading.classes[look.digit]
    told = capsule.story(reading, look.capsule, look.iteration)
    names = [
        say("closer.place", name=name, row=row, column=column, value=float(value))
        for (row, column), value in np.ndenumerate(places)
    ]
    digit_places(
        reading.image,
        Places(places, names, colour_limit, reading.places, reading.patch, (told.row, told.column)),
        say("closer.places_alt", name=name),
        key=state.PLACES,
        palette=palette(dark()),
        choose=lambda row, column: state.set_followed(
            routing.strongest_at(reading, look.digit, row, column, look.iteration)
        ),
    )
