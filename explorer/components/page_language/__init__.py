"""The language that the page is in, for screen readers, hyphenation and fonts."""

from explorer.components.page_language.component import set_page_language

__all__ = ["set_page_language"]
