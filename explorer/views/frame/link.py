"""The address of this very view: kept in the browser's address line, and copied by a button."""

from __future__ import annotations

from urllib.parse import urlencode

from explorer.session import Session, address
from explorer.share_link import share_link
from explorer.text import Say


def of(session: Session, page: str) -> str:
    """Path and parameters of what a session shows on a page, such as "/routing?digit=e.cursive-4"."""
    return f"/{page}?{urlencode(address.shared(session))}"


def render(session: Session, say: Say) -> None:
    """Writes the parameters into the browser's address line, and shows the button that copies it."""
    share_link(
        urlencode(address.shared(session)),
        {name: say(f"header.{name}") for name in ("copy_link", "link_copied", "link_by_hand")},
        key="share-link",
    )
