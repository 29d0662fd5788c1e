"""Why agreement is a dot product: a vote and a pose as two arrows, in the plane that both lie in."""

from __future__ import annotations

import math

import plotly.graph_objects as go

from explorer.figures.style import OTHER, bare, page_ink


def two_vectors(
    vote: float, pose: float, agreement: float, words: tuple[str, str], colour: str, *, dark: bool
) -> go.Figure:
    """The pose points right; the vote stands at its true angle, and its shadow on the pose's line is dotted.

    Args:
        vote: length of the vote.
        pose: length of the pose.
        agreement: their dot product, which gives the angle.
        words: what is written at the vote and at the pose.
        colour: of the pose.
        dark: the page is dark.

    Raises:
        ValueError: the agreement is more than the product of the lengths.
    """
    product = vote * pose
    if abs(agreement) > product * 1.001 + 1e-6:
        raise ValueError(f"a dot product is at most the product of the lengths, {product:g}; got {agreement:g}")
    cosine = max(-1.0, min(1.0, agreement / product)) if product > 0 else 0.0
    x, y = vote * cosine, vote * math.sqrt(1 - cosine * cosine)
    ink = page_ink(dark)
    figure = bare(go.Figure(), 170)
    for head, paint, width in (((pose, 0.0), colour, 3.5), ((x, y), ink, 2.5)):
        figure.add_annotation(
            x=head[0],
            y=head[1],
            ax=0,
            ay=0,
            axref="x",
            ayref="y",
            text="",
            showarrow=True,
            arrowhead=2,
            arrowwidth=width,
            arrowcolor=paint,
        )
    reach = 1.15 * max(vote, pose, 1e-3)
    for place, word, paint, anchor in (((x, y), words[0], ink, "bottom"), ((pose, 0.0), words[1], colour, "top")):
        figure.add_annotation(x=place[0], y=place[1], text=word, showarrow=False, yanchor=anchor, font={"color": paint})
    line = {"mode": "lines", "hoverinfo": "skip"}
    figure.add_scatter(x=[-reach, reach], y=[0, 0], line={"color": OTHER, "width": 1}, **line)
    figure.add_scatter(x=[x, x], y=[0, y], line={"color": ink, "width": 1.5, "dash": "dot"}, **line)
    figure.update_xaxes(visible=False, fixedrange=True, range=[-reach, reach], scaleanchor="y")
    figure.update_yaxes(visible=False, fixedrange=True, range=[-0.28 * reach, max(0.4 * reach, y + 0.25 * reach)])
    return figure
