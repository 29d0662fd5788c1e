"""The app without a browser, at any of its addresses."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import explorer

APP = Path(explorer.__file__).parent / "app.py"


def open_page(address: str = "") -> AppTest:
    """The app as it is first visited at `/address`; nothing has run yet.

    AppTest knows pages by their files, and ours are functions: it is given the name that Streamlit has for them.
    """
    app = AppTest.from_file(str(APP), default_timeout=60)
    if address:
        app._page_hash = calc_hash(address)
    return app
