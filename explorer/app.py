"""`streamlit run explorer/app.py`: the server; `run.py` is what it runs for each visitor."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.cli_util import open_browser
from streamlit.web.server.server_util import get_display_address, get_url

from explorer.bundles import CompressedBundles
from explorer.pace import Pace
from explorer.text import DEFAULT, Say
from explorer.uploads import Uploads

if __name__ == "__main__":  # as any other Python file; Streamlit imports it
    sys.exit(Say(DEFAULT)("app.start"))


@asynccontextmanager
async def _opened(_app: st.App) -> AsyncIterator[None]:
    """Opens a browser as Streamlit does for a script alone, but not for an `App`."""
    if not st.get_option("server.headless"):
        open_browser(get_url(get_display_address(st.get_option("server.address") or "localhost")))
    yield


app = st.App(
    Path(__file__).with_name("run.py"),
    middleware=[Middleware(CompressedBundles), Middleware(Pace), Middleware(Uploads)],
    lifespan=_opened,
)
