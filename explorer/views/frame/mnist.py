"""Digits of MNIST's test set as a source for the panel."""

from __future__ import annotations

import time
from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor

import streamlit as st

from capsnet.data import DataError, Dataset, has_mnist, load_dataset
from explorer import mnist
from explorer.networks import Network
from explorer.session import Session
from explorer.text import Say
from explorer.text.say import escaped
from explorer.views.widgets import bound, close


def render(session: Session, network: Network, popover: str, say: Say) -> None:
    """By number, by class, or one that the network gets wrong; a download where the data is missing.

    Args:
        session: gets the digit.
        network: the one whose mistakes are offered.
        popover: key of what this stands in, and what is closed once a digit is chosen.
        say: the words.
    """
    digits = mnist_digits(say, "mnist-download")
    if digits is None:
        return
    bound(
        st.number_input,
        say("panel.mnist_number"),
        0,
        len(digits) - 1,
        key="mnist-number",
        value=session.page.mnist_number,
        chosen=lambda number: _show(session, number, popover),
    )
    bound(
        st.pills,
        say("panel.mnist_class"),
        digits.classes,
        key="mnist-class",
        value=None,
        chosen=lambda label: _show_next(session, mnist.numbers_of(label), popover),
        format_func=escaped,
    )
    if network.classes == digits.classes and st.button(say("panel.mnist_wrong")):
        _choose_wrong(session, network, len(digits), popover, say)


def mnist_digits(say: Say, key: str) -> Dataset | None:
    """MNIST's test digits; where they are missing or damaged, says so and what helps, see `missing`."""
    if not has_mnist():
        missing(say, key)
        return None
    try:
        return mnist.test_set()
    except DataError:
        st.warning(say("panel.mnist_damaged"))
        return None


def missing(say: Say, key: str) -> None:
    """Says that MNIST is not here, and offers to download it by a button of that key, where that can be done."""
    if mnist.is_named():
        st.info(say("panel.mnist_incomplete"))
        return
    st.write(say("panel.mnist_missing"))
    if st.button(say("panel.mnist_download"), icon=":material/download:", key=key):
        _download(say)


def _download(say: Say) -> None:
    """Has torchvision download the data, and shows how much of it has come."""
    bar = st.progress(0.0, say("panel.mnist_downloading"))
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(load_dataset, "mnist", "test")
        while not coming.done():
            bar.progress(min(1.0, mnist.bytes_downloaded() / mnist.PACKED_SIZE), say("panel.mnist_downloading"))
            time.sleep(0.2)
    bar.empty()
    try:
        coming.result()
    except DataError:
        st.warning(say("panel.mnist_failed"))
    else:
        st.rerun()


def _show(session: Session, number: int, popover: str) -> None:
    session.set_up(mnist_number=number)
    session.replace_digit(mnist.digit(number))
    close(popover)


def _choose_wrong(session: Session, network: Network, count: int, popover: str, say: Say) -> None:
    """Not in a callback, which would show the wait elsewhere: the page is made anew with what was found."""
    with st.spinner(say("panel.mnist_reading", count=count), show_time=True):
        wrong = mnist.misread(network)
    if wrong:
        _show_next(session, wrong, popover)
    else:
        session.notify("panel.mnist_none_wrong")
    st.rerun()


def _show_next(session: Session, numbers: list[int], popover: str) -> None:
    """The first of these numbers after the one shown last, and on to the first again."""
    shown = session.page.mnist_number
    after = bisect_right(numbers, -1 if shown is None else shown)
    _show(session, numbers[after % len(numbers)], popover)
