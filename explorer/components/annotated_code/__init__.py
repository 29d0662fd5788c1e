"""The network's code beside formula and numbers."""

from explorer.components.annotated_code.component import Note, annotated_code

__all__ = ["Note", "annotated_code"]
