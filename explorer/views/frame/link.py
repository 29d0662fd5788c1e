"""The address of this very view: kept in the browser's address line, and copied by a button."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from explorer.components.share_link import keep_address
from explorer.session import Session, address
from explorer.text import Say


def of(session: Session, page: str) -> str:
    """Path and parameters of what a session shows on a page, such as "/routing?digit=e.cursive-4"."""
    return f"/{page}?{urlencode(address.shared(session))}"


def button(session: Session, say: Say) -> None:
    """Keeps the address line, and shows the button that copies it."""
    words = {name: say(f"header.{name}") for name in ("copy_link", "link_copied", "link_by_hand")}
    _keep(session, "address", words)


def keep(session: Session, part: str) -> None:
    """Keeps the address line at what was chosen in a part of a page that runs on its own."""
    _keep(session, f"address-{part}", None)


def _keep(session: Session, key: str, words: dict[str, str] | None) -> None:
    parameters = urlencode(address.shared(session))
    keep_address(parameters, session.digits.token, time.monotonic(), key=key, words=words)
