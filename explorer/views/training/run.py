"""A training run while it goes on: its history is read again every few seconds."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from capsnet.film import film_of
from explorer.runs import Run, losses_within, read_run, run_names
from explorer.views.training import curves, film
from explorer.views.visit import Visit
from explorer.views.widgets import bound

EVERY = 3.0
"""Seconds between looks."""


def render(visit: Visit, folder: Path) -> None:
    """The run chosen among those in a folder, as far as it is."""
    with st.container(gap="xsmall", key="run"):
        st.markdown(f"### {visit.say('training.run')}")
        _live(visit, folder)


@st.fragment(run_every=EVERY)
def _live(visit: Visit, folder: Path) -> None:
    say, session = visit.say, visit.session
    names = run_names(folder)
    if not names:
        st.markdown(say.markdown("training.run_none", folder=str(folder)))
        return
    chosen = session.page.run if session.page.run in names else names[0]
    if len(names) > 1:
        bound(
            st.selectbox,
            say("training.run_choose"),
            names,
            key="run-name",
            value=chosen,
            chosen=lambda name: session.set_up(run=name),
            width=320,
        )
    run = read_run(folder, chosen)
    if run is None:
        st.markdown(say("training.run_away"))
    else:
        _run(visit, chosen, run)


def _run(visit: Visit, name: str, run: Run) -> None:
    say = visit.say
    st.markdown(" · ".join(facts(visit, run)) or say("training.run_begun"))
    if run.entries or run.running:
        curves.chart(visit, [curves.curve(name, run.entries, run.running)], key="run-curves")
    if run.unfinished:
        st.caption(say("training.run_unfinished"))
    if run.damaged:
        st.caption(say("training.run_damaged", count=run.damaged))
    if strip := film_of(run.entries):
        film.strip(visit, strip, None, key="run-film")


def facts(visit: Visit, run: Run) -> list[str]:
    """How far a run is, and how well it goes, as Markdown; nothing of one that has just begun."""
    say, found = visit.say, []
    last = run.entries[-1] if run.entries else None
    within = losses_within(run.running) if run.running else []
    if run.running and within:
        epoch, share = int(run.running["epoch"]), within[-1][0] - run.running["epoch"] + 1
        if run.epochs:
            found.append(say("training.run_epoch", epoch=epoch, epochs=run.epochs, share=share))
        else:
            found.append(say("training.run_epoch_unknown", epoch=epoch, share=share))
    elif last and run.epochs:
        found.append(say("training.run_done", epoch=int(last["epoch"]), epochs=run.epochs))
    elif last:
        found.append(say("training.run_done_unknown", epoch=int(last["epoch"])))
    if within or last:
        found.append(say("training.run_loss", loss=within[-1][1] if within else last["loss"] if last else 0))
    if last:
        found.append(say("training.run_accuracy", accuracy=100 * last["test_accuracy"]))
    return found
