"""Digits of MNIST's test set as a source for the panel."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import streamlit as st
import torch

from capsnet.checkpoint import Checkpoint
from capsnet.data import DataError, Dataset, data_folder, load_dataset, to_float
from explorer import state
from explorer.state import Digit
from explorer.text import say

PACKED_SIZE = 11_594_722
"""Bytes of MNIST's four files as they are downloaded."""


def choose(checkpoint: Checkpoint) -> None:
    """By number, by class, or one that the network gets wrong; a download where the data is missing."""
    if not _there():
        st.write(say("panel.mnist_missing"))
        if st.button(say("panel.mnist_download"), icon=":material/download:"):
            _download()
        return
    digits = _test_set()
    state.restored(state.MNIST_NUMBER)
    st.number_input(
        say("panel.mnist_number"), 0, len(digits) - 1, key=state.MNIST_NUMBER, on_change=_choose_number, args=(digits,)
    )
    st.pills(say("panel.mnist_class"), digits.classes, key=state.MNIST_CLASS, on_change=_choose_class, args=(digits,))
    st.button(say("panel.mnist_wrong"), on_click=_choose_wrong, args=(checkpoint, digits))


def _there() -> bool:
    return (data_folder() / "MNIST" / "raw" / "t10k-images-idx3-ubyte").is_file()


def _download() -> None:
    """Has torchvision download the data, and shows how much of it has come."""
    raw = data_folder() / "MNIST" / "raw"
    bar = st.progress(0.0, say("panel.mnist_downloading"))
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(load_dataset, "mnist", "test")
        while not coming.done():
            come = sum(file.stat().st_size for file in raw.glob("*.gz"))
            bar.progress(min(1.0, come / PACKED_SIZE), say("panel.mnist_downloading"))
            time.sleep(0.2)
    try:
        coming.result()
    except DataError as error:
        st.warning(str(error))
    else:
        st.rerun()


@st.cache_resource(show_spinner=False)
def _test_set() -> Dataset:
    return load_dataset("mnist", "test", data_folder())


def _show(digits: Dataset, number: int) -> None:
    state.keep(state.MNIST_NUMBER, number)
    name = say("panel.source_mnist", number=number, label=digits.classes[int(digits.labels[number])])
    state.show(Digit(name, to_float(digits.images[number][None])[0, 0].numpy(), None))


def _choose_number(digits: Dataset) -> None:
    number = st.session_state[state.MNIST_NUMBER]
    if number is not None:
        _show(digits, number)


def _choose_class(digits: Dataset) -> None:
    """The next digit of this class after the number shown last, and on to the first again."""
    name = st.session_state[state.MNIST_CLASS]
    if name is None:
        return
    _show_next(digits, torch.nonzero(digits.labels == digits.classes.index(name))[:, 0])
    st.session_state[state.MNIST_CLASS] = None


def _choose_wrong(checkpoint: Checkpoint, digits: Dataset) -> None:
    with st.spinner(say("panel.mnist_reading", count=len(digits)), show_time=True):
        wrong = _misread(checkpoint, checkpoint.digest)
    if len(wrong):
        _show_next(digits, wrong)
    else:
        state.set_problem(say("panel.mnist_none_wrong"))


def _show_next(digits: Dataset, numbers: torch.Tensor) -> None:
    shown = state.kept(state.MNIST_NUMBER)
    after = numbers[numbers > (-1 if shown is None else shown)]
    _show(digits, int(after[0] if len(after) else numbers[0]))


@st.cache_resource(show_spinner=False, max_entries=4)
def _misread(_checkpoint: Checkpoint, digest: str) -> torch.Tensor:  # noqa: ARG001 - part of the cache's key
    from capsnet.evaluation import misread

    return misread(_checkpoint.model, _test_set())
