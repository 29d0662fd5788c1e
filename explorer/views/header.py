"""Which network is at work, and how a class joins."""

from __future__ import annotations

import socket

import segno
import streamlit as st

from capsnet.checkpoint import Checkpoint
from capsnet.reports import card_text
from explorer import state
from explorer.text import say
from explorer.weights import available, label, load


def show() -> Checkpoint:
    """Title, the network's name and accuracy, its card and a choice of networks; returns the one chosen."""
    files = available()
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        st.markdown(f"**{say('app.title')}**", width="content")
        chosen = files[0]
        if len(files) > 1:
            chosen = st.selectbox(
                say("header.choose"),
                files,
                format_func=lambda file: label(file, files),
                key=state.CHECKPOINT,
                label_visibility="collapsed",
                width=180,
            )
        checkpoint = load(chosen)
        accuracy = 100 * checkpoint.card.test_accuracy
        if len(files) == 1:
            st.caption(say("header.network", name=chosen.stem, accuracy=accuracy), width="content")
        else:  # the choice says the name
            st.caption(say("header.accuracy", accuracy=accuracy), width="content")
        with st.popover(say("header.card"), type="tertiary", icon=":material/description:"):
            st.code(card_text(checkpoint), language=None, wrap_lines=True)
        with (
            st.container(key="join", width="content"),
            st.popover(say("header.phones"), type="tertiary", icon=":material/qr_code_2:"),
        ):
            _join()
    return checkpoint


def _join() -> None:
    address = room_address(st.get_option("server.port"))
    st.write(say("header.phones_text"))
    st.markdown(f"**{address}**")
    code = segno.make(address, micro=False).svg_data_uri(scale=6, border=2, light="#fff", dark="#000")
    st.image(code, width=240, alt=say("header.phones_alt", address=address))


def room_address(port: int) -> str:
    """Where other machines on the network find this app; on a machine without a network, only itself does."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: connecting a datagram socket only chooses the interface that leads outside.
            probe.connect(("192.0.2.1", 9))
            host = probe.getsockname()[0]
        except OSError:
            host = "localhost"
    return f"http://{host}:{port}"
