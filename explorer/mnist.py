"""MNIST's test digits, where this computer has them: read once for all sessions."""

from __future__ import annotations

import os

import streamlit as st
import torch

from capsnet.data import Dataset, data_folder, load_dataset, to_float
from explorer.networks import Network, threads
from explorer.session import Digit, MnistDigit

PACKED_SIZE = 11_594_722
"""Bytes of MNIST's four files as they are downloaded."""


def is_named() -> bool:
    """Whether the data's folder was named: then nothing is downloaded into it."""
    return bool(os.environ.get("CAPSNET_DATA"))


def bytes_downloaded() -> int:
    """How much of a download has come."""
    return sum(file.stat().st_size for file in (data_folder() / "MNIST" / "raw").glob("*.gz"))


@st.cache_resource(show_spinner=False)
def test_set() -> Dataset:
    """The 10,000 test digits.

    Raises:
        DataError: they are not there, or not whole.
    """
    return load_dataset("mnist", "test", data_folder())


@st.cache_resource(show_spinner=False)
def test_md5() -> str:
    """`Dataset.md5` of the same.

    Raises:
        DataError: as `test_set`.
    """
    return test_set().md5


def digit(number: int) -> Digit:
    """A digit of the test set.

    Raises:
        DataError: as `test_set`.
        ValueError: there is no such number.
    """
    digits = test_set()
    if not 0 <= number < len(digits):
        raise ValueError(f"MNIST's test digits are numbered 0 to {len(digits) - 1}; got {number}")
    image = to_float(digits.images[number][None])[0, 0].numpy()
    return Digit(MnistDigit(number, digits.classes[int(digits.labels[number])]), image)


def numbers_of(label: str) -> list[int]:
    """The numbers of a class's digits, in order."""
    digits = test_set()
    return [int(number) for number in torch.nonzero(digits.labels == digits.classes.index(label))[:, 0]]


def misread(network: Network) -> list[int]:
    """The numbers of the digits that a network reads wrongly, in order; worked out once a network.

    Raises:
        ValueError: the network's classes are not MNIST's.
    """
    return _misread(network, network.digest)


@st.cache_resource(show_spinner=False, max_entries=4)
def _misread(_network: Network, digest: str) -> list[int]:  # noqa: ARG001 - part of the cache's key
    from capsnet.evaluation import misread  # imports what only this needs

    with threads(os.cpu_count() or 1):
        return [int(number) for number in misread(_network.checkpoint.model, test_set())]
