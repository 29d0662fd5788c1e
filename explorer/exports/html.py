"""The theatre as a page of its own, which opens without the internet, on any screen, light or dark."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import plotly.graph_objects as go
from plotly.io import to_json
from plotly.offline import get_plotlyjs

import explorer.components
from explorer.components.modules import embedded
from explorer.figures.theatre import Scene, TheatreLabels, controls, theatre
from explorer.palette import DARK, LIGHT, Palette
from explorer.text import Say

NARROW = 720
"""A page less wide, in screen pixels, gets the figure of a phone."""
FONT = "system-ui, sans-serif"
CONTROLS = Path(explorer.components.__file__).parent / "theatre_controls"
"""The scripts and the style of what plays the theatre, in the app as here."""
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
#figure {{ margin-top: 0.75rem; }}
{style}
</style>
<script>{library}</script>
</head>
<body>
<h1>{title}</h1>
<p>{text}</p>
<div class="controls"></div>
<div id="figure"></div>
<script>
(() => {{
{script}
show({{ figures: {{ {figures} }}, controls: {controls}, narrow: {narrow} }})
}})()
</script>
</body>
</html>
"""


def theatre_html(scene: Scene, labels: TheatreLabels, say: Say) -> bytes:
    """The theatre of one digit, with all it needs to be looked at and played, under a few words; UTF-8, about 6 MB."""
    figures = [
        f'"{"dark" if palette.dark else "light"}-{"narrow" if narrow else "wide"}": '
        + _quoted(_json(theatre(scene, labels, palette, narrow=narrow)))
        for palette in (LIGHT, DARK)
        for narrow in (False, True)
    ]
    page = PAGE.format(
        language=escape(say.language),
        title=escape(say("exports.title", name=scene.classes[scene.winner])),
        text=escape(say("exports.page")),
        light=_variables(LIGHT),
        dark=_variables(DARK),
        font=FONT,
        style=(CONTROLS / "component.css").read_text(encoding="utf-8"),
        library=get_plotlyjs(),
        script=embedded(CONTROLS / "exported.js", "show"),
        figures=",\n".join(figures),
        controls=json.dumps(controls(scene, labels)).replace("<", "\\u003c"),
        narrow=NARROW,
    )
    return page.encode("utf-8")


def _json(figure: go.Figure) -> str:
    """A figure as JSON; Plotly escapes what could be a tag."""
    parts = figure.to_dict()
    parts["layout"]["font"] |= {"family": FONT}
    text: str = to_json(parts, validate=False)
    return text


def _quoted(text: str) -> str:
    """JSON as a string in a script, which is parsed when it is needed."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _variables(palette: Palette) -> str:
    return "; ".join(f"{name}: {colour}" for name, colour in palette.css_variables().items())
