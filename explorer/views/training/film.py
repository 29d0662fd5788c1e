"""The film strip: what the decoder drew of the same pictures after each epoch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from capsnet.film import Film, film_of
from explorer.figures.film import Strip, film_strip, shown_epochs
from explorer.views.charts import CHART
from explorer.views.visit import Visit


def render(visit: Visit, history: Iterable[Mapping[str, Any]]) -> None:
    """The strip of the network at work, or a sentence where it has none."""
    with st.container(gap="xsmall"):
        st.markdown(f"### {visit.say('training.film')}")
        film = film_of(history)
        if film is None:
            st.markdown(visit.say("training.film_none"))
        else:
            strip(visit, film, visit.network.classes, key="film")


def strip(visit: Visit, film: Film, classes: tuple[str, ...] | None, key: str) -> None:
    """A film as a strip; classes without known names are numbered."""
    say = visit.say
    shown = shown_epochs(len(film.epochs))
    named = classes if classes and max(film.labels) < len(classes) else None
    info = Strip(
        film.pictures,
        film.reconstructions[shown],
        [named[label] if named else str(label) for label in film.labels],
        [say("training.film_given"), *(say("training.film_row", epoch=film.epochs[number]) for number in shown)],
    )
    st.markdown(say("training.film_text", count=len(film.labels)))
    figure = film_strip(info, visit.palette, narrow=visit.narrow)
    alt = say("training.film_alt", count=len(film.labels), epochs=len(shown))
    st.plotly_chart(figure, config=CHART, key=key, alt=alt)
