"""A figure as a page of its own, which opens without the internet."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 1100px; margin: 2rem auto; padding: 0 1rem; background: #fff; color: #1b2733;
  font: 1rem/1.5 system-ui, sans-serif; }}
h1 {{ font-size: 1.4rem; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{text}</p>
{figure}
</body>
</html>
"""
INK = "#1b2733"
FONT = "system-ui, sans-serif"


def standalone_html(figure: go.Figure, title: str, text: str, language: str = "en") -> bytes:
    """The figure, with all it needs to be looked at and played, under a title and a few words; UTF-8, about 5 MB."""
    lone = go.Figure(figure).update_layout(font={"color": INK, "family": FONT})
    drawn = lone.to_html(
        full_html=False,
        include_plotlyjs=True,
        div_id="figure",
        auto_play=False,
        config={"displaylogo": False, "responsive": True},
    )
    page = PAGE.format(language=escape(language), title=escape(title), text=escape(text), figure=drawn)
    return page.encode("utf-8")
