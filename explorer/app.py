"""`streamlit run explorer/app.py`: the server; `run.py` is what it runs for each visitor."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.cli_util import open_browser
from streamlit.web.server.server_util import get_display_address, get_url

from explorer import observing
from explorer.bundles import CompressedBundles
from explorer.command_line import CommandLine, CommandLineError, command_line
from explorer.headers import SafeHeaders
from explorer.memory import share_heaps
from explorer.pace import Pace
from explorer.text import DEFAULT, Say
from explorer.uploads import Uploads

if __name__ == "__main__":  # as any other Python file; Streamlit imports it
    sys.exit(Say(DEFAULT)("app.start"))

share_heaps()


@asynccontextmanager
async def _opened(_app: st.App) -> AsyncIterator[None]:
    """Opens a browser as Streamlit does for a script alone, but not for an `App`; is seen from outside where wished."""
    wished = _wished()
    if wished.log_readings:
        observing.log_readings()
    with ExitStack() as served:
        if wished.metrics:
            served.enter_context(observing.metrics_served(*wished.metrics))
        _open()
        yield


def _wished() -> CommandLine:
    """The command line; one that is not understood wishes nothing, and `run.py` says so to all who come."""
    try:
        return command_line()
    except CommandLineError:
        return CommandLine()


def _open() -> None:
    if not st.get_option("server.headless"):
        open_browser(get_url(get_display_address(st.get_option("server.address") or "localhost")))


app = st.App(
    Path(__file__).with_name("run.py"),
    middleware=[
        Middleware(SafeHeaders),
        Middleware(observing.OpenSessions),
        Middleware(CompressedBundles),
        Middleware(Pace),
        Middleware(Uploads),
    ],
    lifespan=_opened,
)
