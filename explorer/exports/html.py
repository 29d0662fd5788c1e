"""The routing of one digit as a page of its own, which opens without the internet, on any screen, light or dark."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import explorer.components
from explorer.components.modules import embedded
from explorer.palette import DARK, LIGHT, Palette
from explorer.text import OWN_SCRIPT, Say, font_faces, tag

FONT = f'system-ui, "{OWN_SCRIPT}", sans-serif'
FOLDER = Path(explorer.components.__file__).parent
PARTS = ("race", "by_hand")
"""The components that the page holds, one below the other, in the app as here."""
PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{faces}
:root {{ {light}; --st-font: {font} }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
body {{ max-width: 1000px; margin: 1rem auto 2rem; padding: 0 1rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 {font}; }}
h1 {{ font-size: 1.4rem; margin: 0; }}
p {{ margin: 0 0 1rem; color: var(--muted); }}
div ~ div {{ margin-top: 1.5rem; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{text}</p>
{parts}
</body>
</html>
"""
PART = """<div id="{name}"></div>
<script>
(() => {{
{script}
begin(document.getElementById("{name}"), {data}, {style})
}})()
</script>"""


def routing_html(parts: Mapping[str, Mapping[str, Any]], name: str, say: Say) -> bytes:
    """The race of a digit and one capsule by hand, with all they need to be played, under a few words; UTF-8.

    Args:
        parts: what the components of `PARTS` get, by their names.
        name: of the class that the digit was read as.
        say: the words.
    """
    page = PAGE.format(
        language=escape(tag(say.language)),
        faces=font_faces(say.language),
        title=escape(say("exports.title", name=name)),
        text=escape(say("exports.page")),
        light=_variables(LIGHT),
        dark=_variables(DARK),
        font=FONT,
        parts="\n".join(_part(part, parts[part]) for part in PARTS),
    )
    return page.encode("utf-8")


def _part(name: str, data: Mapping[str, Any]) -> str:
    folder = FOLDER / name
    style = (folder / "component.css").read_text(encoding="utf-8")
    script = embedded(folder / "exported.js", "begin")
    return PART.format(name=name, script=script, data=_quoted(data), style=_quoted(style))


def _quoted(value: object) -> str:
    """A value as JSON that ends no script."""
    return json.dumps(value).replace("<", "\\u003c")


def _variables(palette: Palette) -> str:
    return "; ".join(f"{name}: {colour}" for name, colour in palette.css_variables().items())
