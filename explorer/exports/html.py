"""Figures as pages of their own, which open without the internet, on any screen, light or dark."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import plotly.graph_objects as go
from plotly.io import to_json
from plotly.offline import get_plotlyjs

from explorer.figures.theatre import Scene, TheatreLabels, theatre
from explorer.palette import DARK, LIGHT, Palette
from explorer.text import Say

NARROW = 720
"""A page less wide, in screen pixels, gets the figures of a phone."""
FONT = "system-ui, sans-serif"
PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ {light} }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
body {{ max-width: 1100px; margin: 2rem auto; padding: 0 1rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 {font}; }}
h1 {{ font-size: 1.4rem; }}
</style>
<script>{library}</script>
</head>
<body>
<h1>{title}</h1>
<p>{text}</p>
<div id="figure"></div>
<script>
const figures = {{ {figures} }}
const dark = matchMedia("(prefers-color-scheme: dark)"), narrow = matchMedia("(max-width: {narrow}px)")
function show() {{
  const chosen = JSON.parse(figures[`${{dark.matches ? "dark" : "light"}}-${{narrow.matches ? "narrow" : "wide"}}`])
  Plotly.purge("figure")
  Plotly.newPlot("figure", {{ ...chosen, config: {{ displayModeBar: false, responsive: true }} }})
}}
dark.addEventListener("change", show)
narrow.addEventListener("change", show)
show()
</script>
</body>
</html>
"""


def theatre_html(scene: Scene, labels: TheatreLabels, say: Say) -> bytes:
    """The theatre of one digit as a page."""
    return standalone_html(
        lambda palette, narrow: theatre(scene, labels, palette, narrow=narrow),
        say("exports.title", name=scene.classes[scene.winner]),
        say("exports.page"),
        say.language,
    )


def standalone_html(make: Callable[[Palette, bool], go.Figure], title: str, text: str, language: str = "en") -> bytes:
    """A figure, with all it needs to be looked at and played, under a title and a few words; UTF-8, about 6 MB.

    Args:
        make: makes the figure with a palette, for a phone where the second argument says so.
        title: what stands above it.
        text: what stands below the title.
        language: of both, as in `lang`.
    """
    figures = [
        f'"{"dark" if palette.dark else "light"}-{"narrow" if narrow else "wide"}": {_quoted(make(palette, narrow))}'
        for palette in (LIGHT, DARK)
        for narrow in (False, True)
    ]
    page = PAGE.format(
        language=escape(language),
        title=escape(title),
        text=escape(text),
        light=_variables(LIGHT),
        dark=_variables(DARK),
        font=FONT,
        library=get_plotlyjs(),
        figures=",\n".join(figures),
        narrow=NARROW,
    )
    return page.encode("utf-8")


def _quoted(figure: go.Figure) -> str:
    """A figure as a string in a script, which no class name can end: Plotly escapes what could be a tag."""
    parts = figure.to_dict()
    parts["layout"]["font"] |= {"family": FONT}
    text: str = to_json(parts, validate=False)
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _variables(palette: Palette) -> str:
    return "; ".join(f"{name}: {colour}" for name, colour in palette.css_variables().items())
