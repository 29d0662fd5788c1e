"""What holds for every figure: Plotly accepts it, its words can be read on both pages, and it knows little."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

import explorer
from explorer.figures.confusion import Confusion, confusion_matrix
from explorer.figures.curves import learning_curves
from explorer.figures.drawn_votes import DrawnVotes, DrawnVotesLabels, drawn_votes
from explorer.figures.exchanged import Exchanged, ExchangedLabels, exchanged
from explorer.figures.film import Strip, film_strip
from explorer.figures.matrix import Couplings, MatrixLabels, coupling_matrix
from explorer.figures.measured import curves
from explorer.figures.measured_bars import bars
from explorer.figures.theatre import theatre
from explorer.palette import DARK, LIGHT, Palette
from tests.explorer.colour_vision import contrast
from tests.explorer.schema import checked
from tests.explorer.test_measured_figures import AXES, BARS, PANELS
from tests.explorer.test_theatre import LABELS, random_scene
from tests.explorer.test_training_figures import CONFUSION_LABELS, COUNTS, CURVE_LABELS, OTHER, OWN

FIGURES = Path(explorer.__file__).parent / "figures"
RNG = np.random.default_rng(3)
SHARES = RNG.dirichlet(np.ones(3), 7).astype(np.float32)
COUPLINGS = Couplings(SHARES, np.arange(7), tuple("abc"), 1.0, focus=1, followed=4)
MATRIX_LABELS = MatrixLabels(tuple("tuvwxyz"), "%{y}", ("low", "equal", "high"), "sum")
STRIP = Strip(np.zeros((1, 3, 3), np.uint8), np.zeros((2, 1, 3, 3), np.uint8), "a", "tuv")
PICTURES = RNG.random((2, 5, 5), dtype=np.float32)
EXCHANGED = Exchanged(
    PICTURES, RNG.random((2, 7), dtype=np.float32), RNG.random((2, 3), dtype=np.float32), tuple("abc")
)
EXCHANGED_LABELS = ExchangedLabels(("own", "other"), "strongest", "lengths", "?")
VOTES = DrawnVotes(PICTURES, np.stack([PICTURES, PICTURES]), RNG.random((3, 5, 5), dtype=np.float32))
VOTES_LABELS = DrawnVotesLabels(("seen", "for a", "for b"), "together")
MAKERS: dict[str, Callable[[Palette], go.Figure]] = {
    "theatre": lambda palette: theatre(random_scene(3, 4), LABELS, palette),
    "theatre, narrow": lambda palette: theatre(random_scene(3, 4), LABELS, palette, narrow=True),
    "curves": lambda palette: learning_curves([OWN, OTHER], CURVE_LABELS, palette),
    "curves, narrow": lambda palette: learning_curves([OWN], CURVE_LABELS, palette, narrow=True),
    "measured": lambda palette: curves(PANELS, AXES, palette),
    "measured, narrow": lambda palette: curves(PANELS, AXES, palette, narrow=True),
    "measured bars": lambda palette: bars(BARS, 22.5, ("error", "mean"), palette),
    "confusion": lambda palette: confusion_matrix(Confusion(COUNTS, "abc"), CONFUSION_LABELS, palette),
    "exchanged": lambda palette: exchanged(EXCHANGED, EXCHANGED_LABELS, palette),
    "exchanged, hidden": lambda palette: exchanged(
        replace(EXCHANGED, hidden=True), EXCHANGED_LABELS, palette, narrow=True
    ),
    "drawn votes": lambda palette: drawn_votes(VOTES, VOTES_LABELS, palette),
    "drawn votes, narrow": lambda palette: drawn_votes(VOTES, VOTES_LABELS, palette, narrow=True),
    "film": lambda palette: film_strip(STRIP, palette),
    "matrix": lambda palette: coupling_matrix(COUPLINGS, MATRIX_LABELS, palette),
    "matrix, narrow": lambda palette: coupling_matrix(COUPLINGS, MATRIX_LABELS, palette, narrow=True),
}


def fonts(part: Any, ground: str) -> Iterator[tuple[str, str]]:
    """Colours of words, each with what lies behind it."""
    if isinstance(part, list | tuple):
        for entry in part:
            yield from fonts(entry, ground)
    if not isinstance(part, dict):
        return
    behind = part["bgcolor"] if {"text", "bgcolor"} <= part.keys() or "buttons" in part else ground
    for name, value in part.items():
        if name in ("font", "tickfont", "textfont"):
            colours = value.get("color", "inherited")
            yield from ((colour, behind) for colour in ([colours] if isinstance(colours, str) else colours))
        elif name not in ("hoverlabel", "template"):
            yield from fonts(value, ground)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", MAKERS)
def test_words_can_be_read(name: str, palette: Palette) -> None:
    parts = checked(MAKERS[name](palette)).to_dict()
    found = {(colour, behind) for colour, behind in fonts(parts, palette.page) if colour != "inherited"}
    assert (palette.ink, palette.page) in found
    assert not [pair for pair in found if contrast(*pair) < 4.5]


@pytest.mark.parametrize("name", MAKERS)
def test_axes_that_are_seen_say_their_colour(name: str) -> None:
    """Streamlit writes on axes in a paler grey unless it is told otherwise."""
    layout = checked(MAKERS[name](LIGHT)).to_dict()["layout"]
    axes = [part for key, part in layout.items() if key[1:5] == "axis" and part.get("visible", True)]
    assert all(axis["tickfont"]["color"] in (LIGHT.ink, LIGHT.muted) for axis in axes)


def test_figures_know_numbers_plotly_and_colours_alone() -> None:
    allowed = ("explorer.figures", "explorer.arrays", "explorer.palette", "numpy", "plotly")
    standard = {"collections", "dataclasses", "functools", "html", "math", "re", "typing", "unicodedata", "__future__"}
    files = sorted(FIGURES.rglob("*.py"))
    assert len(files) > 5
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            unknown = [name for name in names if not name.startswith(allowed) and name.split(".")[0] not in standard]
            assert not unknown, f"{file.name} imports {unknown}"
