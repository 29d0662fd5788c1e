"""Digits that need not be drawn: examples, pictures and MNIST's test digits."""

from __future__ import annotations

from functools import cache
from itertools import groupby

import numpy as np
import streamlit as st

from capsnet.ink import PictureError, decode_picture, normalise
from explorer.arrays import Bytes
from explorer.components.tile_sheet import SheetLayout, tile_sheet
from explorer.digit_library import example_digit, examples
from explorer.networks import Network
from explorer.presets import Preset
from explorer.presets import render as drawn
from explorer.session import Digit, Session, Upload
from explorer.text import Say
from explorer.views.frame import mnist
from explorer.views.origin import shortened
from explorer.views.widgets import close, close_if_asked

POPOVER = "sources"
THUMBNAIL = 96
"""Height and width of the pictures of the examples, in pixels."""
TILE, TILES = 56, 10
"""Least width of an example on the screen, and how many stand in a row where there is room."""


def render(session: Session, network: Network, say: Say) -> None:
    """A button that opens all sources; what stands there is made only while it is open."""
    known = examples(network.classes)
    label, icon = ("panel.examples", ":material/apps:") if known else ("panel.picture", ":material/image:")
    close_if_asked(POPOVER)
    with st.popover(say(label), icon=icon, key=POPOVER, on_change="rerun") as popover:
        if not popover.open:
            return
        with st.container(key="sources-body"):
            if known:
                _tabs(session, network, known, say)
            else:  # neither our examples nor MNIST show anything that such a network knows
                _upload(session, network, say)
            for notice in session.take_notices(of="panel."):  # below the tabs, which stay where they are
                st.warning(say.markdown(notice.key, **notice.values))


def invite(session: Session, network: Network, promise: str, say: Say) -> None:
    """What a page shows while there is no digit: what it will show of one, and the examples."""
    st.header(say("panel.empty_title"), anchor=False)
    st.write(promise)
    if known := examples(network.classes):
        st.write(say("panel.start_with"))
        _example_sheets(session, known, "invitation", say)


def _tabs(session: Session, network: Network, known: list[Preset], say: Say) -> None:
    """Of the tabs, only the open one is made."""
    names = [say("panel.examples"), say("panel.picture"), say("panel.tab_mnist")]
    drawn_tab, upload_tab, mnist_tab = st.tabs(names, key="source-tabs", on_change="rerun")
    with drawn_tab:
        if drawn_tab.open:
            _example_sheets(session, known, "examples", say)
    with upload_tab:
        if upload_tab.open:
            _upload(session, network, say)
    with mnist_tab:
        if mnist_tab.open:
            mnist.render(session, network, POPOVER, say)


def _example_sheets(session: Session, known: list[Preset], key: str, say: Say) -> None:
    """The examples as pictures to be clicked, one sheet for each hand and one for those to argue about."""
    with st.container(key=key, gap="xsmall"):
        for number, (group, presets) in enumerate(groupby(known, key=lambda preset: preset.group)):
            title = say(f"example_groups.{group}")
            st.markdown(f"**{title}**")
            _example_sheet(session, title, tuple(presets), f"{key}-{number}", say)


def _example_sheet(session: Session, title: str, presets: tuple[Preset, ...], key: str, say: Say) -> None:
    def choose(chosen: int) -> None:
        session.replace_digit(example_digit(presets[chosen]))
        close(POPOVER)

    tile_sheet(
        _thumbnails(presets),
        [say(f"examples.{preset.id}") for preset in presets],
        title,
        SheetLayout(TILE, TILES, captions=any(preset.label is None for preset in presets), crisp=False),
        key=key,
        choose=choose,
    )


@cache
def _thumbnails(presets: tuple[Preset, ...]) -> Bytes:
    return np.stack([drawn(preset.strokes, preset.width, THUMBNAIL)[..., :3] for preset in presets])


def _upload(session: Session, network: Network, say: Say) -> None:
    st.file_uploader(
        say("panel.upload"),
        type=["png", "jpg", "jpeg", "webp", "gif", "bmp"],
        help=say("panel.upload_help"),
        key="upload",
        on_change=lambda: _choose_upload(session, network),
    )
    # What the browser does not even send is shown as a red chip, and the server never hears of it: app.css shows these
    # words where there is one.
    with st.container(key="upload-refused"):
        st.warning(say("panel.picture_refused", most=int(st.get_option("server.maxUploadSize"))))


def _choose_upload(session: Session, network: Network) -> None:
    file = st.session_state.get("upload")
    if file is None:
        return
    try:
        image = normalise(decode_picture(file.getvalue()), network.frame)
    except PictureError as error:
        session.notify(f"panel.picture_{error.kind}", **error.values)
        return
    if image is None:
        session.notify("panel.no_ink", name=shortened(file.name))
    else:
        session.replace_digit(Digit(Upload(file.name), image))
        close(POPOVER)
