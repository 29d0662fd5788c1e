"""Where in the picture the votes speak for a digit and where against it."""

from __future__ import annotations

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.figures.style import GLOWING, INK, Floats, bare


def evidence_maps(
    image: Floats, evidence: Floats, titles: list[str], origins: tuple[int, int], reach: float
) -> go.Figure:
    """The digit with a mark at the centre of what each place sees: orange speaks for, blue against.

    Args:
        image: the picture, 0..1, [H, W].
        evidence: one map a digit compared, [K, rows, columns].
        titles: what stands above each.
        origins: the pixel that the first place is centred on, and the pixels from one place to the next.
        reach: the value at which the colours end, the same for all maps.

    Raises:
        ValueError: there are not as many titles as maps.
    """
    if len(titles) != len(evidence):
        raise ValueError(f"{len(evidence)} maps need as many titles; got {len(titles)}")
    first, step = origins
    rows, columns = evidence.shape[1:]
    figure = make_subplots(1, len(evidence), subplot_titles=titles, horizontal_spacing=0.04)
    for k, places in enumerate(evidence, start=1):
        digit = go.Heatmap(z=image, zmin=0, zmax=1.6, colorscale=INK, showscale=False, hoverinfo="skip")
        marks = go.Scatter(
            x=[first + step * column for _ in range(rows) for column in range(columns)],
            y=[first + step * row for row in range(rows) for _ in range(columns)],
            mode="markers",
            marker={
                "color": places.ravel(),
                "colorscale": GLOWING,
                "cmin": -reach,
                "cmax": reach,
                "size": [6 + 16 * min(1.0, abs(value) / reach) for value in places.ravel()],
                "line": {"width": 0},
            },
            text=[f"{value:+.3f}" for value in places.ravel()],
            hovertemplate="%{text}<extra></extra>",
        )
        figure.add_trace(digit, 1, k)
        figure.add_trace(marks, 1, k)
        axis = "" if k == 1 else str(k)
        figure.update_xaxes(visible=False, fixedrange=True, constrain="domain", range=[-0.5, 27.5], row=1, col=k)
        figure.update_yaxes(
            visible=False, fixedrange=True, range=[27.5, -0.5], scaleanchor=f"x{axis}", constrain="domain", row=1, col=k
        )
    return bare(figure, 300).update_layout(margin_t=30)
