"""Curves in a PNG, for the model card: drawn by plotly in the Chromium that the browser tests use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import plotly.graph_objects as go
from playwright.sync_api import sync_playwright
from plotly.subplots import make_subplots

from tools.browser import FLAGS, installed

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")
"""Okabe and Ito's, which colour-blind people can tell apart."""

Curve = Sequence[tuple[float, float]]
"""Points (x, y)."""
Panel = Mapping[str, Curve]
"""Curves by name."""


def curves(panels: Mapping[str, Panel], y: str) -> go.Figure:
    """Panels side by side with one y axis, each with the same names in the same colours.

    Args:
        panels: what is drawn in each, by the words under it.
        y: what stands at the left.
    """
    figure = make_subplots(cols=len(panels), shared_yaxes=True, horizontal_spacing=0.02)
    names = list(dict.fromkeys(name for panel in panels.values() for name in panel))
    for column, (title, panel) in enumerate(panels.items(), 1):
        for name, curve in panel.items():
            figure.add_scatter(
                x=[point[0] for point in curve],
                y=[point[1] for point in curve],
                name=name,
                mode="lines+markers" if len(curve) < 15 else "lines",
                line_color=COLOURS[names.index(name) % len(COLOURS)],
                legendgroup=name,
                showlegend=not any(name in earlier for earlier in list(panels.values())[: column - 1]),
                row=1,
                col=column,
            )
        figure.update_xaxes(title=title, col=column)
    figure.update_yaxes(title=y, col=1)
    return figure.update_layout(
        template="plotly_white",
        font_size=15,
        margin={"l": 70, "r": 10, "t": 10, "b": 60},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    )


def save_png(figure: go.Figure, file: Path, width: int, height: int) -> None:
    """Draws a figure into a PNG, two pixels for each of the figure's.

    Raises:
        RuntimeError: there is no Chromium.
    """
    path = installed()
    if not path:
        raise RuntimeError("There is no Chromium to draw with: run `make browser`.")
    figure.update_layout(width=width, height=height)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2)
        page.set_content(figure.to_html(include_plotlyjs=True, config={"staticPlot": True}))
        page.locator(".plotly-graph-div .main-svg").first.wait_for()
        page.locator(".plotly-graph-div").screenshot(path=file)
        browser.close()
