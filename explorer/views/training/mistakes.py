"""What the network mistakes: the confusion matrix, and the hardest test digits, each of which can be put into it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from capsnet.data import DataError, has_mnist
from capsnet.evaluation import HardPicture
from capsnet.saved_evaluation import SavedEvaluation
from explorer import mnist
from explorer.arrays import Bytes
from explorer.components.chart_clicks import Click, listen_to_clicks
from explorer.components.tile_sheet import SheetLayout, tile_sheet
from explorer.figures.confusion import Confusion, ConfusionLabels, confusion_matrix
from explorer.views.charts import CHART
from explorer.views.frame.mnist import missing
from explorer.views.visit import Visit
from explorer.views.widgets import bound

MATRIX = "confusion"
COLUMNS = (46, 54)
"""Widths of the matrix and of the digits."""
PAIRS = 6
"""As many of the most frequent mistakes can be chosen without the matrix."""
TILES, TILE = 16, 84
"""As many digits at once, none narrower than so many CSS pixels."""

Pair = tuple[int, int]
"""A class, and the one that its pictures were read as."""


def render(visit: Visit, evaluation: SavedEvaluation | None) -> None:
    """Matrix and digits side by side, or a sentence where nothing was kept."""
    say = visit.say
    with st.container(gap="xsmall", key="mistakes"):
        st.markdown(f"### {say('training.mistakes')}")
        if evaluation is None:
            st.markdown(say("training.mistakes_none"))
            return
        left, right = st.columns(COLUMNS, gap="medium")
        with left:
            _matrix(visit, evaluation)
        with right:
            _choose(visit, evaluation)
            _digits(visit, evaluation)


def frequent_pairs(confusion: tuple[tuple[int, ...], ...], count: int) -> list[Pair]:
    """The mistakes made most often, most frequent first; at most so many."""
    pairs = [(row, column) for row, counts in enumerate(confusion) for column in range(len(counts)) if row != column]
    made = sorted(
        (pair for pair in pairs if confusion[pair[0]][pair[1]]), key=lambda pair: -confusion[pair[0]][pair[1]]
    )
    return made[:count]


def hardest_of(evaluation: SavedEvaluation, pair: Pair | None, count: int) -> list[HardPicture]:
    """The hardest pictures of a cell of the matrix, or of all; at most so many."""
    return [hard for hard in evaluation.hardest if pair in (None, (hard.label, hard.read))][:count]


def _matrix(visit: Visit, evaluation: SavedEvaluation) -> None:
    say, session = visit.say, visit.session
    info = Confusion(evaluation.confusion, evaluation.classes, session.choices.mistaken)
    hover = say("training.confusion_hover", label="%{y}", read="%{x}", count="%{customdata}")
    labels = ConfusionLabels(say("training.confusion_rows"), say("training.confusion_columns"), hover)
    figure = confusion_matrix(info, labels, visit.palette, narrow=visit.narrow)
    st.plotly_chart(figure, config=CHART, key=MATRIX, alt=say("training.confusion_alt"))
    st.caption(say("training.confusion_note"))

    def clicked(click: Click) -> None:
        count = len(evaluation.classes)
        if click.chart == MATRIX and len(click.index) == 2 and all(0 <= number < count for number in click.index):
            pair = (click.index[0], click.index[1])
            session.choose(mistaken=None if session.choices.mistaken == pair else pair)

    listen_to_clicks("confusion-clicks", clicked)


def _choose(visit: Visit, evaluation: SavedEvaluation) -> None:
    """The most frequent mistakes by name: for who has no pointer, or a finger too large for a cell."""
    say, session, names = visit.say, visit.session, evaluation.classes
    chosen = session.choices.mistaken
    pairs = frequent_pairs(evaluation.confusion, PAIRS)

    def name(pair: Pair) -> str:
        label, read = pair
        if label == read:
            return say.markdown("training.pair_right", label=names[label])
        count = evaluation.confusion[label][read]
        return say.markdown("training.pair", label=names[label], read=names[read], count=count)

    bound(
        st.pills,
        say("training.pairs"),
        [*pairs, *([chosen] if chosen and chosen not in pairs else [])],
        key="mistaken",
        value=chosen,
        chosen=lambda pair: session.choose(mistaken=pair),
        nothing=True,
        format_func=name,
    )


def _digits(visit: Visit, evaluation: SavedEvaluation) -> None:
    """The hardest of what was chosen, as pictures, where they are on this machine."""
    say = visit.say
    if evaluation.dataset != "mnist":
        st.caption(say("training.hardest_elsewhere"))
        return
    if not has_mnist():
        missing(say, "hardest-download")
        return
    try:
        known = mnist.test_md5() == evaluation.data_md5
    except DataError:
        st.warning(say("panel.mnist_damaged"))
        return
    hardest = hardest_of(evaluation, visit.session.choices.mistaken, TILES)
    if not known or not hardest:
        st.caption(say("training.hardest_no_cell") if known else say("training.hardest_elsewhere"))
        return
    st.markdown(say("training.hardest_note"))
    tile_sheet(
        _pictures(hardest),
        [_name(visit, evaluation, hard) for hard in hardest],
        say("training.hardest_alt"),
        SheetLayout(TILE, captions=True),
        key="hardest",
        choose=lambda index: visit.session.replace_digit(mnist.digit(hardest[index].position)),
    )


def _pictures(hardest: list[HardPicture]) -> Bytes:
    images = mnist.test_set().images[[hard.position for hard in hardest]].numpy()
    return np.repeat(images[..., None], 3, axis=-1)


def _name(visit: Visit, evaluation: SavedEvaluation, hard: HardPicture) -> str:
    label, read = evaluation.classes[hard.label], evaluation.classes[hard.read]
    if hard.label == hard.read:
        return visit.say("training.hardest_right", label=label)
    return visit.say("training.hardest_wrong", label=label, read=read)
