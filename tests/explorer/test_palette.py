"""The palette: legible, apart for colour-blind people, and the page's own."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import explorer
from explorer.palette import DARK, LIGHT, Palette, palette
from tests.explorer.colour_vision import VISIONS, ciede2000, contrast, difference

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ],
)
def test_differences_are_those_of_the_standards_own_examples(
    first: tuple[float, ...], second: tuple[float, ...], expected: float
) -> None:
    assert ciede2000(np.array(first), np.array(second)) == pytest.approx(expected, abs=1e-4)


def test_contrast_by_hand() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@BOTH
@pytest.mark.parametrize("ground", ["page", "surface"])
def test_words_can_be_read_and_marks_be_seen(colours: Palette, ground: str) -> None:
    names = {"ink": 4.5, "muted": 4.5, "focus": 4.5, "rival": 4.5, "other": 3.0, "more": 3.0, "less": 3.0}
    found = {name: contrast(getattr(colours, name), getattr(colours, ground)) for name in names}
    assert not {name: found[name] for name, least in names.items() if found[name] < least}


@BOTH
@pytest.mark.parametrize("ground", ["page", "surface"])
def test_what_is_followed_is_seen_by_itself_or_by_its_rim(colours: Palette, ground: str) -> None:
    behind = getattr(colours, ground)
    by_rim = min(contrast(colours.ink, colours.follow), contrast(colours.ink, behind))
    assert max(contrast(colours.follow, behind), by_rim) >= 3


@BOTH
@pytest.mark.parametrize("vision", VISIONS)
def test_colours_with_different_meanings_look_different(colours: Palette, vision: str) -> None:
    named = {name: getattr(colours, name) for name in ("focus", "rival", "other", "follow")}
    apart = {(a, b): difference(named[a], named[b], vision) for a, b in combinations(named, 2)}
    assert min(apart.values()) >= 11, apart
    assert difference(colours.more, colours.less, vision) >= 17


@BOTH
def test_the_page_and_the_palette_agree(colours: Palette) -> None:
    file = Path(explorer.__file__).parent / ".streamlit" / "config.toml"
    theme = tomllib.loads(file.read_text(encoding="utf-8"))["theme"]["dark" if colours.dark else "light"]
    assert theme == {
        "primaryColor": colours.focus,
        "backgroundColor": colours.page,
        "secondaryBackgroundColor": colours.surface,
        "textColor": colours.ink,
        "borderColor": colours.line,
    }


@BOTH
def test_a_scale_of_differences_is_neutral_in_the_middle(colours: Palette) -> None:
    assert colours.difference_scale == ((0.0, colours.less), (0.5, colours.neutral), (1.0, colours.more))
    assert contrast(colours.neutral, colours.page) < 1.5


def test_components_get_every_colour_by_name() -> None:
    variables = palette(dark=True).css_variables()
    assert variables["--focus"] == DARK.focus
    assert palette(dark=False).css_variables().keys() == variables.keys()
    assert set(variables.values()) == {value for value in vars(DARK).values() if isinstance(value, str)}
