"""The network's code, line by line: what a line means in the paper, and what it gives for the digit at hand."""

from __future__ import annotations

from explorer.annotations.numbers import Live, Looked
from explorer.annotations.source import Line, docstring_of, lines_of
from explorer.annotations.table import ANNOTATED, FILES, Annotated, Annotation, annotations_of

__all__ = [
    "ANNOTATED",
    "FILES",
    "Annotated",
    "Annotation",
    "Line",
    "Live",
    "Looked",
    "annotations_of",
    "docstring_of",
    "lines_of",
]
