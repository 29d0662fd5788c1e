"""What a page is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from explorer.networks import Network
from explorer.palette import Palette
from explorer.reading import CapsuleReading, Reading
from explorer.session import Session
from explorer.text import Say


@dataclass(frozen=True)
class Visit:
    """One run of the script, for one person, on one page."""

    session: Session
    network: Network
    reading: Reading
    """Of the session's digit; pages are rendered only where there is one."""
    say: Say
    palette: Palette
    narrow: bool
    """Whether the screen is a phone's."""
    pages: Mapping[str, st.Page]
    """All pages that there are for this network, by name, as `st.page_link` takes them."""

    @property
    def capsules(self) -> CapsuleReading:
        """The reading of a capsule network, for pages that need one.

        Raises:
            TypeError: the network at work is none; `Page.needs` keeps such pages out of the navigation.
        """
        if not isinstance(self.reading, CapsuleReading):
            raise TypeError(f"this page shows a capsule network's reading; got {type(self.reading).__name__}")
        return self.reading
