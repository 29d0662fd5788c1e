"""The training page: how well the network reads, how it learned, what it mistakes, and what it learned from."""

from __future__ import annotations

import streamlit as st

from capsnet.saved_evaluation import SavedEvaluation
from explorer import networks
from explorer.command_line import command_line
from explorer.views.training import curves, film, made, mistakes, practice, run
from explorer.views.visit import Visit


def render(visit: Visit) -> None:
    """One story, from the top down; a run that is watched comes early."""
    evaluation, other = networks.evaluation(visit.network), networks.another(visit.network)
    folder = command_line().runs
    with st.container(key="training", gap="medium"):
        with st.container(gap="xsmall"):
            st.markdown(f"## {_headline(visit, evaluation)}")
            st.markdown(visit.say("training.lead"))
            curves.render(visit, other)
        if folder:
            run.render(visit, folder)
        mistakes.render(visit, evaluation)
        film.render(visit, visit.network.card.history)
        made.render(visit, other)
        practice.render(visit)
        if not folder:
            with st.container(gap="xsmall"):
                st.markdown(f"### {visit.say('training.run')}")
                st.markdown(visit.say("training.run_how"))


def _headline(visit: Visit, evaluation: SavedEvaluation | None) -> str:
    card, name = visit.network.card, visit.network.name
    how = {"name": name, "accuracy": 100 * card.test_accuracy}
    if card.recipe.get("held_out"):
        return visit.say.markdown("training.headline_held_out", **how)
    if evaluation is None or evaluation.dataset != card.recipe.get("dataset"):
        return visit.say.markdown("training.headline_tested", **how)
    return visit.say.markdown("training.headline", **how, misread=evaluation.misread, count=evaluation.count)
