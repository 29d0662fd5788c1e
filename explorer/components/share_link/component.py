"""The browser's address line, kept at the view that is seen, and a button that copies it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from explorer.components.registry import register

_component = register(
    "capsnet_share_link",
    Path(__file__).parent,
    css="component.css",
    html='<button type="button" hidden></button><span role="status"></span>',
)


def keep_address(
    parameters: str, session: str, moment: float, *, key: str, words: Mapping[str, str] | None = None
) -> None:
    """Puts parameters into the address line, without a new entry in the browser's history.

    Args:
        parameters: as they stand behind the question mark.
        session: names the session.
        moment: later at each call of a session, whatever the time of day does: parts of a page run on their own, and an
            older part must not write over a newer.
        key: names the element.
        words: of a button that copies the address: "copy_link", "link_copied", and "link_by_hand", said where a browser
            lets no script copy. None: there is no button.
    """
    _component(
        key=key, data={"parameters": parameters, "session": session, "moment": moment, "words": words and dict(words)}
    )
