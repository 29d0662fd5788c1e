"""What networks practise on: sheets of the synthetic pen, made at once, beside digits of MNIST."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st
import torch

from capsnet.data import Dataset, has_mnist, to_float
from capsnet.pen import pen_digits
from capsnet.pen.non_digits import pen_non_digits
from explorer import mnist
from explorer.components.tile_sheet import SheetLayout, tile_sheet
from explorer.session import Digit, Upload
from explorer.text import Say
from explorer.views.frame.mnist import mnist_digits
from explorer.views.visit import Visit

DIGITS, OTHERS = 30, 10
"""As many of each stand on a sheet."""
LAYOUT = SheetLayout(52, columns=10)


def render(visit: Visit) -> None:
    """The pen's sheets, MNIST's beside them, and a button for others."""
    say, session = visit.say, visit.session
    number = session.page.practice
    with st.container(gap="xsmall", key="practice"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"### {say('training.practice')}", width="content")
            st.button(
                say("training.practice_another"),
                icon=":material/refresh:",
                on_click=lambda: session.set_up(practice=number + 1),
                key="practice-another",
            )
        left, right = st.columns(2, gap="medium")
        with left:
            _pen(visit, number)
        with right:
            _mnist(visit, number)
            _others(visit, number)
        st.caption(say("training.practice_note"))


def _pen(visit: Visit, number: int) -> None:
    say, digits = visit.say, _pen_digits(number)
    st.markdown(_described(say, "practice_pen"))
    names = [say("training.practice_pen_name", label=digits.classes[label]) for label in digits.labels.tolist()]
    _sheet(visit, digits, names, say("training.practice_pen"), "pen-sheet", lambda index: _picture(digits, index))


def _others(visit: Visit, number: int) -> None:
    say, others = visit.say, _pen_others(number)
    st.markdown(_described(say, "practice_others"))
    names = [say("training.practice_other_name")] * len(others)
    _sheet(visit, others, names, say("training.practice_others"), "others-sheet", lambda index: _picture(others, index))


def _mnist(visit: Visit, number: int) -> None:
    say = visit.say
    if not has_mnist():
        st.markdown(say("training.practice_missing"))
    digits = mnist_digits(say, "practice-download")
    if digits is None:
        return
    st.markdown(_described(say, "practice_mnist"))
    chosen = np.random.default_rng(number).choice(len(digits), min(DIGITS // 2 + 5, len(digits)), replace=False)
    shown = digits.take(torch.from_numpy(chosen))
    names = [
        say("training.practice_mnist_name", number=position, label=digits.classes[int(digits.labels[position])])
        for position in chosen.tolist()
    ]
    _sheet(
        visit,
        shown,
        names,
        say("training.practice_mnist"),
        "mnist-sheet",
        lambda index: mnist.digit(int(chosen[index])),
    )


def _described(say: Say, name: str) -> str:
    """A sheet's name and what is on it, as Markdown."""
    return f"**{say('language.sentence', text=say(f'training.{name}'))}** {say(f'training.{name}_text')}"


def _sheet(visit: Visit, data: Dataset, names: list[str], label: str, key: str, digit: Callable[[int], Digit]) -> None:
    pictures = np.repeat(data.images.numpy()[..., None], 3, axis=-1)
    tile_sheet(pictures, names, label, LAYOUT, key=key, choose=lambda index: visit.session.replace_digit(digit(index)))


def _picture(data: Dataset, index: int) -> Digit:
    """A picture of a sheet as one that a person sent: there is no name for it."""
    return Digit(Upload(""), to_float(data.images[index][None])[0, 0].numpy())


@st.cache_resource(show_spinner=False, max_entries=8)
def _pen_digits(number: int) -> Dataset:
    return pen_digits(DIGITS, number)


@st.cache_resource(show_spinner=False, max_entries=8)
def _pen_others(number: int) -> Dataset:
    return pen_non_digits(OTHERS, number)
