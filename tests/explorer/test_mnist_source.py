"""MNIST's test digits as a source of the panel, with files in miniature: by number, by class, misread ones."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.delta_generator_singletons import context_dg_stack
from streamlit.testing.v1 import AppTest
from torch import Tensor

import capsnet
from capsnet.data import DataError, to_float
from explorer import mnist
from explorer.networks import Network
from explorer.text import Say
from tests.capsnet.samples import TEST_COUNT, write_idx_files
from tests.explorer.pages import captions, open_page, prediction

SAY = Say()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Tensor, Tensor]:
    """The test pictures and labels of the MNIST that the app finds."""
    monkeypatch.setenv("CAPSNET_DATA", str(tmp_path))
    return write_idx_files(tmp_path)


@pytest.fixture
def app(data: tuple[Tensor, Tensor], tiny_app: None) -> AppTest:  # noqa: ARG001 - what the app finds
    return opened()


def opened() -> AppTest:
    """The app with the MNIST tab open; nothing is kept of other tests' data."""
    st.cache_resource.clear()
    return reopened(open_page().run())


def reopened(app: AppTest) -> AppTest:
    """The app with the MNIST tab open again: it closes when a digit is chosen, which it would cover."""
    app.session_state["sources"] = True
    app.session_state["source-tabs"] = SAY("panel.tab_mnist")
    return app.run()


def shown(app: AppTest) -> int:
    """The number of the digit that is looked at."""
    assert not app.exception
    assert not app.session_state["sources"]
    words = captions(app)
    return int(words.partition("MNIST test digit ")[2].split()[0])


def class_pills(app: AppTest) -> Any:
    return next(group for group in app.get("button_group") if group.key == "mnist-class")


def press(app: AppTest, key: str) -> None:
    next(button for button in app.button if button.label == SAY(key)).click().run()


def choose_class(app: AppTest, name: str) -> None:
    class_pills(app).set_value(name).run()


def test_a_digit_is_chosen_by_number(app: AppTest, data: tuple[Tensor, Tensor]) -> None:
    images, labels = data
    app.number_input(key="mnist-number").set_value(11).run()
    assert shown(app) == 11
    assert f"(label {labels[11]})" in captions(app).replace("&#40;", "(").replace("&#41;", ")")
    np.testing.assert_array_equal(app.session_state["session"].digit.image, to_float(images[11:12])[0, 0].numpy())
    assert prediction(app).removeprefix("? ")[0].isdigit()


def test_a_class_is_walked_from_its_first_digit_to_its_last_and_round(
    app: AppTest, data: tuple[Tensor, Tensor]
) -> None:
    labels = data[1].tolist()
    label = max(range(10), key=labels.count)
    numbers = [number for number, name in enumerate(labels) if name == label]
    assert len(numbers) > 1
    for number in [*numbers, numbers[0]]:
        choose_class(reopened(app), str(label))
        assert shown(app) == number
    assert class_pills(reopened(app)).value is None


def test_one_that_the_network_gets_wrong_is_found(
    app: AppTest, data: tuple[Tensor, Tensor], tiny_checkpoint: Path
) -> None:
    images, labels = data
    answers = capsnet.load(tiny_checkpoint)(to_float(images)).lengths.argmax(dim=1)
    wrong = [number for number in range(len(labels)) if answers[number] != labels[number]]
    assert wrong
    for number in [*wrong[:2]]:
        press(reopened(app), "panel.mnist_wrong")
        assert shown(app) == number


@pytest.mark.usefixtures("data")
def test_the_wait_for_one_that_it_gets_wrong_is_shown_where_it_was_asked_for(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In what is open: a callback would show it at the top of the page, behind that."""
    stood_in: list[set[str]] = []

    def misread(_: Network) -> list[int]:
        place = context_dg_stack.get()[-1]
        stood_in.append(set(place._ancestor_block_types))
        return []

    monkeypatch.setattr(mnist, "misread", misread)
    press(app, "panel.mnist_wrong")
    assert len(stood_in) == 1
    assert "popover" in stood_in[0]
    assert app.session_state["sources"]
    assert SAY("panel.mnist_none_wrong") in [element.value for element in app.warning]


@pytest.mark.usefixtures("tiny_app")
def test_a_download_that_fails_is_said_and_leaves_no_bar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_data(tmp_path, monkeypatch)
    app = opened()

    def fails(*_: str) -> None:
        raise DataError("no network", "unreachable")

    monkeypatch.setattr("explorer.views.frame.mnist.load_dataset", fails)
    press(app, "panel.mnist_download")
    assert not app.exception
    assert [element.value for element in app.warning] == [SAY("panel.mnist_failed")]
    assert not app.get("progress")
    assert "--data" not in SAY("panel.mnist_failed")


@pytest.mark.usefixtures("tiny_app")
def test_a_folder_without_mnist_that_was_named_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPSNET_DATA", str(tmp_path))
    app = opened()
    assert not app.exception
    assert [element.value for element in app.info] == [SAY("panel.mnist_incomplete")]
    assert SAY("panel.mnist_download") not in [button.label for button in app.button]


def without_data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without MNIST, and with an empty folder to download it into."""
    monkeypatch.delenv("CAPSNET_DATA", raising=False)
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))


@pytest.mark.usefixtures("tiny_app")
def test_mnist_can_be_downloaded_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_data(tmp_path, monkeypatch)
    app = opened()
    assert not app.exception
    assert SAY("panel.mnist_download") in [button.label for button in app.button]


@pytest.mark.usefixtures("data", "tiny_app")
def test_a_file_cut_short_is_said_and_the_page_goes_on(tmp_path: Path) -> None:
    (tmp_path / "MNIST" / "raw" / "t10k-images-idx3-ubyte").write_bytes(b"cut short")
    app = opened()
    assert not app.exception
    assert [element.value for element in app.info] == [SAY("panel.mnist_incomplete")]
    assert prediction(app).startswith("4")


WHOLE_LABELS = {
    "of no class": struct.pack(f">2i{TEST_COUNT}B", 0x801, TEST_COUNT, *[200] * TEST_COUNT),
    "of three pictures": struct.pack(">2i3B", 0x801, 3, 1, 2, 3),
}


@pytest.mark.usefixtures("data", "tiny_app")
@pytest.mark.parametrize("labels", WHOLE_LABELS.values(), ids=WHOLE_LABELS.keys())
def test_whole_files_that_do_not_belong_together_are_said(tmp_path: Path, labels: bytes) -> None:
    (tmp_path / "MNIST" / "raw" / "t10k-labels-idx1-ubyte").write_bytes(labels)
    app = opened()
    assert not app.exception
    assert [element.value for element in app.warning] == [SAY("panel.mnist_damaged")]
    linked = open_page()
    linked.query_params["digit"] = "m.4"
    linked.run()
    assert not linked.exception
    assert "could not be understood" in linked.info[0].value


@pytest.mark.usefixtures("tiny_app")
def test_a_home_folder_of_nobody_is_a_folder_without_mnist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPSNET_DATA", "~nobody-of-this-name/data")
    app = opened()
    assert not app.exception
    assert [element.value for element in app.info] == [SAY("panel.mnist_incomplete")]
