"""The app's colours, once: what each means on every page, light and dark.

Hue says which digit, fill says forward or back, brightness says how much; one primary capsule that is followed is
yellow. Figures take a `Palette`; components get it as CSS variables. Surfaces, text and borders are those of
`explorer/.streamlit/config.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass

ColourScale = tuple[tuple[float, str], ...]
"""Places between 0 and 1 with their colours, as Plotly takes them."""

INK_SCALE: ColourScale = ((0.0, "#000000"), (1.0, "#ffffff"))
"""Ink and activity in both themes: brightness says how much, 0 black."""


@dataclass(frozen=True)
class Palette:
    """What colours mean. All are #rrggbb."""

    dark: bool
    focus: str
    """The digit looked at; the winner, until another is chosen."""
    rival: str
    """The digit that it is compared with: the runner-up, or the one that was meant."""
    other: str
    """All other digits."""
    follow: str
    """The one primary capsule that is followed; always with a rim in `ink`."""
    more: str
    """In pictures of signed numbers only: more ink, a coupling above an equal share, evidence along the capsule's
    output."""
    less: str
    """The opposite of `more`."""
    neutral: str
    """No difference: near the page's own colour."""
    page: str
    """The page's background."""
    surface: str
    """Of boxes on the page."""
    ink: str
    """Of words, and of the rim of what is followed."""
    muted: str
    """Of words that matter less; still 4.5:1 on the page."""
    line: str
    """Borders and axes."""

    @property
    def difference_scale(self) -> ColourScale:
        """Diverging about the middle: `less`, no difference, `more`."""
        return ((0.0, self.less), (0.5, self.neutral), (1.0, self.more))

    @property
    def track(self) -> str:
        """What a growing bar grows upon, as CSS."""
        red, green, blue = (int(self.other[start : start + 2], 16) for start in (1, 3, 5))
        return f"rgba({red},{green},{blue},0.28)"

    def css_variables(self) -> dict[str, str]:
        """The colours by the names that components use, such as "--focus"."""
        names = (
            "focus",
            "rival",
            "other",
            "follow",
            "more",
            "less",
            "neutral",
            "page",
            "surface",
            "ink",
            "muted",
            "line",
        )
        return {f"--{name}": getattr(self, name) for name in names}


LIGHT = Palette(
    dark=False,
    focus="#0072b2",
    rival="#b84e00",
    other="#7f8e9d",
    follow="#f0c000",
    more="#8e1a62",
    less="#14613a",
    neutral="#eceff2",
    page="#ffffff",
    surface="#f2f5f8",
    ink="#1b2733",
    muted="#51606e",
    line="#d5dde5",
)
DARK = Palette(
    dark=True,
    focus="#56b4f0",
    rival="#ff9145",
    other="#7f8e9d",
    follow="#ffe066",
    more="#e0417f",
    less="#bfe8d0",
    neutral="#26313c",
    page="#10161c",
    surface="#1a232c",
    ink="#e8eef4",
    muted="#a9b7c4",
    line="#33414f",
)


def palette(dark: bool) -> Palette:
    """The palette of a light or a dark page."""
    return DARK if dark else LIGHT
