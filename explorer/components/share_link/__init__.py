"""The browser's address line, kept at the view that is seen."""

from explorer.components.share_link.component import keep_address

__all__ = ["keep_address"]
