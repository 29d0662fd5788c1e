"""What all figures share."""

from __future__ import annotations

import pytest

from explorer.figures.base import bare, figure, note, plain
from explorer.palette import LIGHT
from tests.explorer.schema import checked


def test_what_plotly_does_not_know_is_found_by_the_tests() -> None:
    bars = figure([{"type": "bar", "x": [0.2, 0.9]}], bare(100, LIGHT))
    checked(bars)
    bars.layout._props["colour"] = "red"
    with pytest.raises(ValueError, match="colour"):
        checked(bars)


def test_names_are_no_markup() -> None:
    assert plain("<b>h</b> & b") == "&lt;b&gt;h&lt;/b&gt; &amp; b"
    assert plain("T-shirt/top") == "T-shirt/top"


def test_a_note_has_no_arrow() -> None:
    assert note("word", x=1) == {"text": "word", "showarrow": False, "x": 1}
